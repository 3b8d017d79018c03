import type { Database } from '#lib/engine/engine.ts';
import { id, sql, type Sql } from '#lib/engine/sql.ts';

/** From which size on cleaning spares memory. The tables it makes have the same rows whatever the sizes. */
export interface CleanSizes {
	/** With more rows to read than this, over all sources, tables with a row per record or order are compressed. */
	readonly plainRows: number;
	/** Then about so many rows are worked on at a time. */
	readonly partRows: number;
}

/**
 * For the memory of a browser: uncompressed, a row of `clean.rows` takes about 150 bytes, and several times that while
 * it is read.
 */
export const BROWSER_SIZES: CleanSizes = { plainRows: 2_000_000, partRows: 1_000_000 };

/** For an engine that can put on a disk what does not fit in memory: each source is read by one statement. */
export const UNCUT: CleanSizes = { plainRows: Infinity, partRows: Infinity };

/** Where tables go, and how many rows are worked on at a time. */
export interface Workspace {
	readonly database: Database;
	readonly partRows: number;
}

/** The workspace for so many rows to read. */
export function workspaceFor(rowCount: number, { plainRows, partRows }: CleanSizes): Workspace {
	return rowCount > plainRows ? { database: 'packed', partRows } : { database: 'memory', partRows: Infinity };
}

/** Condition for the rows of one part, over a table or, where one is named, an alias. Null for the only part: every row. */
export type Part = ((table?: string) => Sql) | null;

/** Parts by the column `row`, which counts from 1. The last one is open: records that could not be read have numbers too. */
export function rowParts(rowCount: number, partRows: number): Part[] {
	return parts(rowCount, partRows, (i, count) => (table) => {
		const row = table === undefined ? id('row') : id(table, 'row');
		const before = i * partRows;
		return i === count - 1
			? sql`${row} > ${before}`
			: sql`${row} BETWEEN ${before + 1} AND ${before + partRows}`;
	});
}

/** Parts that keep rows with the same key together. */
export function keyParts(rowCount: number, partRows: number, key: (table?: string) => Sql): Part[] {
	return parts(rowCount, partRows, (i, count) => (table) => sql`hash(${key(table)}) % ${count} = ${i}`);
}

function parts(
	rowCount: number,
	partRows: number,
	part: (i: number, count: number) => (table?: string) => Sql
): Part[] {
	const count = Math.ceil(rowCount / partRows);
	return count <= 1 ? [null] : Array.from({ length: count }, (_, i) => part(i, count));
}

/** ` AND` a part, after another condition. */
export function andIn(part: Part, table?: string): Sql {
	return part === null ? sql`` : sql` AND ${part(table)}`;
}

/** ` WHERE` of a part. */
export function whereIn(part: Part, table?: string): Sql {
	return part === null ? sql`` : sql` WHERE ${part(table)}`;
}
