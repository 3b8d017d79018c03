import { sql } from '#lib/engine/sql.ts';
import { messages } from '../bases/messages.ts';
import type { FeatureDefinition } from './definition.ts';

export const recentClicks: FeatureDefinition = {
	id: 'recent_clicks',
	label: 'Clicks in 90 days',
	family: 'engagement',
	unit: 'count',
	kind: 'number',
	meaning: 'How many messages the customer clicked in the last 90 days.',
	formula: 'messages with a click in the last 90 days, each counted once',
	needs: ['send_clicks'],
	complete: true,
	base: messages,
	absent: 0,
	sql: () => sql`sum(recent_click_count)`
};
