import { columnOf, valuesAt, type Matrix } from '#lib/core/matrix.ts';
import { breathe } from '#lib/core/pause.ts';
import { clusterMeans } from '#lib/stats/cluster-means.ts';
import { clusterSizes, type Labeling } from '#lib/stats/labeling.ts';
import { columnMoments } from '#lib/stats/moments.ts';
import { median } from '#lib/stats/quantile.ts';
import type { ClusterProfile, ProfileValue } from './schema.ts';

/**
 * The order in which clusters are numbered: by falling revenue, or by falling size when `revenue` is null; ties by falling
 * size, then by rising centroid, column by column. It does not depend on how the method numbered them. A last cluster
 * of noise stays the last.
 *
 * @returns the cluster that becomes number 0, the one that becomes number 1, …
 */
export function rankClusters(
	labeling: Labeling,
	centroids: Matrix,
	revenue: Float64Array | null,
	hasNoise = false
): number[] {
	const sizes = clusterSizes(labeling);
	const revenues = revenue === null ? new Float64Array(sizes.length) : revenuePerCluster(labeling, revenue);
	const byCentroid = (a: number, b: number): number => {
		for (let c = 0; c < centroids.columnCount; c += 1) {
			const [first, second] = [a, b].map(
				(cluster) => centroids.values[cluster * centroids.columnCount + c] as number
			);
			if (first !== second) return (first as number) - (second as number);
		}
		return a - b;
	};
	const isNoise = (cluster: number): number => Number(hasNoise && cluster === sizes.length - 1);
	return Array.from(sizes.keys()).sort(
		(a, b) =>
			isNoise(a) - isNoise(b) ||
			(revenues[b] as number) - (revenues[a] as number) ||
			(sizes[b] as number) - (sizes[a] as number) ||
			byCentroid(a, b)
	);
}

/** The labels with clusters numbered by `order`, as `rankClusters` gives it. */
export function renumber(labels: ArrayLike<number>, order: readonly number[]): Uint8Array {
	const newNumber = new Uint8Array(order.length);
	order.forEach((cluster, number) => (newNumber[cluster] = number));
	return Uint8Array.from(valuesAt(newNumber, labels));
}

/** The sum of the customers' revenue in each cluster. */
export function revenuePerCluster({ labels, clusterCount }: Labeling, revenue: Float64Array): Float64Array {
	const sums = new Float64Array(clusterCount);
	revenue.forEach((amount, row) => (sums[labels[row] as number]! += amount));
	return sums;
}

/** Customers, features by name, and who belongs to which cluster. */
export interface ProfileInput {
	/** In the units of the features. */
	readonly data: Matrix;
	/** The same rows in the scaled space. */
	readonly scaled: Matrix;
	readonly features: readonly string[];
	readonly labeling: Labeling;
}

/**
 * What each feature is like in each cluster against everyone: medians in its own unit, and the effect, which is how many
 * deviations of all customers the mean of the cluster lies from the mean of all, in the scaled space (0 where everyone is
 * alike). O(n·d). Everything else that waits for this thread runs now and then.
 *
 * @returns per cluster one value per feature, in the order of the features
 */
export async function profileValues({
	data,
	scaled,
	features,
	labeling
}: ProfileInput): Promise<ProfileValue[][]> {
	const medians: { readonly all: number; readonly perCluster: readonly number[] }[] = [];
	for (const c of features.keys()) {
		const column = columnOf(data, c);
		const perCluster: number[] = [];
		for (const own of valuesPerCluster(column, labeling)) {
			await breathe();
			perCluster.push(median(own));
		}
		medians.push({ all: median(column), perCluster });
	}
	await breathe();
	const { means, variances } = columnMoments(scaled);
	const centres = clusterMeans(scaled, labeling);
	return Array.from({ length: labeling.clusterCount }, (_, cluster) =>
		features.map((feature, c) => {
			const deviation = Math.sqrt(variances[c] as number);
			const distance = (centres.values[cluster * features.length + c] as number) - (means[c] as number);
			return {
				feature,
				median: medians[c]?.perCluster[cluster] ?? NaN,
				medianAll: medians[c]?.all ?? NaN,
				effect: deviation === 0 ? 0 : distance / deviation
			};
		})
	);
}

function valuesPerCluster(column: Float64Array, labeling: Labeling): Float64Array[] {
	const values = Array.from(clusterSizes(labeling), (size) => new Float64Array(size));
	const filled = new Int32Array(labeling.clusterCount);
	for (let row = 0; row < column.length; row += 1) {
		const cluster = labeling.labels[row] as number;
		(values[cluster] as Float64Array)[filled[cluster]!++] = column[row] as number;
	}
	return values;
}

/** The value of one feature of a profile, if it was compared. */
export function valueOf(
	{ values }: Pick<ClusterProfile, 'values'>,
	feature: string
): ProfileValue | undefined {
	return values.find((value) => value.feature === feature);
}
