import { all, feature } from '../rules/build.ts';
import { countParam, type SegmentTemplate } from './template.ts';

export const fullPrice: SegmentTemplate = {
	id: 'full_price',
	name: 'Full-price buyers',
	brief: 'buy at full price',
	why: 'They buy without a discount. Leave them out of sales messages, and tell them what is new instead.',
	moment: 'value',
	words: 'ordered at least {orders} times, and never with a discount or a coupon',
	params: () => [countParam('orders', 'Orders, at least', 2)],
	rule: ({ orders = 2 }) => all(feature('frequency', 'ge', orders), feature('discount_share', 'eq', 0))
};
