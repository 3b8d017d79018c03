/** What a criterion is made of. */
export interface SphericalFit {
	/** Sum of squared distances of the rows to their centroids. */
	readonly inertia: number;
	/** Rows of each cluster; clusters without rows do not count. */
	readonly sizes: ArrayLike<number>;
	readonly columnCount: number;
}

/**
 * The Bayesian information criterion of clusters taken for round clouds of one common spread, each row in its own cloud
 * (Pelleg & Moore 2000, with the variance of maximum likelihood); less is better, as in scikit-learn:
 *
 *   n·d·(ln(2π·s²) + 1) − 2 Σ size · ln(size / n) + p · ln n, s² = inertia / (n·d), p = k·d + (k − 1) + 1
 *
 * Only fits to the same rows compare. NaN without rows, and where every row lies on its centroid. O(k).
 */
export function sphericalBic({ inertia, sizes, columnCount }: SphericalFit): number {
	const used = Array.from(sizes).filter((size) => size > 0);
	const rowCount = used.reduce((sum, size) => sum + size, 0);
	const numbers = rowCount * columnCount;
	if (!(inertia > 0) || numbers === 0) return NaN;
	const spread = numbers * (Math.log((2 * Math.PI * inertia) / numbers) + 1);
	const mixing = used.reduce((sum, size) => sum + size * Math.log(size / rowCount), 0);
	const parameters = used.length * columnCount + used.length;
	return spread - 2 * mixing + parameters * Math.log(rowCount);
}
