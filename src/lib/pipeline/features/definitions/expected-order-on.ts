import { sql } from '#lib/engine/sql.ts';
import type { FeatureDefinition } from './definition.ts';
import { usualGap } from '../usual-gap.sql.ts';

export const expectedOrderOn: FeatureDefinition = {
	id: 'expected_order_on',
	label: 'Expected next order',
	family: 'timing',
	unit: 'text',
	kind: 'text',
	meaning: 'The day on which the next order is due by the rhythm of the customer.',
	formula: 'day of the last order + usual days between orders, rounded down to a whole day',
	needs: [],
	caution:
		'With fewer than three days with an order it is the rhythm of everybody: see “Whose rhythm it is”.',
	complete: false,
	base: null,
	uses: ['gap_days_median', 'recency_days'],
	absent: null,
	sql: ({ asOf }) => sql`strftime(${asOf} + floor(${usualGap()} - recency_days)::INTEGER, '%Y-%m-%d')`
};
