import { all, feature } from '../rules/build.ts';
import { daysParam, moneyParam, type SegmentTemplate } from './template.ts';

export const bigFirstOrder: SegmentTemplate = {
	id: 'big_first_order',
	name: 'Big first order',
	brief: 'began with a big order',
	why: 'They trusted you with a large order at once. Make sure it went well, and keep the contact personal.',
	moment: 'buying',
	words: 'ordered once, in the last {days} days, for at least {spend}',
	params: ({ highOrder }) => [
		daysParam('days', 'Days since the order, at most', 60),
		moneyParam('spend', 'Spend, at least', highOrder)
	],
	rule: ({ days = 60, spend = 100 }) =>
		all(
			feature('frequency', 'eq', 1),
			feature('recency_days', 'le', days),
			feature('monetary_total', 'ge', spend)
		)
};
