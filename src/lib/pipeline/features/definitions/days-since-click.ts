import { sql } from '#lib/engine/sql.ts';
import { messages } from '../bases/messages.ts';
import type { FeatureDefinition } from './definition.ts';

export const daysSinceClick: FeatureDefinition = {
	id: 'days_since_click',
	label: 'Days since the last click',
	family: 'engagement',
	unit: 'days',
	kind: 'number',
	meaning: 'How long ago the customer last clicked a message; low is good.',
	formula: 'whole days from the day of the last click to the as-of day, at least 1',
	needs: ['send_clicks'],
	complete: false,
	base: messages,
	absent: null,
	sql: ({ asOf }) => sql`date_diff('day', max(clicked_at), ${asOf}::TIMESTAMP)`
};
