import type { Database } from '#lib/engine/engine.ts';
import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { andIn, keyParts, type Part } from './parts.sql.ts';
import type { NewTable } from './statement.ts';

/** The empty `clean.orders`: one row per customer, order of a list, and kind (sale or credit note) of the loaded rows. */
export function createOrders(database: Database): NewTable {
	const content = sql`(
			customer_id VARCHAR, order_id VARCHAR, ordered_at TIMESTAMP, amount DECIMAL(18,4), line_count INTEGER,
			item_count DOUBLE, is_return BOOLEAN)`;
	return { database, table: 'orders', content };
}

/** The parts in which `clean.rows` is grouped into orders, of about so many rows. */
export function orderParts(rowCount: number, partRows: number): Part[] {
	return keyParts(rowCount, partRows, () => id('order_id'));
}

/**
 * Groups a part of the rows into orders. Equal order numbers of two lists, such as those of two shops, are two orders.
 * @param sources of orders
 */
export function insertOrders(part: Part, sources: readonly SourceParams[]): Sql {
	const lists = new Set(sources.map(({ series }) => series));
	const branches = sources.map(({ id: source, series }) => sql`WHEN ${source} THEN ${series}`);
	const list = lists.size > 1 ? sql`, CASE source ${join(branches, '\n')} END` : sql``;
	return sql`
		INSERT INTO clean.orders
		SELECT customer_id, order_id, min(ordered_at) AS ordered_at,
			sum(amount)::DECIMAL(18,4) AS amount,
			count(*)::INTEGER AS line_count,
			sum(quantity)::DOUBLE AS item_count,
			is_return
		FROM clean.rows WHERE reason IS NULL${andIn(part)}
		GROUP BY customer_id, order_id, is_return${list}`;
}

/** `clean.customers`: as numbers when all ids are digits, else by bytes. */
export function createCustomers(): NewTable {
	const content = sql`AS
		WITH people AS (SELECT DISTINCT customer_id FROM clean.orders),
		kind AS (SELECT bool_and(regexp_full_match(customer_id, '[0-9]+')) AS all_digits FROM people)
		SELECT (row_number() OVER (ORDER BY
				CASE WHEN all_digits THEN length(ltrim(customer_id, '0')) END,
				CASE WHEN all_digits THEN ltrim(customer_id, '0') END,
				customer_id) - 1)::INTEGER AS idx,
			customer_id
		FROM people CROSS JOIN kind
		ORDER BY idx`;
	return { database: 'memory', table: 'customers', content };
}
