import { all, counted, lastDays } from '../rules/build.ts';
import { daysParam, type SegmentTemplate } from './template.ts';

export const championsUnsent: SegmentTemplate = {
	id: 'champions_unsent',
	name: 'Champions without a message lately',
	brief: 'are Champions without a message lately',
	why: 'Your best customers hear nothing of you. Show them first what is new.',
	moment: 'value',
	words: 'are Champions by recency and frequency, and were sent no message in the last {days} days',
	params: () => [daysParam('days', 'Days without a message', 60, 365)],
	rule: ({ days = 60 }) =>
		all(
			{ kind: 'segment', segment: 'group:champion', isIn: true },
			counted('sends', [], lastDays(days), 'eq', 0)
		)
};
