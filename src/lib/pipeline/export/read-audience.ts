import type { Engine } from '#lib/engine/engine.ts';
import { as, join, sql, type Sql } from '#lib/engine/sql.ts';
import {
	agreedSql,
	audienceTables,
	selectionSql,
	type Audience,
	type AudienceColumn,
	type ConsentRole,
	type Selection,
	writtenSql
} from './audience.ts';
import type { CsvBatch } from './csv.ts';

/** Customers per query: enough for speed, few enough that decoding the texts is no long task. */
const BATCH_CUSTOMERS = 20_000;

/** An engine and the signal of the work, as reading needs them. */
export interface ReadContext {
	readonly engine: Engine;
	readonly signal: AbortSignal;
}

/** The selected customers in the order of their ids, in batches. */
export async function* readAudience(
	context: ReadContext,
	audience: Audience,
	columns: readonly AudienceColumn[],
	selection: Selection
): AsyncGenerator<CsvBatch> {
	const total = await countCustomers(context);
	// Short positional names, so that no name of a file or feature meets the decoding of column names.
	const values = join(
		columns.map((column, i) => as(column.expression, `v${i}`)),
		', '
	);
	for (let from = 0; from < total; from += BATCH_CUSTOMERS) {
		const condition = writtenSql(audience, selection, from, from + BATCH_CUSTOMERS);
		const query = sql`SELECT ${values} FROM ${audienceTables(audience)} WHERE ${condition} ORDER BY f.idx`;
		const batch = await context.engine.columns(query, context.signal);
		const read = columns.map((_, i) => batch.get(`v${i}`) ?? []);
		yield { rowCount: read[0]?.length ?? 0, columns: read };
	}
}

/** How many customers a selection has: the number of rows of its file. */
export async function countSelection(
	context: ReadContext,
	audience: Audience,
	selection: Selection
): Promise<number> {
	const condition = writtenSql(audience, selection, 0, await countCustomers(context));
	return countRows(context, sql`${audienceTables(audience)} WHERE ${condition}`);
}

/** How many people of each selection agreed to this, in the order of the selections; one query for all. */
export async function countAgreed(
	context: ReadContext,
	audience: Audience,
	selections: readonly Selection[],
	role: ConsentRole
): Promise<number[]> {
	if (selections.length === 0) return [];
	const customers = await countCustomers(context);
	const counts = selections.map(
		(selection, place) => sql`SELECT ${place}::INTEGER AS place, count(*)::INTEGER AS people
			FROM ${audienceTables(audience)} WHERE ${agreedSql(audience, role)} AND ${selectionSql(selection, 0, customers)}`
	);
	const rows = await context.engine.rows<{ people: number }>(
		sql`${join(counts, ' UNION ALL ')} ORDER BY place`,
		context.signal
	);
	return rows.map(({ people }) => people);
}

function countCustomers(context: ReadContext): Promise<number> {
	return countRows(context, sql`features.customers`);
}

async function countRows({ engine, signal }: ReadContext, from: Sql): Promise<number> {
	const query = sql`SELECT count(*)::INTEGER AS row_count FROM ${from} ORDER BY row_count`;
	const [row] = await engine.rows<{ rowCount: number }>(query, signal);
	return row?.rowCount ?? 0;
}
