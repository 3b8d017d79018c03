import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

export const recencyDays: FeatureDefinition = {
	id: 'recency_days',
	label: 'Days since the last order',
	family: 'recency',
	unit: 'days',
	kind: 'number',
	meaning: 'How long ago the customer last bought; low is good.',
	formula: 'whole days from the day of the last order to the as-of day, at least 1',
	needs: [],
	complete: true,
	base: orders,
	absent: null,
	sql: ({ asOf }) => sql`date_diff('day', max(ordered_at) FILTER (WHERE NOT is_return), ${asOf}::TIMESTAMP)`
};
