import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

export const frequency: FeatureDefinition = {
	id: 'frequency',
	label: 'Orders',
	family: 'recency',
	unit: 'orders',
	kind: 'number',
	meaning: 'How many times the customer has bought.',
	formula: 'number of different orders; credit notes are no orders',
	needs: [],
	complete: true,
	base: orders,
	absent: null,
	sql: () => sql`count_if(NOT is_return)`
};
