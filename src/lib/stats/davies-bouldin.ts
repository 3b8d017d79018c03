import type { Matrix } from '#lib/core/matrix.ts';
import { clusterMeans } from './cluster-means.ts';
import { clusterSizes, type Labeling } from './labeling.ts';

/**
 * How much clusters overlap with their most similar neighbour, on average: lower is better (Davies & Bouldin 1979;
 * scikit-learn's `davies_bouldin_score`).
 *
 *   mean over i of max over j ≠ i of (s_i + s_j) / |m_i − m_j|, s = mean distance of a cluster's rows to its mean m
 *
 * Pairs of clusters with the same mean are left out, as in scikit-learn; so are clusters without rows. NaN when fewer
 * than two have rows. O(n·d + k²·d).
 */
export function daviesBouldin(data: Matrix, labeling: Labeling): number {
	const means = clusterMeans(data, labeling);
	const sizes = clusterSizes(labeling);
	const spreads = meanDistances(data, labeling, means.values, sizes);
	const used = Array.from(sizes.keys()).filter((cluster) => sizes[cluster] !== 0);
	if (used.length < 2) return NaN;
	let sum = 0;
	for (const i of used) {
		let worst = 0;
		for (const j of used) {
			const apart = distance(means, i, j);
			if (apart > 0) worst = Math.max(worst, ((spreads[i] as number) + (spreads[j] as number)) / apart);
		}
		sum += worst;
	}
	return sum / used.length;
}

function meanDistances(
	{ values, columnCount }: Matrix,
	{ labels }: Labeling,
	means: Float64Array,
	sizes: Int32Array
): Float64Array {
	const spreads = new Float64Array(sizes.length);
	for (let row = 0, at = 0; row < labels.length; row += 1) {
		const cluster = labels[row] as number;
		let sum = 0;
		for (let c = 0; c < columnCount; c += 1) {
			const difference = (values[at++] as number) - (means[cluster * columnCount + c] as number);
			sum += difference * difference;
		}
		spreads[cluster]! += Math.sqrt(sum);
	}
	return spreads.map((sum, cluster) => sum / (sizes[cluster] as number));
}

function distance({ values, columnCount }: Matrix, a: number, b: number): number {
	let sum = 0;
	for (let c = 0; c < columnCount; c += 1) {
		sum += ((values[a * columnCount + c] as number) - (values[b * columnCount + c] as number)) ** 2;
	}
	return Math.sqrt(sum);
}
