import type { Matrix } from '#lib/core/matrix.ts';
import { clusterMeans } from './cluster-means.ts';
import { clusterSizes, type Labeling } from './labeling.ts';
import { columnMoments } from './moments.ts';

/**
 * How much more the clusters differ from each other than the rows within them, per degree of freedom: higher is better
 * (Caliński & Harabasz 1974; scikit-learn's `calinski_harabasz_score`).
 *
 *   B / (k − 1) ÷ W / (n − k), B = Σ size · |mean − overall mean|², W = Σ |row − mean of its cluster|²
 *
 * Clusters without rows do not count in k. NaN when fewer than two have rows or every row is a cluster; 1 when W is 0,
 * as scikit-learn. O(n·d).
 */
export function calinskiHarabasz(data: Matrix, labeling: Labeling): number {
	const { columnCount, rowCount } = data;
	const means = clusterMeans(data, labeling).values;
	const overall = columnMoments(data).means;
	const sizes = clusterSizes(labeling);
	const used = sizes.filter((size) => size > 0).length;
	if (used < 2 || used >= rowCount) return NaN;
	let between = 0;
	sizes.forEach((size, cluster) => {
		for (let c = 0; size > 0 && c < columnCount; c += 1) {
			between += size * ((means[cluster * columnCount + c] as number) - (overall[c] as number)) ** 2;
		}
	});
	const within = withinSum(data, labeling, means);
	return within === 0 ? 1 : (between * (rowCount - used)) / (within * (used - 1));
}

function withinSum({ values, columnCount }: Matrix, { labels }: Labeling, means: Float64Array): number {
	let within = 0;
	for (let row = 0, at = 0; row < labels.length; row += 1) {
		const start = (labels[row] as number) * columnCount;
		for (let c = 0; c < columnCount; c += 1)
			within += ((values[at++] as number) - (means[start + c] as number)) ** 2;
	}
	return within;
}
