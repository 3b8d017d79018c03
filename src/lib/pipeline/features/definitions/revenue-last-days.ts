import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

/** The windows, in days. */
const WINDOWS = [30, 90, 365] as const;

/** How much somebody has spent in the last 30, 90 and 365 days. */
export const revenueLastDays: readonly FeatureDefinition[] = WINDOWS.map((days) => ({
	id: `revenue_last_${days}_days`,
	label: `Spend in ${days} days`,
	family: 'money',
	unit: 'money',
	kind: 'number',
	meaning: `The money that the customer has brought in the last ${days} days.`,
	formula: `sum of the amounts of the orders of the ${days} days before the as-of day, less refunds and, where they are taken off, credit notes`,
	needs: ['amount'],
	complete: true,
	base: orders,
	absent: 0,
	sql: ({ asOf }) => sql`coalesce(sum(amount) FILTER (WHERE ordered_at >= ${asOf} - ${days}::INTEGER), 0)`
}));
