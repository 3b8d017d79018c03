import { AppError, isAbort } from '#lib/core/errors.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { explainSql } from '#lib/engine/explain-sql.ts';
import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { columnKind, isNumberKind, resultColumn, type ColumnKind } from './column-kind.ts';
import { selectOf } from './select.ts';

export { selectOf } from './select.ts';

/** A column of a query's result. */
export interface ResultColumn {
	/** As in the query; a number goes behind a name that a column before it has. */
	readonly name: string;
	/** As the engine calls it: `DECIMAL(18,4)`. */
	readonly type: string;
	readonly kind: ColumnKind;
	readonly isNumber: boolean;
}

/** What a query gave. Its rows wait in the engine, in `saved._result`, until the next query runs. */
export interface QueryRun {
	readonly columns: readonly ResultColumn[];
	/** Rows that are kept. */
	readonly rowCount: number;
	/** The query gives more rows than are kept. */
	readonly isCut: boolean;
}

/** So many rows of a result are kept when nothing else is said. */
export const MOST_ROWS = 1_000_000;

/** Rows of the last query: `n` INTEGER from 1 in the order of the query, and its columns as `c0`, `c1`, … */
export const RESULT_TABLE = ['saved', '_result'] as const;

/** The order that the reader chose: `place` INTEGER from 1, `n` of the row. */
export const ORDER_TABLE = ['saved', '_order'] as const;

/** The user's SQL starts on the second line of every query that it runs in. */
const OFFSET = { lines: 1, columns: 0 };

/**
 * The columns that a query would give; it does not run. The engine itself proves that the text is a single SELECT: it is
 * handed over as a text, in `query('SELECT * FROM (…)')`, which takes nothing else. After this, the text may
 * stand in brackets in a query, `selectOf(text)`.
 * @throws `sql.not-a-select`, `sql.failed` with the place in the text
 */
export async function describeSelect(
	engine: Engine,
	text: string,
	signal?: AbortSignal
): Promise<ResultColumn[]> {
	const select = sql`SELECT * FROM ${selectOf(text)}`;
	const described = sql`
		SELECT name, type FROM (
			SELECT column_name::VARCHAR AS name, column_type::VARCHAR AS type, row_number() OVER () AS place
			FROM (DESCRIBE FROM query(${select.text}))
		) ORDER BY place`;
	try {
		const found = await engine.rows<{ name: string; type: string }>(described, signal);
		return found.map(({ name, type }) => {
			const kind = columnKind(type);
			return { name, type, kind, isNumber: isNumberKind(kind) };
		});
	} catch (error) {
		throw explainSql(await located(engine, text, select, error, signal), text, OFFSET);
	}
}

/**
 * Runs a query and keeps its rows in the engine, at most `limit`. What the query before gave is forgotten first. A query
 * that fails or is stopped leaves nothing.
 * @throws `sql.not-a-select`, `sql.failed` with the place in the text; rejects when aborted
 */
export async function runQuery(
	engine: Engine,
	text: string,
	{ limit = MOST_ROWS }: { readonly limit?: number } = {},
	signal?: AbortSignal
): Promise<QueryRun> {
	await forgetResult(engine);
	const columns = await describeSelect(engine, text, signal);
	const names = join(
		columns.map((_, c) => id(resultColumn(c))),
		', '
	);
	const table = id('memory', ...RESULT_TABLE);
	try {
		// The text starts on the second line, as OFFSET says.
		await engine.exec(
			sql`CREATE TABLE ${table} AS SELECT (row_number() OVER ())::INTEGER AS n, * FROM ${selectOf(text)} AS result(${names}) LIMIT ${limit + 1}`,
			signal
		);
		const [found] = await engine.rows<{ rows: number }>(
			sql`SELECT count(*)::INTEGER AS rows FROM ${table} ORDER BY rows`,
			signal
		);
		const rows = found?.rows ?? 0;
		return { columns, rowCount: Math.min(rows, limit), isCut: rows > limit };
	} catch (error) {
		await forgetResult(engine);
		throw explainSql(error, text, OFFSET);
	}
}

/** Gives back the memory of the last result. */
export async function forgetResult(engine: Engine): Promise<void> {
	await engine.place('memory', ...ORDER_TABLE);
	await engine.place('memory', ...RESULT_TABLE);
}

/**
 * The failure of the same SELECT outside `query()`, which shows where in the text it is. It fails as it did inside: what
 * cannot be read as SQL is not run, and what can was found to be one SELECT.
 */
async function located(
	engine: Engine,
	text: string,
	select: Sql,
	error: unknown,
	signal: AbortSignal | undefined
): Promise<unknown> {
	if (isAbort(error) || !(error instanceof AppError) || error.code !== 'engine.query-failed') return error;
	const { message } = error.details as { readonly message: string };
	if (message.startsWith('Expected a single SELECT')) {
		// The engine makes such a PIVOT out of several statements.
		const found = /\bPIVOT\b/i.test(text)
			? 'a PIVOT that does not list its columns, as in ON month IN (1, 2)'
			: 'several statements';
		return new AppError('sql.not-a-select', { found }, { cause: error });
	}
	try {
		await engine.exec(sql`${select} LIMIT 0`, signal);
	} catch (again) {
		return again;
	}
	return error;
}
