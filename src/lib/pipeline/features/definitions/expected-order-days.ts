import { sql } from '#lib/engine/sql.ts';
import type { FeatureDefinition } from './definition.ts';
import { usualGap } from '../usual-gap.sql.ts';

export const expectedOrderDays: FeatureDefinition = {
	id: 'expected_order_days',
	label: 'Days to the expected next order',
	family: 'timing',
	unit: 'days',
	kind: 'number',
	meaning: 'When the next order is due by the rhythm of the customer; below 0 it is overdue.',
	formula:
		'usual days between orders − days since the last order; usual is the median of the customer, or with fewer than three days with an order the median over all customers',
	needs: [],
	caution:
		'With fewer than three days with an order it is the rhythm of everybody: see “Whose rhythm it is”.',
	complete: false,
	base: null,
	uses: ['gap_days_median', 'recency_days'],
	absent: null,
	sql: () => sql`${usualGap()} - recency_days`
};
