import { sql } from '#lib/engine/sql.ts';
import { messages } from '../bases/messages.ts';
import type { FeatureDefinition } from './definition.ts';

export const clickRate: FeatureDefinition = {
	id: 'click_rate',
	label: 'Click rate',
	family: 'engagement',
	unit: 'share',
	kind: 'number',
	meaning: 'Which share of the messages the customer clicks.',
	formula: 'clicks ÷ messages received (CTR)',
	needs: ['send_clicks'],
	complete: false,
	base: messages,
	absent: null,
	sql: () => sql`sum(clicked_count)::DOUBLE / nullif(sum(delivered_count), 0)`
};
