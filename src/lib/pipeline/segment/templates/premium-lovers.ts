import { all, feature } from '../rules/build.ts';
import { countParam, percentParam, type SegmentTemplate } from './template.ts';

export const premiumLovers: SegmentTemplate = {
	id: 'premium_lovers',
	name: 'Lovers of the best',
	brief: 'choose premium products',
	why: 'They choose the expensive end of the shop. Quality persuades them, not price.',
	moment: 'value',
	words: 'ordered at least {orders} times, and spent at least {share} of their money on premium products',
	params: () => [
		countParam('orders', 'Orders, at least', 2),
		percentParam('share', 'Share of premium products, at least', 60)
	],
	rule: ({ orders = 2, share = 60 }) =>
		all(feature('frequency', 'ge', orders), feature('premium_share', 'ge', share / 100))
};
