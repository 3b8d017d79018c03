import { all, CLICKED, counted, feature, lastDays } from '../rules/build.ts';
import { countParam, daysParam, type SegmentTemplate } from './template.ts';

export const clickedNotBought: SegmentTemplate = {
	id: 'clicked_not_bought',
	name: 'Clicks, but does not buy',
	brief: 'click and do not buy',
	why: 'Your messages interest them, your offers do not yet. Send what they read: stories, help, ideas.',
	moment: 'care',
	words:
		'clicked in your messages at least {clicks} times in the last {days} days, and did not order in the last {quiet_days} days',
	params: () => [
		countParam('clicks', 'Clicks, at least', 1),
		daysParam('days', 'Days in which they clicked', 90, 730),
		daysParam('quiet_days', 'Days without an order', 30)
	],
	rule: ({ clicks = 1, days = 90, quiet_days: quietDays = 30 }) =>
		all(counted('sends', [CLICKED], lastDays(days), 'ge', clicks), feature('recency_days', 'gt', quietDays))
};
