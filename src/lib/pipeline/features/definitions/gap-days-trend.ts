import { sql } from '#lib/engine/sql.ts';
import { purchaseDays } from '../bases/purchase-days.ts';
import type { FeatureDefinition } from './definition.ts';

export const gapDaysTrend: FeatureDefinition = {
	id: 'gap_days_trend',
	label: 'Change of the days between orders',
	family: 'timing',
	unit: 'days',
	kind: 'number',
	meaning:
		'By how many days the pauses between orders have grown: above 0, the customer comes less often than before.',
	formula:
		'mean of the later half of the pauses − mean of the earlier half, the middle one of an odd number left out; none with fewer than four days with an order',
	needs: [],
	complete: false,
	base: purchaseDays,
	absent: null,
	sql: () => sql`(sum(gap) FILTER (WHERE place > day_count - (day_count - 1) // 2)
			- sum(gap) FILTER (WHERE place - 1 <= (day_count - 1) // 2))::DOUBLE
		/ CASE WHEN max(day_count) >= 4 THEN max((day_count - 1) // 2) END`
};
