import { sql } from '#lib/engine/sql.ts';
import type { FeatureBase } from './base.ts';

/**
 * What was bought, as in `clean.order_lines`, without credit notes: `item` (the sku, else the product), `name` (the product, else
 * the sku), `category`, `unit_price` and `money`, which is never negative.
 */
export const lines: FeatureBase = {
	id: 'lines',
	row: 'a line of an order',
	sql: ({ asOf }) => sql`
		SELECT customer_id, coalesce(sku, product) AS item, coalesce(product, sku) AS name, category, unit_price,
			greatest(amount, 0) AS money
		FROM clean.order_lines WHERE ordered_at < ${asOf} AND NOT is_return`
};
