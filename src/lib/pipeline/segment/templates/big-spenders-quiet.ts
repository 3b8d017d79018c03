import { all, feature } from '../rules/build.ts';
import { daysParam, moneyParam, type SegmentTemplate } from './template.ts';

export const bigSpendersQuiet: SegmentTemplate = {
	id: 'big_spenders_quiet',
	name: 'Big spenders, quiet now',
	brief: 'once spent a lot and are quiet now',
	why: 'They once spent a lot, then nothing for half a year. Ask what went wrong, or remind them of what they bought.',
	moment: 'slipping',
	words: 'spent at least {spend} so far, and did not order in the last {days} days',
	params: ({ highSpend }) => [
		moneyParam('spend', 'Total spend, at least', highSpend),
		daysParam('days', 'Days without an order', 180)
	],
	rule: ({ spend = 100, days = 180 }) =>
		all(feature('monetary_total', 'ge', spend), feature('recency_days', 'gt', days))
};
