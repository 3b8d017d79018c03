import type { Matrix } from '#lib/core/matrix.ts';

/** Sums of squares of values up to this stay finite. */
const MOST_TO_SQUARE = 1e150;

/** What values have to be divided by so that their squared distances stay finite: 1, except where some are huge. */
export function squareUnit({ values }: Matrix): number {
	let most = 0;
	for (const value of values) most = Math.max(most, Math.abs(value));
	return most > MOST_TO_SQUARE ? most : 1;
}
