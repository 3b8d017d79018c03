import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

export const gapDaysMean: FeatureDefinition = {
	id: 'gap_days_mean',
	label: 'Days between orders',
	family: 'timing',
	unit: 'days',
	kind: 'number',
	meaning: 'How many days pass from one order to the next; nobody with a single order has this.',
	formula: 'days from the first to the last order ÷ (orders − 1)',
	needs: [],
	complete: false,
	base: orders,
	absent: null,

	sql: () => sql`date_diff('day', min(ordered_at) FILTER (WHERE NOT is_return), max(ordered_at) FILTER (WHERE NOT is_return))::DOUBLE
		/ nullif(count_if(NOT is_return) - 1, 0)`
};
