import type { Grouping, Movement } from './schema.ts';

/** How many customers went from one category to another; null stands for New and Gone. */
export interface MovementCell {
	readonly from: number | null;
	readonly to: number | null;
	readonly customers: number;
}

/** The cells as a matrix with a row for who is new and a column for who is gone. */
export function movementOf(
	by: Grouping,
	categories: readonly string[],
	cells: readonly MovementCell[]
): Movement {
	const last = categories.length;
	const counts = Array.from({ length: last + 1 }, () => new Array<number>(last + 1).fill(0));
	for (const { from, to, customers } of cells) {
		const row = counts[from ?? last];
		const column = to ?? last;
		if (row?.[column] === undefined) throw new RangeError(`no cell from ${from} to ${to}`);
		row[column] += customers;
	}
	return { by, categories, counts };
}

/** Names of segments now, then those of before that are not among them. Equal names are one category. */
export function segmentCategories(before: readonly string[], now: readonly string[]): string[] {
	return [...new Set([...now, ...before])];
}

/** What one category has gained and lost. before = stayed + left, now = stayed + entered. */
export interface Turnover {
	/** Index of the category. */
	readonly category: number;
	readonly before: number;
	readonly now: number;
	readonly stayed: number;
	readonly entered: number;
	readonly left: number;
}

/** Per category, who came, went and stayed. */
export function turnoverOf({ categories, counts }: Movement): Turnover[] {
	return categories.map((_, category) => {
		const before = sum(counts[category] ?? []);
		const now = sum(counts.map((row) => row[category] ?? 0));
		const stayed = counts[category]?.[category] ?? 0;
		return { category, before, now, stayed, entered: now - stayed, left: before - stayed };
	});
}

/** Customers who were in a category before and are in another one now: neither new, nor gone, nor joined. */
export function movedCount({ categories, counts }: Movement): number {
	return sum(
		categories.map((_, from) =>
			sum(categories.map((__, to) => (from === to ? 0 : (counts[from]?.[to] ?? 0))))
		)
	);
}

/**
 * Counts as whole percentages of their sum that add up to exactly 100 (largest remainder method, ties to the first);
 * all 0 where there is nobody. Source: M. L. Balinski, H. P. Young, Fair Representation (1982), Hamilton's method.
 */
export function wholePercentages(counts: readonly number[]): number[] {
	const total = sum(counts);
	if (total === 0) return counts.map(() => 0);
	const percentages = counts.map((count) => Math.floor((100 * count) / total));
	const remainders = counts.map((count, i) => ({ i, rest: (100 * count) % total }));
	const missing = 100 - sum(percentages);
	for (const { i } of remainders.toSorted((a, b) => b.rest - a.rest || a.i - b.i).slice(0, missing)) {
		percentages[i] = (percentages[i] ?? 0) + 1;
	}
	return percentages;
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
