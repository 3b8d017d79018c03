import { all, feature } from '../rules/build.ts';
import { countParam, daysParam, type SegmentTemplate } from './template.ts';

export const windowShoppers: SegmentTemplate = {
	id: 'window_shoppers',
	name: 'Many visits, no order',
	brief: 'visit often and do not order',
	why: 'They visit again and again without finding the right thing. Ask what they look for, or help them choose.',
	moment: 'browsing',
	words: 'visited at least {visits} times in 90 days, and did not order in the last {days} days',
	params: () => [
		countParam('visits', 'Visits in 90 days, at least', 3),
		daysParam('days', 'Days without an order', 90)
	],
	rule: ({ visits = 3, days = 90 }) =>
		all(feature('recent_visits', 'ge', visits), feature('recency_days', 'gt', days))
};
