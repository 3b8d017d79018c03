import { all, feature } from '../rules/build.ts';
import { daysParam, moneyParam, type SegmentTemplate } from './template.ts';

export const topSpenders: SegmentTemplate = {
	id: 'top_spenders',
	name: 'Big spenders, still buying',
	brief: 'are big spenders and still buy',
	why: 'The quarter that spends most and is still there. First access, a call or a gift is worth it here.',
	moment: 'value',
	words: 'spent at least {spend} so far, and ordered in the last {days} days',
	params: ({ highSpend }) => [
		moneyParam('spend', 'Total spend, at least', highSpend),
		daysParam('days', 'Days since the last order, at most', 90)
	],
	rule: ({ spend = 100, days = 90 }) =>
		all(feature('monetary_total', 'ge', spend), feature('recency_days', 'le', days))
};
