import type { Database } from '#lib/engine/engine.ts';
import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { rawColumn, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { sourceTable } from './repairs/tables.ts';
import type { CleanStatement } from './statement.ts';

/** Rows hashed at a time: a group for every row of a large file would not fit the memory of a browser. */
const ROWS_PER_PASS = 2_000_000;

/** A source, and whether its raw table has `row_hash`, the hash of every column, instead of every column. */
export interface HashedSource {
	readonly source: SourceParams;
	readonly hasRowHash: boolean;
	/** Rows that a newer export has too are left out: they are set aside, so nothing repeats them. */
	readonly leavesSuperseded: boolean;
}

/**
 * Fills `clean.repeats` (source VARCHAR, row INTEGER): the rows that equal an earlier row in every column, in files
 * with the same columns. Rows are compared by a 64-bit hash: among 10,000,000 rows, two different ones share a hash
 * with probability 3 in 1,000,000.
 */
export function repeatStatements(
	sources: readonly HashedSource[],
	rowCount: number,
	database: Database
): CleanStatement[] {
	const passCount = Math.max(1, Math.ceil(rowCount / ROWS_PER_PASS));
	const passes = Array.from({ length: passCount }, (_, pass) => pass);
	return [
		{ database, table: 'repeats', content: sql`(source VARCHAR, row INTEGER)` },
		...alikeSources(sources).flatMap((alike) => passes.map((pass) => repeatsOf(alike, pass, passCount)))
	];
}

/** Rows of `clean.repeats` per source. One row per source that has any. */
export function repeatCounts(): Sql {
	return sql`
		SELECT source::VARCHAR AS source, count(*)::INTEGER AS repeats
		FROM clean.repeats GROUP BY source ORDER BY source`;
}

function rowHash({ source, hasRowHash }: HashedSource): Sql {
	const columns = source.columns.map((_, i) => id(rawColumn(i)));
	return hasRowHash ? id('row_hash') : sql`hash(${join(columns, ', ')})`;
}

/** Rows that steps of the clean-up set aside repeat nothing either. */
function countedRows({ source, leavesSuperseded }: HashedSource): Sql {
	const superseded = leavesSuperseded
		? sql` AND row NOT IN (SELECT row FROM clean.superseded WHERE source = ${source.id})`
		: sql``;
	return sql`(SELECT * FROM ${id(...sourceTable(source.id))} WHERE set_aside_by IS NULL${superseded})`;
}

/** Sources grouped by equal columns: overlapping exports of one shop are compared with each other. */
function alikeSources(sources: readonly HashedSource[]): HashedSource[][] {
	const groups = new Map<string, HashedSource[]>();
	for (const hashed of sources) {
		const key = JSON.stringify(hashed.source.columns);
		groups.set(key, [...(groups.get(key) ?? []), hashed]);
	}
	return [...groups.values()];
}

function repeatsOf(sources: readonly HashedSource[], pass: number, passCount: number): Sql {
	const share = passCount === 1 ? sql`` : sql`WHERE h % ${passCount} = ${pass}`;
	const hashed = sources.map(
		(hashedSource, place) => sql`
			SELECT place, h
			FROM (SELECT ${place}::BIGINT << 32 | row AS place, ${rowHash(hashedSource)} AS h FROM ${countedRows(hashedSource)})
			${share}`
	);
	const names = sources.map(({ source }, place) => sql`WHEN ${place} THEN ${source.id}`);
	return sql`
		INSERT INTO clean.repeats
		WITH hashed AS (${join(hashed, ' UNION ALL ')}),
		seen AS (SELECT h, min(place) AS first_place FROM hashed GROUP BY h HAVING count(*) > 1)
		SELECT CASE hashed.place >> 32 ${join(names, '\n')} END, (hashed.place & 4294967295)::INTEGER
		FROM hashed JOIN seen ON seen.h = hashed.h
		WHERE hashed.place > seen.first_place`;
}
