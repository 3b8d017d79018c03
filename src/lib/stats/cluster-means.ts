import type { Matrix } from '#lib/core/matrix.ts';
import { clusterSizes, type Labeling } from './labeling.ts';

/** The mean row of each cluster (k × d; NaN where a cluster is empty). O(n·d). */
export function clusterMeans({ values, columnCount }: Matrix, labeling: Labeling): Matrix {
	const { labels, clusterCount } = labeling;
	const means = new Float64Array(clusterCount * columnCount);
	for (let row = 0, at = 0; row < labels.length; row += 1) {
		const start = (labels[row] as number) * columnCount;
		for (let c = 0; c < columnCount; c += 1) means[start + c]! += values[at++] as number;
	}
	const sizes = clusterSizes(labeling);
	for (let at = 0; at < means.length; at += 1) means[at]! /= sizes[Math.floor(at / columnCount)] as number;
	return { values: means, rowCount: clusterCount, columnCount };
}
