import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

export const orderValueMost: FeatureDefinition = {
	id: 'order_value_most',
	label: 'Largest order',
	family: 'money',
	unit: 'money',
	kind: 'number',
	meaning: 'The value of the largest order.',
	formula: 'largest amount of an order; credit notes are no orders',
	needs: ['amount'],
	complete: false,
	base: orders,
	absent: null,
	sql: () => sql`max(amount) FILTER (WHERE NOT is_return)`
};
