import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

export const weekendOrderShare: FeatureDefinition = {
	id: 'weekend_order_share',
	label: 'Orders on weekends',
	family: 'habits',
	unit: 'share',
	kind: 'number',
	meaning: 'How many of the orders come on a Saturday or Sunday.',
	formula: 'orders on a Saturday or Sunday ÷ orders',
	needs: [],
	complete: true,
	base: orders,
	absent: 0,
	sql: () => sql`count_if(isodow(ordered_at) >= 6 AND NOT is_return)::DOUBLE / count_if(NOT is_return)`
};
