import { all, counted, feature, lastDays, PRODUCT_VIEW } from '../rules/build.ts';
import { countParam, daysParam, type SegmentTemplate } from './template.ts';

export const highIntent: SegmentTemplate = {
	id: 'high_intent',
	name: 'Looking closely, not bought',
	brief: 'look closely and have not bought',
	why: 'They come back to the products without buying. Show them what they looked at, while they still think about it.',
	moment: 'browsing',
	words:
		'looked at products at least {views} times in the last {days} days, and did not order in the last {quiet_days} days',
	params: () => [
		countParam('views', 'Products looked at, at least', 2),
		daysParam('days', 'Days in which they looked', 7, 365),
		daysParam('quiet_days', 'Days without an order', 7)
	],
	rule: ({ views = 2, days = 7, quiet_days: quietDays = 7 }) =>
		all(
			counted('events', [PRODUCT_VIEW], lastDays(days), 'ge', views),
			feature('recency_days', 'gt', quietDays)
		)
};
