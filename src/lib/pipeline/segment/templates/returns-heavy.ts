import { all, feature } from '../rules/build.ts';
import { countParam, percentParam, type SegmentTemplate } from './template.ts';

export const returnsHeavy: SegmentTemplate = {
	id: 'returns_heavy',
	name: 'Many returns',
	brief: 'return a lot',
	why: 'Much of what they order comes back. Help with sizes and expectations before the order, not with offers.',
	moment: 'care',
	words: 'ordered at least {orders} times, and gave something back in at least {share} of the orders',
	params: () => [
		countParam('orders', 'Orders, at least', 2),
		percentParam('share', 'Returns per order, at least', 20)
	],
	rule: ({ orders = 2, share = 20 }) =>
		all(feature('frequency', 'ge', orders), feature('returns_per_order', 'ge', share / 100))
};
