import { sql } from '#lib/engine/sql.ts';
import { visits } from '../bases/visits.ts';
import type { FeatureDefinition } from './definition.ts';

export const storeVisitShare: FeatureDefinition = {
	id: 'store_visit_share',
	label: 'Visits to a store',
	family: 'channels',
	unit: 'share',
	kind: 'number',
	meaning: 'Which share of the visits was to a store rather than online.',
	formula:
		'visits to a store ÷ visits of which the place is known, by the name of the channel, else by the store that is named',
	needs: ['event_place'],
	complete: false,
	base: visits,
	absent: null,
	sql: () =>
		sql`count_if(is_visit AND place = 'store')::DOUBLE / nullif(count_if(is_visit AND place IS NOT NULL), 0)`
};
