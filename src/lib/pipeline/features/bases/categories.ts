import { sql } from '#lib/engine/sql.ts';
import { rowsOf, type FeatureBase } from './base.ts';
import { lines } from './lines.ts';

/** A row per category that a customer has bought: `category`, `money`, and `line_count`. */
export const categories: FeatureBase = {
	id: 'categories',
	row: 'a category that a customer has bought',
	over: lines,
	sql: () => sql`
		SELECT customer_id, category, coalesce(sum(money), 0) AS money, count(*) AS line_count
		FROM ${rowsOf(lines)} WHERE category IS NOT NULL GROUP BY customer_id, category`
};
