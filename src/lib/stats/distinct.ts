import type { Matrix } from '#lib/core/matrix.ts';

/**
 * How many different rows there are, counted only up to `limit`. O(n·limit·d) at worst, when nearly all rows are alike;
 * most often it has seen enough after a few.
 */
export function countDistinctRows({ values, rowCount, columnCount }: Matrix, limit: number): number {
	const found: number[] = [];
	for (let row = 0; row < rowCount && found.length < limit; row += 1) {
		const start = row * columnCount;
		const isKnown = found.some((other) => {
			for (let c = 0; c < columnCount; c += 1) if (values[other + c] !== values[start + c]) return false;
			return true;
		});
		if (!isKnown) found.push(start);
	}
	return found.length;
}
