import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

export const monetaryMean: FeatureDefinition = {
	id: 'monetary_mean',
	label: 'Spend per order',
	family: 'money',
	unit: 'money',
	kind: 'number',
	meaning: 'What an order of this customer is worth on average.',
	formula: 'total spend ÷ orders',
	needs: ['amount'],
	complete: true,
	base: orders,
	absent: null,
	sql: () => sql`coalesce(sum(amount), 0)::DOUBLE / count_if(NOT is_return)`
};
