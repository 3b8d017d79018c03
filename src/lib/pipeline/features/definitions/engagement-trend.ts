import { sql } from '#lib/engine/sql.ts';
import { reachDays, visits } from '../bases/visits.ts';
import type { FeatureDefinition } from './definition.ts';

const WEEKS = 12;
const FEWEST_VISITS = 4;

export const engagementTrend: FeatureDefinition = {
	id: 'engagement_trend',
	label: 'Engagement trend',
	family: 'engagement',
	unit: 'number',
	kind: 'number',
	meaning: 'By how many visits a week rises or falls from week to week.',
	formula:
		'least-squares slope of the visits per week over the last 12 weeks; not enough with fewer than 4 visits in these weeks, or where the events do not reach back so far',
	needs: ['events'],
	complete: false,
	base: visits,
	absent: null,
	sql: ({ asOf }) => {
		const isCounted = sql`is_visit AND days_ago <= ${WEEKS * 7}`;
		// With weeks 0 (oldest) to 11: Σ (week − 5.5) × visits ÷ Σ (week − 5.5)², both sides doubled to stay whole.
		const weighted = sql`sum(${WEEKS - 1} - 2 * ((days_ago - 1) // 7)) FILTER (WHERE ${isCounted})`;
		return sql`CASE WHEN count_if(${isCounted}) >= ${FEWEST_VISITS} AND ${reachDays(asOf)} >= ${WEEKS * 7}
			THEN ${weighted} / ${(WEEKS * (WEEKS * WEEKS - 1)) / 6}::DOUBLE END`;
	}
};
