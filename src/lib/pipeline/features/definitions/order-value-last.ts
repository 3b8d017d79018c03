import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

export const orderValueLast: FeatureDefinition = {
	id: 'order_value_last',
	label: 'Last order value',
	family: 'money',
	unit: 'money',
	kind: 'number',
	meaning: 'The value of the last order.',
	formula: 'amount of the latest order; of several at the same moment, the largest',
	needs: ['amount'],
	complete: false,
	base: orders,
	absent: null,
	sql: () => sql`max({'at': ordered_at, 'amount': amount}) FILTER (WHERE NOT is_return).amount`
};
