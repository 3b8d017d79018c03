import type { Cell, Column, Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { crossing, resultColumn } from './column-kind.ts';
import { ORDER_TABLE, RESULT_TABLE, type QueryRun, type ResultColumn } from './workspace.ts';

/** The order of a result: by column, by its index. Missing values come last, and equal ones keep the query's order. */
export interface ResultSort {
	readonly column: number;
	readonly descending: boolean;
}

/** Some rows of a result: values by `c0`, `c1`, … */
export type ResultRow = Readonly<Record<string, Cell>>;

type Shape = Pick<QueryRun, 'columns' | 'rowCount'>;

/** Sorts the last result, once; `readRows` then reads it so until it is sorted again, or `null` takes the order back. */
export async function sortResult(
	engine: Engine,
	sort: ResultSort | null,
	signal?: AbortSignal
): Promise<void> {
	const target = await engine.place('memory', ...ORDER_TABLE);
	if (sort === null) return;
	const direction = sort.descending ? sql`DESC` : sql`ASC`;
	await engine.exec(
		sql`CREATE TABLE ${target} AS
			SELECT (row_number() OVER ())::INTEGER AS place, n FROM (
				SELECT n FROM ${id(...RESULT_TABLE)} ORDER BY ${id(resultColumn(sort.column))} ${direction} NULLS LAST, n
			)`,
		signal
	);
}

/** Rows of the last result from `offset` on, for the screen: very long texts are cut. `sorted`: in the order of `sortResult`. */
export async function readRows(
	engine: Engine,
	{ columns, rowCount }: Shape,
	page: { readonly offset: number; readonly limit: number; readonly sorted: boolean },
	signal?: AbortSignal
): Promise<ResultRow[]> {
	const values = columns.map(({ kind }, c) => as(crossing(resultColumn(c), kind, true), resultColumn(c)));
	return engine.rows<ResultRow>(pageSql(values, rowCount, page), signal);
}

/** Columns of the last result from `offset` on, whole: numbers as numbers, all else as text. */
export async function readColumns(
	engine: Engine,
	{ columns, rowCount }: Shape,
	page: { readonly offset: number; readonly limit: number; readonly sorted: boolean },
	signal?: AbortSignal
): Promise<Column[]> {
	const values = columns.map(({ kind }, c) => as(crossing(resultColumn(c), kind), resultColumn(c)));
	const found = await engine.columns(pageSql(values, rowCount, page), signal);
	return columns.map((_, c) => found.get(resultColumn(c)) ?? []);
}

function pageSql(
	values: readonly Sql[],
	rowCount: number,
	{ offset, limit, sorted }: { readonly offset: number; readonly limit: number; readonly sorted: boolean }
): Sql {
	const last = Math.min(offset + limit, rowCount);
	if (!sorted) {
		return sql`SELECT ${join(values, ', ')} FROM ${id(...RESULT_TABLE)} WHERE n BETWEEN ${offset + 1} AND ${last} ORDER BY n`;
	}
	return sql`
		SELECT ${join(values, ', ')} FROM ${id(...RESULT_TABLE)}
		JOIN (FROM ${id(...ORDER_TABLE)} WHERE place BETWEEN ${offset + 1} AND ${last}) USING (n)
		WHERE n <= ${rowCount} ORDER BY place`;
}

/** Values of some columns for a chart: at most `most` rows, evenly spread over the result where it has more. */
export async function readForChart(
	engine: Engine,
	{ columns, rowCount }: Shape,
	chosen: readonly number[],
	most: number,
	signal?: AbortSignal
): Promise<Column[]> {
	const step = Math.max(1, Math.ceil(rowCount / most));
	const values = chosen.map((c, i) => as(chartValue(columns[c], resultColumn(c)), resultColumn(i)));
	const found = await engine.columns(
		sql`SELECT ${join(values, ', ')} FROM ${id(...RESULT_TABLE)}
			WHERE n <= ${rowCount} AND (n - 1) % ${step} = 0 ORDER BY n`,
		signal
	);
	return chosen.map((_, i) => found.get(resultColumn(i)) ?? []);
}

function chartValue(column: ResultColumn | undefined, name: string): Sql {
	if (column?.isNumber) return sql`${id(name)}::DOUBLE`;
	return crossing(name, 'text', true);
}

/** How the last result fits what it may be saved as. */
export interface ResultFit {
	/** The column that names customers; null when there is none. */
	readonly hasCustomerId: boolean;
	/** Names of the number columns beside it. */
	readonly numbers: readonly string[];
	readonly rows: number;
	/** Different customers in it. */
	readonly customers: number;
	/** Rows of customers who have a row already. */
	readonly repeated: number;
	/** All customers with orders. */
	readonly everyone: number;
	/** Customers in it who have orders. */
	readonly withOrders: number;
	/** Those of them who have every number. */
	readonly withNumbers: number;
	/** Ids that no customer with orders has. */
	readonly unknown: number;
}

/** Looks whether the last result can be a feature or a segment. */
export async function fitOfResult(
	engine: Engine,
	{ columns, rowCount }: Shape,
	signal?: AbortSignal
): Promise<ResultFit> {
	const customer = columns.findIndex(({ name }) => name === 'customer_id');
	const numbers = columns.filter(({ isNumber }, c) => isNumber && c !== customer).map(({ name }) => name);
	const none = { customers: 0, repeated: 0, everyone: 0, withOrders: 0, withNumbers: 0, unknown: 0 };
	if (customer < 0) return { hasCustomerId: false, numbers, rows: rowCount, ...none };
	const missing = columns.flatMap(({ isNumber }, c) =>
		isNumber && c !== customer ? [sql`${id(resultColumn(c))} IS NULL`] : []
	);
	const lacks = missing.length === 0 ? sql`false` : join(missing, ' OR ');
	const [found] = await engine.rows<Omit<ResultFit, 'hasCustomerId' | 'numbers' | 'rows'>>(
		sql`SELECT count(*)::INTEGER AS customers, coalesce(sum(rows - 1), 0)::INTEGER AS repeated,
				(SELECT count(*) FROM clean.customers)::INTEGER AS everyone,
				count(c.customer_id)::INTEGER AS with_orders,
				count_if(c.customer_id IS NOT NULL AND NOT lacks)::INTEGER AS with_numbers,
				(count(*) - count(c.customer_id))::INTEGER AS unknown
			FROM (
				SELECT ${id(resultColumn(customer))}::VARCHAR AS customer_id, count(*) AS rows, bool_or(${lacks}) AS lacks
				FROM ${id(...RESULT_TABLE)}
				WHERE n <= ${rowCount} AND ${id(resultColumn(customer))} IS NOT NULL GROUP BY 1
			) r LEFT JOIN clean.customers c USING (customer_id) ORDER BY 1`,
		signal
	);
	return { hasCustomerId: true, numbers, rows: rowCount, ...none, ...found };
}
