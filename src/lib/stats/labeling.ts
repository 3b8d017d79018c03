/** A partition of rows: one label per row, from 0 to `clusterCount` − 1. */
export interface Labeling {
	readonly labels: ArrayLike<number>;
	readonly clusterCount: number;
}

/** How many rows each cluster has. O(n). */
export function clusterSizes({ labels, clusterCount }: Labeling): Int32Array {
	const sizes = new Int32Array(clusterCount);
	for (let row = 0; row < labels.length; row += 1) sizes[labels[row] as number]! += 1;
	return sizes;
}

/**
 * How many rows two labelings of the same rows give each pair of clusters: `counts[a * second.clusterCount + b]`.
 * O(n + k·k).
 *
 * @throws RangeError when the labelings differ in length
 */
export function contingency(first: Labeling, second: Labeling): Int32Array {
	if (first.labels.length !== second.labels.length) {
		throw new RangeError(`labelings of ${first.labels.length} and ${second.labels.length} rows`);
	}
	const counts = new Int32Array(first.clusterCount * second.clusterCount);
	for (let row = 0; row < first.labels.length; row += 1) {
		counts[(first.labels[row] as number) * second.clusterCount + (second.labels[row] as number)]! += 1;
	}
	return counts;
}
