import { all, feature } from '../rules/build.ts';
import { daysParam, type SegmentTemplate } from './template.ts';

export const newCustomers: SegmentTemplate = {
	id: 'new_customers',
	name: 'New customers',
	brief: 'are new customers',
	why: 'The first weeks decide whether they stay. Say thank you, and show how to make the most of what they bought.',
	moment: 'buying',
	words: 'placed their first order in the last {days} days',
	params: () => [daysParam('days', 'Days since the first order, at most', 30)],
	rule: ({ days = 30 }) => all(feature('tenure_days', 'le', days))
};
