import { sql } from '#lib/engine/sql.ts';
import { rowsOf, type FeatureBase } from './base.ts';
import { orders } from './orders.ts';

/**
 * The days on which a customer bought, each once, however many orders it has: `gap` (days since the one before; NULL on the
 * first), `place` (from 1; that of a gap is one less) and `day_count`, how many days the customer has.
 */
export const purchaseDays: FeatureBase = {
	id: 'purchase_days',
	row: 'a day on which a customer bought',
	over: orders,
	sql: () => sql`
		SELECT customer_id, day - lag(day) OVER days AS gap, row_number() OVER days AS place,
			count(*) OVER (PARTITION BY customer_id) AS day_count
		FROM (
			SELECT customer_id, ordered_at::DATE AS day FROM ${rowsOf(orders)}
			WHERE NOT is_return GROUP BY ALL
		)
		WINDOW days AS (PARTITION BY customer_id ORDER BY day)`
};
