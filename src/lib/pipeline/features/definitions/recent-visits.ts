import { sql } from '#lib/engine/sql.ts';
import { visits } from '../bases/visits.ts';
import { RECENT_DAYS } from '../recent.ts';
import type { FeatureDefinition } from './definition.ts';

export const recentVisits: FeatureDefinition = {
	id: 'recent_visits',
	label: 'Visits in 90 days',
	family: 'engagement',
	unit: 'count',
	kind: 'number',
	meaning: 'How many times the customer visited in the last 90 days.',
	formula: 'visits whose last act is at most 90 days before the as-of day',
	needs: ['events'],
	complete: true,
	base: visits,
	absent: 0,
	sql: () => sql`count_if(is_visit AND days_ago <= ${RECENT_DAYS})`
};
