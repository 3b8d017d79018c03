import type { Engine } from '#lib/engine/engine.ts';
import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { andIn, keyParts, type Part } from '../parts.sql.ts';
import type { DoubleSales } from '../schema.ts';
import { moneyKind } from '../source.ts';
import { ROWS_PER_PASS } from './superseded.sql.ts';

/** Fewer sales that look alike may be chance. */
const LEAST_ORDERS = 10;
/** Of the orders of the smaller list. */
const LEAST_SHARE = 0.3;

/** The orders of one list: all files of a series. */
interface OrderList {
	readonly series: string;
	/** The first file of its newest version. */
	readonly fileName: string;
	readonly sources: readonly string[];
}

/**
 * Lists of orders that look like lists of the same sales, such as those of a shop and of its payment service: sales of
 * one customer, on one day, of one amount. Each sale counts once. Told from 10 sales and 30 % of the smaller list on.
 * Needs the tables of `runClean`; the sources of one series are one list.
 */
export async function findDoubleSales(
	engine: Engine,
	sources: readonly SourceParams[],
	signal: AbortSignal
): Promise<DoubleSales[]> {
	const lists = orderLists(sources);
	if (lists.length < 2) return [];
	const sizes = new Map<number, number>();
	for (const { list, orders } of await engine.rows<{ list: number; orders: number }>(
		countOrders(lists),
		signal
	)) {
		sizes.set(list, orders);
	}
	const all = [...sizes.values()].reduce((sum, orders) => sum + orders, 0);
	const alike = new Map<string, { a: number; b: number; orders: number }>();
	for (const part of keyParts(all, ROWS_PER_PASS, () => id('customer_id'))) {
		const found = await engine.rows<{ a: number; b: number; orders: number }>(
			countAlike(lists, part),
			signal
		);
		for (const { a, b, orders } of found) {
			const key = `${a} ${b}`;
			alike.set(key, { a, b, orders: orders + (alike.get(key)?.orders ?? 0) });
		}
	}
	return [...alike.values()].flatMap(({ a, b, orders }): DoubleSales[] => {
		const [sizeA, sizeB] = [sizes.get(a) ?? 0, sizes.get(b) ?? 0];
		const [larger, smaller, of] = sizeB <= sizeA ? [a, b, sizeB] : [b, a, sizeA];
		const [first, second] = [lists[larger]?.fileName, lists[smaller]?.fileName];
		const isTold = orders >= LEAST_ORDERS && orders >= LEAST_SHARE * of;
		return isTold && first !== undefined && second !== undefined ? [{ first, second, orders, of }] : [];
	});
}

function orderLists(sources: readonly SourceParams[]): OrderList[] {
	const lists = new Map<string, SourceParams[]>();
	for (const source of sources) {
		if (source.kind !== 'orders' || moneyKind(source) === null) continue;
		lists.set(source.series, [...(lists.get(source.series) ?? []), source]);
	}
	return [...lists].map(([series, files]) => {
		const [newest] = files.toSorted((a, b) => b.version - a.version);
		return { series, fileName: newest?.fileName ?? series, sources: files.map((file) => file.id) };
	});
}

/** One row per list: `list` INTEGER, its place, and `orders` INTEGER, its sales with money. */
function countOrders(lists: readonly OrderList[]): Sql {
	return sql`
		SELECT list::INTEGER AS list, count(*)::INTEGER AS orders
		FROM (${sales(lists, null)}) GROUP BY list ORDER BY list`;
}

/** One row per pair of lists that have sales in common, each sale matched once. */
function countAlike(lists: readonly OrderList[], part: Part): Sql {
	return sql`
		WITH counted AS (
			SELECT list, customer_id, sold_on, amount, count(*) AS orders
			FROM (${sales(lists, part)}) GROUP BY list, customer_id, sold_on, amount
		)
		SELECT a.list::INTEGER AS a, b.list::INTEGER AS b, sum(least(a.orders, b.orders))::INTEGER AS orders
		FROM counted a JOIN counted b
			ON b.customer_id = a.customer_id AND b.sold_on = a.sold_on AND b.amount = a.amount AND b.list > a.list
		GROUP BY a.list, b.list ORDER BY a.list, b.list`;
}

/** One row per sale with money, of the customers of a part. */
function sales(lists: readonly OrderList[], part: Part): Sql {
	const places = lists.flatMap(({ sources }, place) =>
		sources.map((source) => sql`WHEN ${source} THEN ${place}`)
	);
	return sql`
		SELECT list, customer_id, min(ordered_at)::DATE AS sold_on, sum(amount) AS amount
		FROM (SELECT *, CASE source ${join(places, '\n')} END AS list FROM clean.rows)
		WHERE reason IS NULL AND NOT is_return AND list IS NOT NULL${andIn(part)}
		GROUP BY list, customer_id, order_id HAVING sum(amount) > 0`;
}
