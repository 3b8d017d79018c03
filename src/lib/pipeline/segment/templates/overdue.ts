import { all, between, feature } from '../rules/build.ts';
import { countParam, type SegmentTemplate } from './template.ts';

export const overdue: SegmentTemplate = {
	id: 'overdue',
	name: 'Overdue by their own rhythm',
	brief: 'are overdue by their own rhythm',
	why: 'They have missed an order or two of their own rhythm, whatever it is. A reminder now costs least.',
	moment: 'slipping',
	words:
		'ordered at least {orders} times, and stay away between {from_times} and {to_times} times as long as they usually do',
	params: () => [
		countParam('orders', 'Orders, at least', 3, 3),
		countParam('from_times', 'Usual pauses since the last order, at least', 2),
		countParam('to_times', 'Usual pauses since the last order, at most', 5)
	],
	rule: ({ orders = 3, from_times: fromTimes = 2, to_times: toTimes = 5 }) =>
		all(feature('frequency', 'ge', orders), between('overdue_ratio', fromTimes, toTimes))
};
