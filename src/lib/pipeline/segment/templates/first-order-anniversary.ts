import { all, between } from '../rules/build.ts';
import { countParam, daysParam, type SegmentTemplate } from './template.ts';

const YEAR_DAYS = 365.25;

export const firstOrderAnniversary: SegmentTemplate = {
	id: 'first_order_anniversary',
	name: 'Anniversary of the first order',
	brief: 'have the anniversary of their first order',
	why: 'A small thank-you on the day they became a customer is read, and costs nothing.',
	moment: 'care',
	words: 'placed their first order {years} years ago, give or take {days} days',
	params: () => [
		countParam('years', 'Years since the first order', 1, 1, 20),
		daysParam('days', 'Days before or after, at most', 14, 180)
	],
	rule: ({ years = 1, days = 14 }) => {
		const day = Math.round(years * YEAR_DAYS);
		return all(between('tenure_days', day - days, day + days));
	}
};
