import type { Matrix } from '#lib/core/matrix.ts';

/** Mean and population variance (divided by n) of each column. */
export interface ColumnMoments {
	readonly means: Float64Array;
	readonly variances: Float64Array;
}

/** The arithmetic mean: the sum divided by how many there are. O(n). Empty input gives NaN. */
export function mean(values: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < values.length; i += 1) sum += values[i] as number;
	return sum / values.length;
}

/**
 * The population variance: the mean squared distance from the mean (ddof 0, as scikit-learn's StandardScaler).
 * Two passes, so that a large mean costs no digits. O(n). Empty input gives NaN.
 */
export function variance(values: ArrayLike<number>): number {
	const centre = mean(values);
	let sum = 0;
	for (let i = 0; i < values.length; i += 1) sum += ((values[i] as number) - centre) ** 2;
	return sum / values.length;
}

/** `mean` and `variance` of every column. O(n·d), two passes over the rows. No rows give NaN. */
export function columnMoments({ values, rowCount, columnCount }: Matrix): ColumnMoments {
	const means = new Float64Array(columnCount);
	const variances = new Float64Array(columnCount);
	for (let at = 0; at < values.length;) {
		for (let c = 0; c < columnCount; c += 1) means[c]! += values[at++] as number;
	}
	for (let c = 0; c < columnCount; c += 1) means[c]! /= rowCount;
	for (let at = 0; at < values.length;) {
		for (let c = 0; c < columnCount; c += 1) {
			const difference = (values[at++] as number) - (means[c] as number);
			variances[c]! += difference * difference;
		}
	}
	for (let c = 0; c < columnCount; c += 1) variances[c]! /= rowCount;
	return { means, variances };
}
