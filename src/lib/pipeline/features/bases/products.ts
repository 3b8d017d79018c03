import { sql } from '#lib/engine/sql.ts';
import { rowsOf, type FeatureBase } from './base.ts';
import { lines } from './lines.ts';

/** A row per product that a customer has bought: `item`, `name`, `money`, and `line_count`. */
export const products: FeatureBase = {
	id: 'products',
	row: 'a product that a customer has bought',
	over: lines,
	sql: () => sql`
		SELECT customer_id, item, min(name) AS name, coalesce(sum(money), 0) AS money, count(*) AS line_count
		FROM ${rowsOf(lines)} WHERE item IS NOT NULL GROUP BY customer_id, item`
};
