import { sql } from '#lib/engine/sql.ts';
import { reachDays, visits } from '../bases/visits.ts';
import type { FeatureDefinition } from './definition.ts';

/** Added to both rates, in visits per day: one visit in 90 days. It keeps a first visit from reading as an endless rise. */
const SMOOTHING = 1 / 90;
/** Fewest visits in both spans together, and fewest days of the earlier span, from which a rate is told. */
const FEWEST_VISITS = 4;
const FEWEST_DAYS = 30;
const RECENT_SPAN_DAYS = 30;
const EARLIER_SPAN_DAYS = 90;

export const engagementVelocity: FeatureDefinition = {
	id: 'engagement_velocity',
	label: 'Engagement velocity',
	family: 'engagement',
	unit: 'ratio',
	kind: 'number',
	meaning: 'Whether the customer comes more often than before: above 1 rising, below 1 falling.',
	formula:
		'(visits per day in the last 30 days + 1/90) ÷ (visits per day in the 90 days before, or in as many as the events reach back + 1/90); not enough with fewer than 4 visits in these days, or fewer than 30 earlier days',
	needs: ['events'],
	complete: false,
	base: visits,
	absent: null,
	sql: ({ asOf }) => {
		const recent = sql`count_if(is_visit AND days_ago <= ${RECENT_SPAN_DAYS})`;
		const inSpans = sql`count_if(is_visit AND days_ago <= ${RECENT_SPAN_DAYS + EARLIER_SPAN_DAYS})`;
		const earlierDays = sql`least(${EARLIER_SPAN_DAYS}, ${reachDays(asOf)} - ${RECENT_SPAN_DAYS})`;
		return sql`CASE WHEN ${inSpans} >= ${FEWEST_VISITS} AND ${earlierDays} >= ${FEWEST_DAYS}
			THEN (${recent} / ${RECENT_SPAN_DAYS}::DOUBLE + ${SMOOTHING}) / ((${inSpans} - ${recent}) / ${earlierDays}::DOUBLE + ${SMOOTHING}) END`;
	}
};
