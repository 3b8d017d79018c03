import { mean, variance } from './moments.ts';

/** The gap of one number of clusters, and its standard error. */
export interface GapStatistic {
	readonly value: number;
	readonly error: number;
}

/**
 * The gap statistic (Tibshirani, Walther & Hastie 2001): by how much, on a log scale, the rows lie nearer to their
 * centroids than rows without groups do; more is better.
 *
 *   gap = mean(ln W*) − ln W, error = sd(ln W*) · √(1 + 1/B), W the inertia per row, W* that of the B reference sets
 *
 * The paper takes the first number of clusters whose gap is at least the next one's less the error of that.
 * Clusters without any spread count as if they had the least that a number can tell.
 */
export function gapStatistic(inertiaPerRow: number, references: ArrayLike<number>): GapStatistic {
	const logs = Float64Array.from(references, logOf);
	return {
		value: mean(logs) - logOf(inertiaPerRow),
		error: Math.sqrt(variance(logs) * (1 + 1 / logs.length))
	};
}

function logOf(inertia: number): number {
	return Math.log(Math.max(inertia, Number.MIN_VALUE));
}
