import { all, lastDays, PRODUCT_VIEW, step } from '../rules/build.ts';
import { daysParam, type SegmentTemplate } from './template.ts';

export const viewedNotBought: SegmentTemplate = {
	id: 'viewed_not_bought',
	name: 'Viewed and did not buy',
	brief: 'viewed and did not buy',
	why: 'They were interested and something held them back. A review, the delivery time or a similar product may help.',
	moment: 'browsing',
	words: 'looked at a product in the last {days} days, and did not order within {within_days} days after it',
	params: () => [
		daysParam('days', 'Days in which they looked', 30, 365),
		daysParam('within_days', 'Days without an order after it', 7, 90)
	],
	problem: ({ days = 30, within_days: withinDays = 7 }) =>
		days > withinDays
			? null
			: `Nobody can have looked in the last ${days} days and waited ${withinDays} days since. The first number has to be larger than the second.`,
	rule: ({ days = 30, within_days: withinDays = 7 }) =>
		all({
			kind: 'sequence',
			ordered: true,
			steps: [step(true, 'events', [PRODUCT_VIEW]), step(false, 'orders', [], withinDays)],
			within: null,
			window: lastDays(days)
		})
};
