import { sql } from '#lib/engine/sql.ts';
import { messages } from '../bases/messages.ts';
import type { FeatureDefinition } from './definition.ts';

export const recentMessages: FeatureDefinition = {
	id: 'recent_messages',
	label: 'Messages in 90 days',
	family: 'engagement',
	unit: 'count',
	kind: 'number',
	meaning: 'How many messages the customer was sent in the last 90 days.',
	formula: 'messages sent in the last 90 days',
	needs: ['sends'],
	complete: true,
	base: messages,
	absent: 0,
	sql: () => sql`sum(recent_count)`
};
