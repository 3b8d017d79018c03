import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

/** The windows, in days. */
const WINDOWS = [30, 90, 365] as const;

/** How often somebody has bought in the last 30, 90 and 365 days. */
export const ordersLastDays: readonly FeatureDefinition[] = WINDOWS.map((days) => ({
	id: `orders_last_${days}_days`,
	label: `Orders in ${days} days`,
	family: 'timing',
	unit: 'orders',
	kind: 'number',
	meaning: `How many times the customer has bought in the last ${days} days.`,
	formula: `number of orders in the ${days} days before the as-of day; credit notes are no orders`,
	needs: [],
	complete: true,
	base: orders,
	absent: 0,
	sql: ({ asOf }) => sql`count_if(NOT is_return AND ordered_at >= ${asOf} - ${days}::INTEGER)`
}));
