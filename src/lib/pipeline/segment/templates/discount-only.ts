import { all, feature } from '../rules/build.ts';
import { countParam, percentParam, type SegmentTemplate } from './template.ts';

export const discountOnly: SegmentTemplate = {
	id: 'discount_only',
	name: 'Discount buyers',
	brief: 'buy with a discount only',
	why: 'They wait for the discount. Keep them for the end of a sale, and try what they buy without one.',
	moment: 'value',
	words: 'ordered at least {orders} times, and at least {share} of the orders with a discount or a coupon',
	params: () => [
		countParam('orders', 'Orders, at least', 2),
		percentParam('share', 'Orders with a discount, at least', 100)
	],
	rule: ({ orders = 2, share = 100 }) =>
		all(feature('frequency', 'ge', orders), feature('discount_share', 'ge', share / 100))
};
