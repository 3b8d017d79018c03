import { sql } from '#lib/engine/sql.ts';
import { messages } from '../bases/messages.ts';
import type { FeatureDefinition } from './definition.ts';

export const clicks: FeatureDefinition = {
	id: 'clicks',
	label: 'Clicks',
	family: 'engagement',
	unit: 'count',
	kind: 'number',
	meaning: 'How many messages the customer clicked.',
	formula: 'messages with a click, each counted once',
	needs: ['send_clicks'],
	complete: true,
	base: messages,
	absent: 0,
	sql: () => sql`sum(clicked_count)`
};
