import { sql } from '#lib/engine/sql.ts';
import { messages } from '../bases/messages.ts';
import type { FeatureDefinition } from './definition.ts';

export const opens: FeatureDefinition = {
	id: 'opens',
	label: 'Opens',
	family: 'engagement',
	unit: 'count',
	kind: 'number',
	meaning: 'How many messages the customer opened.',
	formula: 'messages opened or clicked, each counted once',
	caution: 'Some mail programs open every message by themselves, so opens are too many; clicks are safer.',
	needs: ['send_opens'],
	complete: true,
	base: messages,
	absent: 0,
	sql: () => sql`sum(opened_count)`
};
