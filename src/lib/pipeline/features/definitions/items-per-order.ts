import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

export const itemsPerOrder: FeatureDefinition = {
	id: 'items_per_order',
	label: 'Items per order',
	family: 'products',
	unit: 'items',
	kind: 'number',
	meaning: 'How many pieces an order holds on average.',
	formula: 'sum of the quantities ÷ orders',
	needs: ['quantity'],
	complete: true,
	base: orders,
	absent: null,
	sql: () => sql`coalesce(sum(item_count) FILTER (WHERE NOT is_return), 0) / count_if(NOT is_return)`
};
