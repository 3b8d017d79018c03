import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

export const orderValueLeast: FeatureDefinition = {
	id: 'order_value_least',
	label: 'Smallest order',
	family: 'money',
	unit: 'money',
	kind: 'number',
	meaning: 'The value of the smallest order.',
	formula: 'least amount of an order; credit notes are no orders',
	needs: ['amount'],
	complete: false,
	base: orders,
	absent: null,
	sql: () => sql`min(amount) FILTER (WHERE NOT is_return)`
};
