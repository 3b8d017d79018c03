import type { Matrix } from '#lib/core/matrix.ts';

/** For each row the centroid it is nearest to, the first of equally near ones. At most 250 centroids. O(n·k·d). */
export function nearestCentroids({ values, rowCount, columnCount }: Matrix, centroids: Matrix): Uint8Array {
	return Uint8Array.from({ length: rowCount }, (_, row) => {
		const start = row * columnCount;
		let label = 0;
		let least = Infinity;
		for (let cluster = 0, at = 0; cluster < centroids.rowCount; cluster += 1) {
			let sum = 0;
			for (let c = 0; c < columnCount; c += 1) {
				sum += ((values[start + c] as number) - (centroids.values[at++] as number)) ** 2;
			}
			if (sum >= least) continue;
			least = sum;
			label = cluster;
		}
		return label;
	});
}

/** The sum of the squared distances of the rows to the centroids of their labels. O(n·d). */
export function squaredDistanceSum(
	{ values, columnCount }: Matrix,
	centroids: Matrix,
	labels: ArrayLike<number>
): number {
	let sum = 0;
	for (let row = 0, at = 0; row < labels.length; row += 1) {
		const start = (labels[row] as number) * columnCount;
		for (let c = 0; c < columnCount; c += 1) {
			sum += ((values[at++] as number) - (centroids.values[start + c] as number)) ** 2;
		}
	}
	return sum;
}
