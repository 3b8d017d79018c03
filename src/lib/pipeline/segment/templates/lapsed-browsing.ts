import { all, feature } from '../rules/build.ts';
import { daysParam, type SegmentTemplate } from './template.ts';

export const lapsedBrowsing: SegmentTemplate = {
	id: 'lapsed_browsing',
	name: 'Lapsed, but browsing again',
	brief: 'had gone and are browsing again',
	why: 'They had gone and are looking around again. Welcome them back before they buy elsewhere.',
	moment: 'browsing',
	words: 'last ordered more than {away_days} days ago, and visited in the last {days} days',
	params: () => [
		daysParam('away_days', 'Days since the last order, more than', 90),
		daysParam('days', 'Days in which they visited', 14, 365)
	],
	rule: ({ away_days: awayDays = 90, days = 14 }) =>
		all(feature('recency_days', 'gt', awayDays), feature('days_since_visit', 'le', days))
};
