import { all, between, feature } from '../rules/build.ts';
import { countParam, daysParam, type SegmentTemplate } from './template.ts';

export const regularsDue: SegmentTemplate = {
	id: 'regulars_due',
	name: 'Regulars, next order due',
	brief: 'are regulars whose next order is due',
	why: 'By their own rhythm the next order is due about now. A short reminder is enough, a discount is not needed.',
	moment: 'buying',
	words:
		'ordered at least {orders} times, and by their own rhythm are due within {days} days, earlier or later',
	params: () => [
		countParam('orders', 'Orders, at least', 3, 3),
		daysParam('days', 'Days from the expected order, at most', 7, 90)
	],
	rule: ({ orders = 3, days = 7 }) =>
		all(feature('frequency', 'ge', orders), between('expected_order_days', -days, days))
};
