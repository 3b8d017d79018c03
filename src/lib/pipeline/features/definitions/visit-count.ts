import { sql } from '#lib/engine/sql.ts';
import { visits } from '../bases/visits.ts';
import type { FeatureDefinition } from './definition.ts';

export const visitCount: FeatureDefinition = {
	id: 'visit_count',
	label: 'Visits',
	family: 'engagement',
	unit: 'count',
	kind: 'number',
	meaning: 'How many times the customer visited.',
	formula:
		'number of sessions, or of days with an event where events have no session; messages are no visits',
	needs: ['events'],
	complete: true,
	base: visits,
	absent: 0,
	sql: () => sql`count_if(is_visit)`
};
