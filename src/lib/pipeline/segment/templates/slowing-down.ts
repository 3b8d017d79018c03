import { all, feature } from '../rules/build.ts';
import { daysParam, type SegmentTemplate } from './template.ts';

export const slowingDown: SegmentTemplate = {
	id: 'slowing_down',
	name: 'Buying less and less often',
	brief: 'buy less and less often',
	why: 'Their pauses grow from order to order, long before they stop. New things in what they like may turn it.',
	moment: 'slipping',
	words:
		'ordered in the last {days} days, and wait at least {longer_days} days longer between orders than they used to',
	params: ({ usualGapDays }) => [
		daysParam('days', 'Days since the last order, at most', 180),
		daysParam('longer_days', 'Days that pauses have grown by, at least', (usualGapDays ?? 30) / 3, 365)
	],
	rule: ({ days = 180, longer_days: longerDays = 10 }) =>
		all(feature('recency_days', 'le', days), feature('gap_days_trend', 'ge', longerDays))
};
