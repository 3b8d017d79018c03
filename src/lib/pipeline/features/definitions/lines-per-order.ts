import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

export const linesPerOrder: FeatureDefinition = {
	id: 'lines_per_order',
	label: 'Lines per order',
	family: 'products',
	unit: 'ratio',
	kind: 'number',
	meaning: 'How many different things an order holds on average.',
	formula: 'rows of the orders ÷ orders',
	needs: [],
	complete: true,
	base: orders,
	absent: null,
	sql: () => sql`sum(line_count) FILTER (WHERE NOT is_return)::DOUBLE / count_if(NOT is_return)`
};
