import { sql } from '#lib/engine/sql.ts';
import { messages } from '../bases/messages.ts';
import type { FeatureDefinition } from './definition.ts';

export const clickToOpenRate: FeatureDefinition = {
	id: 'click_to_open_rate',
	label: 'Clicks per open',
	family: 'engagement',
	unit: 'share',
	kind: 'number',
	meaning: 'Which share of the opened messages the customer clicks.',
	formula: 'clicks ÷ opens (CTOR)',
	caution:
		'Some mail programs open every message by themselves, so this reads too low; the click rate is safer.',
	needs: ['send_opens', 'send_clicks'],
	complete: false,
	base: messages,
	absent: null,
	sql: () => sql`sum(clicked_count)::DOUBLE / nullif(sum(opened_count), 0)`
};
