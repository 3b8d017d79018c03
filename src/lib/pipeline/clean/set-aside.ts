import type { Engine } from '#lib/engine/engine.ts';
import { join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceResult } from '#lib/pipeline/import/schema.ts';
import { unreadable } from './operations/unreadable.ts';

/** One row or record that is not used in the customer tables. */
export interface SetAsideRow {
	readonly source: string;
	/** Record number in the file, from 1 after the header. */
	readonly row: number;
	readonly reason: string;
	/** What shows the reason, such as the text that could not be read; null when there is nothing to add. */
	readonly detail: string | null;
}

export interface SetAsideFilter {
	readonly sourceId?: string;
	readonly reason?: string;
}

/** The table that `insertRecords` fills, also where it brings nothing: rows of other files than orders go there too. */
export function createRecords(): Sql {
	return sql`CREATE TABLE IF NOT EXISTS clean.records (source VARCHAR, row INTEGER, reason VARCHAR, detail VARCHAR)`;
}

/** Keeps the records that never became rows in `clean.records` (source, row, reason, detail), beside `clean.rows`. */
export async function insertRecords(engine: Engine, sources: readonly SourceResult[]): Promise<void> {
	const records = sources.flatMap(({ id, unreadable: found }) => found.map((record) => ({ id, record })));
	await engine.insert('clean', 'records', {
		source: records.map(({ id }) => id),
		row: Int32Array.from(records, ({ record }) => record.record),
		reason: records.map(() => unreadable.id),
		detail: records.map(({ record }) => `${record.problem.replaceAll('_', ' ')}: ${record.raw.slice(0, 200)}`)
	});
}

/** A page of what was set aside, by source and record number. */
export async function setAsideRows(
	engine: Engine,
	{ offset, limit, ...filter }: SetAsideFilter & { readonly offset: number; readonly limit: number },
	signal?: AbortSignal
): Promise<SetAsideRow[]> {
	return engine.rows<SetAsideRow>(
		sql`
			SELECT source::VARCHAR AS source, row::INTEGER AS row, reason::VARCHAR AS reason, detail::VARCHAR AS detail
			FROM ${setAside(filter)}
			ORDER BY length(source), source, row LIMIT ${limit} OFFSET ${offset}`,
		signal
	);
}

/** How many rows and records a filter speaks of. */
export async function countSetAside(
	engine: Engine,
	filter: SetAsideFilter,
	signal?: AbortSignal
): Promise<number> {
	const [row] = await engine.rows<{ count: number }>(
		sql`SELECT count(*)::INTEGER AS count FROM ${setAside(filter)} ORDER BY count`,
		signal
	);
	return row?.count ?? 0;
}

function setAside({ sourceId, reason }: SetAsideFilter): Sql {
	const conditions = [
		sql`reason IS NOT NULL`,
		...(sourceId === undefined ? [] : [sql`source = ${sourceId}`]),
		...(reason === undefined ? [] : [sql`reason = ${reason}`])
	];
	return sql`(
		SELECT source, row, reason, detail FROM clean.rows
		UNION ALL SELECT source, row, reason, detail FROM clean.records
	) WHERE ${join(conditions, ' AND ')}`;
}
