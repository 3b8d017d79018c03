import type { Matrix } from '#lib/core/matrix.ts';
import { kernelPartition } from './kmeans-kernel.ts';
import { nearest, UNASSIGNED, type Partition } from './nearest.ts';
import { columnMoments } from './moments.ts';

export interface LloydOptions {
	/** k × d, row-major: where the centroids start. At most 255 of them. */
	readonly start: Float64Array;
	/** One positive weight per row; without it every row counts as 1. */
	readonly weights?: Float64Array;
	/** Stops when Σ|Δcentroid|² ≤ tolerance × mean column variance, as scikit-learn; 0 runs until no label changes. */
	readonly tolerance?: number;
	/** `meanVariance` of the same data and weights, when it is at hand. */
	readonly variance?: number;
	readonly maxIterations?: number;
	/** True for plain TypeScript also where the kernel can run; the labels are the same. */
	readonly plain?: boolean;
	/** Told after each pass over the rows how many there have been. */
	readonly onIteration?: (iterations: number) => void;
}

/** A k-means partition. `labels` are the nearest centroids; with tolerance 0 the centroids are also the means. */
export interface KmeansFit {
	readonly labels: Uint8Array;
	/** k × d, row-major. */
	readonly centroids: Float64Array;
	/** Σ weight · |row − its centroid|². */
	readonly inertia: number;
	readonly iterations: number;
}

/**
 * Lloyd's algorithm (Lloyd 1982): give every row to its nearest centroid, move every centroid to the mean of its rows,
 * again until nothing moves. The stop rule and the count of iterations are scikit-learn's, so the same start ends in the
 * same place. A centroid that loses all its rows takes the row farthest from its own centroid; it stays empty only when
 * there are fewer different rows than centroids. Ties go to the lowest centroid at first, then to the one a row is at.
 *
 * O(n·k·d) per iteration; the means are updated from the rows that changed side, so late iterations only compare.
 */
export function lloyd(data: Matrix, options: LloydOptions): KmeansFit {
	const { tolerance = 1e-4, maxIterations = 300 } = options;
	const partition = emptyPartition(data, options);
	const stopAt = tolerance === 0 ? 0 : tolerance * varianceOf(partition, options.variance);
	let iterations = 0;
	let settled = false;
	while (!settled && iterations < maxIterations) {
		iterations += 1;
		const changed = nearest(partition) + refillEmpty(partition);
		if (changed === 0) settled = true;
		else if (moveCentroids(partition) <= stopAt) {
			nearest(partition);
			settled = !partition.members.includes(0);
		}
		options.onIteration?.(iterations);
	}
	// Out of iterations: the labels must still belong to the centroids that are returned.
	if (!settled) nearest(partition);
	return {
		labels: partition.labels.slice(),
		centroids: partition.centroids.slice(),
		inertia: inertiaOf(partition),
		iterations
	};
}

/** Σ weight · |row − the centroid of its label|²: row i counts in the (i mod 4)-th of four sums, added in pairs. O(n·d). */
export function inertiaOf(partition: Partition): number {
	if (partition.kernel !== null) return partition.kernel.inertia();
	const { data, weights, labels, centroids } = partition;
	const { values, rowCount, columnCount } = data;
	const totals = new Float64Array(4);
	for (let row = 0, at = 0; row < rowCount; row += 1) {
		let centroid = (labels[row] as number) * columnCount;
		let sum = 0;
		for (let c = 0; c < columnCount; c += 1) {
			const difference = (values[at++] as number) - (centroids[centroid++] as number);
			sum += difference * difference;
		}
		totals[row & 3]! += weights === undefined ? sum : sum * (weights[row] as number);
	}
	const [first, second, third, fourth] = totals as unknown as readonly [number, number, number, number];
	return first + second + (third + fourth);
}

function varianceOf({ data, weights, variance }: Partition, given: number | undefined): number {
	return given ?? (weights === undefined ? variance : undefined) ?? meanVariance(data, weights);
}

function emptyPartition(data: Matrix, { start, weights, plain }: LloydOptions): Partition {
	const clusterCount = start.length / data.columnCount;
	if (!Number.isInteger(clusterCount) || clusterCount < 1 || clusterCount >= UNASSIGNED) {
		throw new RangeError(`invalid start: ${start.length} numbers for ${data.columnCount} columns`);
	}
	return (
		(plain === true ? null : kernelPartition(data, weights, start)) ?? plainPartition(data, weights, start)
	);
}

function plainPartition(data: Matrix, weights: Float64Array | undefined, start: Float64Array): Partition {
	const clusterCount = start.length / data.columnCount;
	return {
		data,
		weights,
		labels: new Uint8Array(data.rowCount).fill(UNASSIGNED),
		centroids: start.slice(),
		sums: new Float64Array(start.length),
		totals: new Float64Array(clusterCount),
		members: new Int32Array(clusterCount),
		reach: new Float64Array(data.rowCount),
		drift: 0,
		variance: undefined,
		kernel: null
	};
}

/** The mean over columns of the (weighted) population variance: the yardstick of the tolerance. O(n·d). */
export function meanVariance(data: Matrix, weights?: Float64Array): number {
	if (weights === undefined) return average(columnMoments(data).variances);
	const { values, rowCount, columnCount } = data;
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const variances = new Float64Array(columnCount);
	for (let c = 0; c < columnCount; c += 1) {
		let [sum, squares] = [0, 0];
		for (let row = 0; row < rowCount; row += 1)
			sum += (weights[row] as number) * (values[row * columnCount + c] as number);
		for (let row = 0; row < rowCount; row += 1) {
			squares += (weights[row] as number) * ((values[row * columnCount + c] as number) - sum / total) ** 2;
		}
		variances[c] = squares / total;
	}
	return average(variances);
}

function average(values: Float64Array): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Moves each centroid to the mean of its rows; answers Σ|Δcentroid|². */
function moveCentroids(partition: Partition): number {
	const { centroids, sums, totals, members, data } = partition;
	const { columnCount } = data;
	let [shift, farthest] = [0, 0];
	for (let cluster = 0; cluster < members.length; cluster += 1) {
		if (members[cluster] === 0) continue;
		let own = 0;
		for (let at = cluster * columnCount; at < (cluster + 1) * columnCount; at += 1) {
			const moved = (sums[at] as number) / (totals[cluster] as number);
			own += (moved - (centroids[at] as number)) ** 2;
			centroids[at] = moved;
		}
		shift += own;
		farthest = Math.max(farthest, own);
	}
	partition.drift += Math.sqrt(farthest);
	return shift;
}

/**
 * Gives each empty cluster the row farthest from its own centroid; answers how many were filled. The centroids follow
 * when they are moved to the means.
 */
function refillEmpty(partition: Partition): number {
	const { members } = partition;
	let filled = 0;
	for (let cluster = 0; cluster < members.length; cluster += 1) {
		if (members[cluster] !== 0) continue;
		const row = farthestRow(partition);
		if (row < 0) break;
		give(partition, row, cluster);
		filled += 1;
	}
	return filled;
}

/** The row farthest from its centroid among clusters with rows to spare; −1 when every row lies on its centroid. */
function farthestRow({ data, labels, centroids, members }: Partition): number {
	const { values, rowCount, columnCount } = data;
	let [farthest, most] = [-1, 0];
	for (let row = 0; row < rowCount; row += 1) {
		const label = labels[row] as number;
		if ((members[label] as number) < 2) continue;
		let sum = 0;
		for (let c = 0; c < columnCount; c += 1) {
			sum +=
				((values[row * columnCount + c] as number) - (centroids[label * columnCount + c] as number)) ** 2;
		}
		if (sum > most) [farthest, most] = [row, sum];
	}
	return farthest;
}

function give({ data, weights, labels, sums, totals, members }: Partition, row: number, to: number): void {
	const { values, columnCount } = data;
	const from = labels[row] as number;
	const weight = weights?.[row] ?? 1;
	for (let c = 0; c < columnCount; c += 1) {
		const value = values[row * columnCount + c] as number;
		sums[from * columnCount + c]! -= weight * value;
		sums[to * columnCount + c] = weight * value;
	}
	totals[from]! -= weight;
	totals[to] = weight;
	members[from]! -= 1;
	members[to] = 1;
	labels[row] = to;
}
