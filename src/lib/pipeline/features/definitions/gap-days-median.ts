import { sql } from '#lib/engine/sql.ts';
import { purchaseDays } from '../bases/purchase-days.ts';
import type { FeatureDefinition } from './definition.ts';

export const gapDaysMedian: FeatureDefinition = {
	id: 'gap_days_median',
	label: 'Usual days between orders',
	family: 'timing',
	unit: 'days',
	kind: 'number',
	meaning:
		'How many days usually pass from one day with an order to the next; nobody with fewer than three such days has this.',
	formula:
		'median of the days from one day with an order to the next; two orders on one day are one; none with fewer than three days',
	needs: [],
	complete: false,
	base: purchaseDays,
	absent: null,
	sql: () => sql`CASE WHEN count(gap) >= 2 THEN median(gap) END`
};
