import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

export const monetaryTotal: FeatureDefinition = {
	id: 'monetary_total',
	label: 'Total spend',
	family: 'money',
	unit: 'money',
	kind: 'number',
	meaning: 'All the money the customer has brought.',
	formula: 'sum of the amounts of the orders, less refunds and, where they are taken off, credit notes',
	needs: ['amount'],
	complete: true,
	base: orders,
	absent: null,
	sql: () => sql`coalesce(sum(amount), 0)`
};
