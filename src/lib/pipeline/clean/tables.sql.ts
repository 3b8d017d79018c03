import { sql, type Sql } from '#lib/engine/sql.ts';

/** `clean.orders`: one row per customer, order and kind (sale or credit note) of the loaded rows. */
export function createOrders(): Sql {
	return sql`
		CREATE OR REPLACE TABLE clean.orders AS
		SELECT customer_id, order_id, min(ordered_at) AS ordered_at,
			sum(amount)::DECIMAL(18,4) AS amount,
			count(*)::INTEGER AS line_count,
			sum(quantity)::DOUBLE AS item_count,
			is_return
		FROM clean.rows WHERE reason IS NULL
		GROUP BY customer_id, order_id, is_return`;
}

/** `clean.customers`: as numbers when all ids are digits, else by bytes. */
export function createCustomers(): Sql {
	return sql`
		CREATE OR REPLACE TABLE clean.customers AS
		WITH people AS (SELECT DISTINCT customer_id FROM clean.orders),
		kind AS (SELECT bool_and(regexp_full_match(customer_id, '[0-9]+')) AS all_digits FROM people)
		SELECT (row_number() OVER (ORDER BY
				CASE WHEN all_digits THEN length(ltrim(customer_id, '0')) END,
				CASE WHEN all_digits THEN ltrim(customer_id, '0') END,
				customer_id) - 1)::INTEGER AS idx,
			customer_id
		FROM people CROSS JOIN kind
		ORDER BY idx`;
}
