import type { SourceParams } from '#lib/pipeline/import/schema.ts';

/** Columns without a meaning that show before all are asked for. */
export const FIRST_COLUMNS = 30;
/** Rows that show at a time: each holds a list of every meaning. */
export const COLUMNS_PER_PAGE = 100;

/** A column of a file by its name and its place in it, from 0. */
export interface PlacedColumn {
	readonly name: string;
	readonly index: number;
}

/**
 * The columns to show first, in the order of the file: those that mean something or are `kept`, and the first
 * `FIRST_COLUMNS` others.
 */
export function firstColumns(source: SourceParams, kept: ReadonlySet<string>): PlacedColumn[] {
	const used = new Set(Object.values(source.mapping));
	let others = 0;
	return placed(source).filter(
		({ name }) => used.has(name) || kept.has(name) || (others += 1) <= FIRST_COLUMNS
	);
}

/** The columns whose name holds a text, in any case, in the order of the file; every column for an empty text. */
export function findColumns(source: SourceParams, text: string): PlacedColumn[] {
	const wanted = text.trim().toLowerCase();
	return placed(source).filter(({ name }) => name.toLowerCase().includes(wanted));
}

function placed(source: SourceParams): PlacedColumn[] {
	return source.columns.map((name, index) => ({ name, index }));
}
