import { all, between, feature } from '../rules/build.ts';
import { daysParam, type SegmentTemplate } from './template.ts';

/** From so much of the usual days to the second order on, and until so much of them. */
const FROM = 0.75;
const UNTIL = 2;

export const secondOrderDue: SegmentTemplate = {
	id: 'second_order_due',
	name: 'One-time buyers, due again',
	brief: 'bought once and are due again',
	why: 'About now, those who come back place their second order. The days are the usual ones of your customers.',
	moment: 'buying',
	words: 'ordered once, between {from_days} and {to_days} days ago',
	params: ({ secondGapDays }) => [
		daysParam('from_days', 'Days since the order, at least', (secondGapDays ?? 40) * FROM),
		daysParam('to_days', 'Days since the order, at most', (secondGapDays ?? 40) * UNTIL)
	],
	rule: ({ from_days: fromDays = 30, to_days: toDays = 80 }) =>
		all(feature('frequency', 'eq', 1), between('recency_days', fromDays, toDays))
};
