import { sql } from '#lib/engine/sql.ts';
import { visits } from '../bases/visits.ts';
import type { FeatureDefinition } from './definition.ts';

export const phoneShare: FeatureDefinition = {
	id: 'phone_share',
	label: 'Visits by phone',
	family: 'channels',
	unit: 'share',
	kind: 'number',
	meaning: 'Which share of the visits was made with a phone.',
	formula: 'visits with a phone ÷ visits of which the device is known',
	needs: ['event_device'],
	complete: false,
	base: visits,
	absent: null,
	sql: () =>
		sql`count_if(is_visit AND device = 'phone')::DOUBLE / nullif(count_if(is_visit AND device IS NOT NULL), 0)`
};
