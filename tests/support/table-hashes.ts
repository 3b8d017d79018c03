import { DuckDBInstance } from '@duckdb/node-api';
import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';

/** Answers a query with its rows, by the names in it. */
export type AskRows = (query: Sql) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** Asks an engine, whose names come in camelCase: queries here use names of one word. */
export function askEngine(engine: Engine): AskRows {
	return (query) => engine.rows<Record<string, unknown>>(query);
}

/** Runs a script in a fresh DuckDB with its defaults, then what asks it, and closes it. */
export async function afterScript<T>(script: string, work: (ask: AskRows) => Promise<T>): Promise<T> {
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	try {
		await connection.run(script);
		return await work(async ({ text }) => (await connection.runAndReadAll(text)).getRowObjectsJS() as never);
	} finally {
		connection.closeSync();
		instance.closeSync();
	}
}

/** Columns whose values only say where a table lies, or what an engine kept for itself. */
const LEFT_OUT = ['row_hash'];

/**
 * A hash of the content of each table, whatever the order of its rows and columns: DOUBLE values are rounded to nine
 * significant digits, which engines agree on; all others count as they are. The number of rows stands before the hash.
 * @param columns of each table, for those of which not all are compared
 */
export async function tableHashes(
	ask: AskRows,
	tables: readonly (readonly [schema: string, table: string])[],
	columns: ReadonlyMap<string, readonly string[]> = new Map()
): Promise<Record<string, string>> {
	const hashes: Record<string, string> = {};
	for (const [schema, table] of tables) {
		const name = id(schema, table);
		const described = await ask(sql`
			SELECT column_name::VARCHAR AS name, column_type::VARCHAR AS type FROM (DESCRIBE ${name}) ORDER BY name`);
		const wanted = columns.get(table);
		const found = described
			.map(({ name: column, type }) => ({ column: String(column), type: String(type) }))
			.filter(({ column }) => wanted?.includes(column) ?? !LEFT_OUT.includes(column));
		const [row] = await ask(hashSql(name, found));
		hashes[`${schema}.${table}`] =
			`${String(row?.['rows'])} ${String(row?.['hash'])} ${found.map(({ column }) => column).join()}`;
	}
	return hashes;
}

function hashSql(table: Sql, columns: readonly { readonly column: string; readonly type: string }[]): Sql {
	const texts = columns.map(({ column, type }) => {
		const value = id(column);
		return type === 'DOUBLE' || type === 'FLOAT'
			? nineDigits(value)
			: sql`coalesce(${value}::VARCHAR, '\u0001')`;
	});
	const rows = sql`SELECT md5(concat_ws('\u0002', ${join(texts, ', ')})) AS h FROM ${table}`;
	const counts = [
		as(sql`count(*)::INTEGER`, 'rows'),
		as(sql`md5(coalesce(string_agg(h, '' ORDER BY h), ''))::VARCHAR`, 'hash')
	];
	return sql`SELECT ${join(counts, ', ')} FROM (${rows}) ORDER BY 1`;
}

/** A number in nine significant digits. */
function nineDigits(value: Sql): Sql {
	const digits = sql`CASE WHEN ${value} = 0 THEN 0 ELSE 8 - floor(log10(abs(${value})))::INTEGER END`;
	return sql`coalesce(CASE WHEN isfinite(${value}) THEN round(${value}, ${digits})::VARCHAR ELSE ${value}::VARCHAR END, '\u0001')`;
}
