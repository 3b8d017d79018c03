import type { GroupEntry, GroupTable, RfmAxis } from '../../schema.ts';

/**
 * How the lines between scores are found. `quantiles`: equal shares of the customers by value, so that equal values
 * share a score; `ranks`: equal numbers of customers, ties split by the order of customer ids; `given`: where the user
 * drew them, else as `quantiles`; `natural`: where they leave the values of a score closest together.
 */
export type LineRule = 'quantiles' | 'ranks' | 'given' | 'natural';

/** A way of scoring and grouping customers: one file in this folder and one line in `index.ts`. */
export interface Scheme {
	readonly id: string;
	readonly label: string;
	/** A few sentences for someone who has not heard of it. */
	readonly meaning: string;
	/** The highest score; the lowest is 1. */
	readonly levels: number;
	/** What groups are told by, where there are amounts. Without amounts `m` falls away, and `fm` is `f`. */
	readonly axes: readonly RfmAxis[];
	readonly lines: LineRule;
	/** Lines of recency that are the same for every shop, in days; null: found as the others. */
	readonly recencyDays: readonly number[] | null;
	/** The groups; their cells have a score for each of `axes`. */
	readonly table: GroupTable;
}

/** What a group is called, what it means, and what to do about it. */
export type GroupWords = Pick<GroupEntry, 'name' | 'meaning' | 'advice'>;

/** A group of a table of two axes: all cells of these scores. */
export function blockGroup(
	id: string,
	r: readonly number[],
	second: readonly number[],
	words: GroupWords
): GroupEntry {
	return { id, ...words, cells: r.flatMap((recency) => second.map((score) => [recency, score])) };
}

/** A group of the cells whose scores are the digits of these numbers: 323 is R 3, F 2, M 3. */
export function cellGroup(id: string, cells: readonly number[], words: GroupWords): GroupEntry {
	return { id, ...words, cells: cells.map((digits) => Array.from(String(digits), Number)) };
}
