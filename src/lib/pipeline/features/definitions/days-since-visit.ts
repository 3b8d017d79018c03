import { sql } from '#lib/engine/sql.ts';
import { visits } from '../bases/visits.ts';
import type { FeatureDefinition } from './definition.ts';

export const daysSinceVisit: FeatureDefinition = {
	id: 'days_since_visit',
	label: 'Days since the last visit',
	family: 'engagement',
	unit: 'days',
	kind: 'number',
	meaning: 'How long ago the customer last visited; low is good.',
	formula: 'whole days from the day of the last visit to the as-of day, at least 1',
	needs: ['events'],
	complete: false,
	base: visits,
	absent: null,
	sql: () => sql`min(days_ago) FILTER (WHERE is_visit)`
};
