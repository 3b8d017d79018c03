import { sql } from '#lib/engine/sql.ts';
import { messages } from '../bases/messages.ts';
import type { FeatureDefinition } from './definition.ts';

export const openRate: FeatureDefinition = {
	id: 'open_rate',
	label: 'Open rate',
	family: 'engagement',
	unit: 'share',
	kind: 'number',
	meaning: 'Which share of the messages the customer opens.',
	formula: 'opens ÷ messages received',
	caution: 'Some mail programs open every message by themselves, so opens are too many; clicks are safer.',
	needs: ['send_opens'],
	complete: false,
	base: messages,
	absent: null,
	sql: () => sql`sum(opened_count)::DOUBLE / nullif(sum(delivered_count), 0)`
};
