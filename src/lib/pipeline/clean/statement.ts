import type { Database, Engine } from '#lib/engine/engine.ts';
import { sql, Sql } from '#lib/engine/sql.ts';

/** A table of the schema `clean` to be made, in place of any of that name in either database. */
export interface NewTable {
	readonly database: Database;
	readonly table: string;
	/** Its columns in parentheses, or `AS` and a query. */
	readonly content: Sql;
}

/** What cleaning runs. */
export type CleanStatement = Sql | NewTable;

/** Runs one statement. */
export async function runStatement(
	engine: Engine,
	statement: CleanStatement,
	signal?: AbortSignal
): Promise<void> {
	if (statement instanceof Sql) return engine.exec(statement, signal);
	const target = await engine.place(statement.database, 'clean', statement.table);
	return engine.exec(sql`CREATE OR REPLACE TABLE ${target} ${statement.content}`, signal);
}
