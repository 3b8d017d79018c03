import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

export const tenureDays: FeatureDefinition = {
	id: 'tenure_days',
	label: 'Days since the first order',
	family: 'recency',
	unit: 'days',
	kind: 'number',
	meaning: 'How long the customer has been one.',
	formula: 'whole days from the day of the first order to the as-of day, at least 1',
	needs: [],
	complete: true,
	base: orders,
	absent: null,
	sql: ({ asOf }) => sql`date_diff('day', min(ordered_at) FILTER (WHERE NOT is_return), ${asOf}::TIMESTAMP)`
};
