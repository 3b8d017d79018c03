import { all, feature } from '../rules/build.ts';
import { countParam, daysParam, type SegmentTemplate } from './template.ts';

export const sunset: SegmentTemplate = {
	id: 'sunset',
	name: 'Subscribers who have gone quiet',
	brief: 'never open and no longer buy',
	why: 'They never open and no longer buy. Ask once whether they want to stay, then let them go: it helps the others arrive.',
	moment: 'care',
	words: 'received at least {messages} messages, never opened one, and did not order in the last {days} days',
	params: () => [
		countParam('messages', 'Messages received, at least', 2),
		daysParam('days', 'Days without an order', 120)
	],
	rule: ({ messages = 2, days = 120 }) =>
		all(
			feature('messages_received', 'ge', messages),
			feature('opens', 'eq', 0),
			feature('recency_days', 'gt', days)
		)
};
