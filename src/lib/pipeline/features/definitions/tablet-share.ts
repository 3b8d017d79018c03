import { sql } from '#lib/engine/sql.ts';
import { visits } from '../bases/visits.ts';
import type { FeatureDefinition } from './definition.ts';

export const tabletShare: FeatureDefinition = {
	id: 'tablet_share',
	label: 'Visits by tablet',
	family: 'channels',
	unit: 'share',
	kind: 'number',
	meaning: 'Which share of the visits was made with a tablet.',
	formula: 'visits with a tablet ÷ visits of which the device is known',
	needs: ['event_device'],
	complete: false,
	base: visits,
	absent: null,
	sql: () =>
		sql`count_if(is_visit AND device = 'tablet')::DOUBLE / nullif(count_if(is_visit AND device IS NOT NULL), 0)`
};
