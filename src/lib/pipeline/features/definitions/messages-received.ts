import { sql } from '#lib/engine/sql.ts';
import { messages } from '../bases/messages.ts';
import type { FeatureDefinition } from './definition.ts';

export const messagesReceived: FeatureDefinition = {
	id: 'messages_received',
	label: 'Messages received',
	family: 'engagement',
	unit: 'count',
	kind: 'number',
	meaning: 'How many messages reached the customer.',
	formula: 'messages delivered; where no delivery is told, those sent less those bounced',
	needs: ['sends'],
	complete: true,
	base: messages,
	absent: 0,
	sql: () => sql`sum(delivered_count)`
};
