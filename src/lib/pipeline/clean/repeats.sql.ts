import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { rawColumn, rawTable, type SourceParams } from '#lib/pipeline/import/schema.ts';

/** Rows hashed at a time: a group for every row of a large file would not fit the memory of a browser. */
const ROWS_PER_PASS = 2_000_000;

/**
 * Fills `clean.repeats` (source VARCHAR, row INTEGER): the rows that equal an earlier row in every column, in files
 * with the same columns. Rows are compared by a 64-bit hash: among 10,000,000 rows, two different ones share a hash
 * with probability 3 in 1,000,000.
 */
export function repeatStatements(sources: readonly SourceParams[], rowCount: number): Sql[] {
	const passCount = Math.max(1, Math.ceil(rowCount / ROWS_PER_PASS));
	const passes = Array.from({ length: passCount }, (_, pass) => pass);
	return [
		sql`CREATE OR REPLACE TABLE clean.repeats (source VARCHAR, row INTEGER)`,
		...alikeSources(sources).flatMap((alike) => passes.map((pass) => repeatsOf(alike, pass, passCount)))
	];
}

/** Rows of `clean.repeats` per source. One row per source that has any. */
export function repeatCounts(): Sql {
	return sql`
		SELECT source::VARCHAR AS source, count(*)::INTEGER AS repeats
		FROM clean.repeats GROUP BY source ORDER BY source`;
}

/** One row: rows of one source that equal an earlier row of it, by the same hash. */
export function countRepeats(source: SourceParams): Sql {
	return sql`
		SELECT coalesce(sum(rows - 1), 0)::INTEGER AS repeats
		FROM (SELECT count(*) AS rows FROM ${id(...rawTable(source.id))} GROUP BY ${rowHash(source)} HAVING count(*) > 1)
		ORDER BY repeats`;
}

function rowHash(source: SourceParams): Sql {
	const columns = source.columns.map((_, i) => id(rawColumn(i)));
	return sql`hash(${join(columns, ', ')})`;
}

/** Sources grouped by equal columns: overlapping exports of one shop are compared with each other. */
function alikeSources(sources: readonly SourceParams[]): SourceParams[][] {
	const groups = new Map<string, SourceParams[]>();
	for (const source of sources) {
		const key = JSON.stringify(source.columns);
		groups.set(key, [...(groups.get(key) ?? []), source]);
	}
	return [...groups.values()];
}

function repeatsOf(sources: readonly SourceParams[], pass: number, passCount: number): Sql {
	const hashed = sources.map((source, place) => {
		return sql`SELECT ${place}::BIGINT << 32 | row AS place, ${rowHash(source)} AS h FROM ${id(...rawTable(source.id))}`;
	});
	const share = passCount === 1 ? sql`` : sql`WHERE h % ${passCount} = ${pass}`;
	const names = sources.map((source, place) => sql`WHEN ${place} THEN ${source.id}`);
	return sql`
		INSERT INTO clean.repeats
		WITH hashed AS (${join(hashed, ' UNION ALL ')}),
		seen AS (SELECT h, min(place) AS first_place FROM hashed ${share} GROUP BY h HAVING count(*) > 1)
		SELECT CASE hashed.place >> 32 ${join(names, '\n')} END, (hashed.place & 4294967295)::INTEGER
		FROM hashed JOIN seen ON seen.h = hashed.h
		WHERE hashed.place > seen.first_place`;
}
