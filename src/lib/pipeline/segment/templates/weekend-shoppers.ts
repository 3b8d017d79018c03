import { all, feature } from '../rules/build.ts';
import { countParam, percentParam, type SegmentTemplate } from './template.ts';

export const weekendShoppers: SegmentTemplate = {
	id: 'weekend_shoppers',
	name: 'Weekend shoppers',
	brief: 'shop on weekends',
	why: 'They have time on Saturdays and Sundays. A message on Friday evening finds them in the mood.',
	moment: 'buying',
	words: 'ordered at least {orders} times, and at least {share} of the orders on a Saturday or Sunday',
	params: () => [
		countParam('orders', 'Orders, at least', 3),
		percentParam('share', 'Orders on weekends, at least', 60)
	],
	rule: ({ orders = 3, share = 60 }) =>
		all(feature('frequency', 'ge', orders), feature('weekend_order_share', 'ge', share / 100))
};
