import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

export const activeMonths: FeatureDefinition = {
	id: 'active_months',
	label: 'Months with an order',
	family: 'timing',
	unit: 'months',
	kind: 'number',
	meaning: 'In how many calendar months the customer has bought.',
	formula: 'number of different calendar months with an order',
	needs: [],
	complete: true,
	base: orders,
	absent: null,
	sql: () => sql`count(DISTINCT year(ordered_at) * 12 + month(ordered_at)) FILTER (WHERE NOT is_return)`
};
