import { all, feature } from '../rules/build.ts';
import { daysParam, type SegmentTemplate } from './template.ts';

export const secondOrderMade: SegmentTemplate = {
	id: 'second_order_made',
	name: 'Second order just placed',
	brief: 'have just ordered a second time',
	why: 'Who comes back once is likely to stay. This is the moment for a loyalty programme or a personal word.',
	moment: 'buying',
	words: 'ordered twice so far, the second time in the last {days} days',
	params: () => [daysParam('days', 'Days since the second order, at most', 30)],
	rule: ({ days = 30 }) => all(feature('frequency', 'eq', 2), feature('recency_days', 'le', days))
};
