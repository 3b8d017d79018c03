import { all, between, feature } from '../rules/build.ts';
import { countParam, daysParam, moneyParam, type SegmentTemplate } from './template.ts';

/** Away for so many usual gaps: late enough to be no chance; and until so many: early enough to be won back. */
const FROM_GAPS = 2;
const UNTIL_GAPS = 8;

export const vipSlipping: SegmentTemplate = {
	id: 'vip_slipping',
	name: 'VIPs slipping away',
	brief: 'spent a lot and are slipping away',
	why: 'They spent a lot, came often, and have stayed away for longer than usual. Write personally, and soon.',
	moment: 'slipping',
	words:
		'spent at least {spend} in at least {orders} orders, the last one between {from_days} and {to_days} days ago',
	params: ({ highSpend, usualGapDays }) => [
		moneyParam('spend', 'Total spend, at least', highSpend),
		countParam('orders', 'Orders, at least', 3),
		daysParam('from_days', 'Days since the last order, at least', (usualGapDays ?? 30) * FROM_GAPS),
		daysParam('to_days', 'Days since the last order, at most', (usualGapDays ?? 30) * UNTIL_GAPS)
	],
	rule: ({ spend = 100, orders = 3, from_days: fromDays = 60, to_days: toDays = 240 }) =>
		all(
			feature('monetary_total', 'ge', spend),
			feature('frequency', 'ge', orders),
			between('recency_days', fromDays, toDays)
		)
};
