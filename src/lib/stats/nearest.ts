import type { Matrix } from '#lib/core/matrix.ts';

/** The label of a row that has no cluster yet. */
export const UNASSIGNED = 255;

/** Rows, centroids, the running sums that make the means, and what is known about distances; `nearest` keeps it in step. */
export interface Partition {
	readonly data: Matrix;
	readonly weights: Float64Array | undefined;
	readonly labels: Uint8Array;
	/** k × d. */
	readonly centroids: Float64Array;
	/** Weighted sum of the rows of each cluster, k × d. */
	readonly sums: Float64Array;
	/** Total weight of each cluster. */
	readonly totals: Float64Array;
	/** Rows of each cluster. */
	readonly members: Int32Array;
	/** Per row: `drift` + the distance to its second nearest centroid, both as of the last time it was looked at. */
	readonly reach: Float64Array;
	/** How far centroids have moved so far: the sum over moves of the longest. */
	drift: number;
	/** The mean of the population variances of the columns, where it is known. */
	readonly variance: number | undefined;
	/** The same work in WebAssembly, for a partition in its memory. */
	readonly kernel: { readonly nearest: () => number; readonly inertia: () => number } | null;
}

/**
 * Gives every row to its nearest centroid (squared Euclidean) and answers how many rows changed side. A row stays where
 * it is on a tie. At most O(n·k·d). The search starts at the centroid a row has, so the comparisons that follow almost
 * never succeed and the processor guesses them right.
 *
 * Two and three columns are unrolled and compare with every centroid. With more columns a distance costs enough that it
 * pays to know when it is not needed: a row is surely still nearest to its own centroid when it lies within half the way
 * from there to the nearest other, or nearer than its second nearest was less all movement since (Hamerly 2010, with one
 * running drift in place of a bound kept up per row). The answer is the same.
 */
export function nearest(partition: Partition): number {
	if (partition.kernel !== null) return partition.kernel.nearest();
	switch (partition.data.columnCount) {
		case 2:
			return nearest2(partition);
		case 3:
			return nearest3(partition);
		default:
			return nearestAny(partition, squaredHalfway(partition));
	}
}

/** Per centroid: the square of half its distance to the nearest other. */
function squaredHalfway({ centroids, members, data: { columnCount } }: Partition): Float64Array {
	const clusterCount = members.length;
	const squared = new Float64Array(clusterCount).fill(Infinity);
	for (let a = 0; a < clusterCount; a += 1) {
		for (let b = 0; b < a; b += 1) {
			let sum = 0;
			for (let c = 0; c < columnCount; c += 1) {
				sum += ((centroids[a * columnCount + c] as number) - (centroids[b * columnCount + c] as number)) ** 2;
			}
			squared[a] = Math.min(squared[a] as number, sum / 4);
			squared[b] = Math.min(squared[b] as number, sum / 4);
		}
	}
	return squared;
}

function nearest2(partition: Partition): number {
	const { labels, centroids } = partition;
	const { values, rowCount } = partition.data;
	const end = centroids.length;
	let changed = 0;
	for (let row = 0, at = 0; row < rowCount; row += 1, at += 2) {
		const x = values[at] as number;
		const y = values[at + 1] as number;
		const before = labels[row] as number;
		let best = Infinity;
		let label = before;
		if (before !== UNASSIGNED) {
			const dx = x - (centroids[before * 2] as number);
			const dy = y - (centroids[before * 2 + 1] as number);
			best = dx * dx + dy * dy;
		}
		for (let cluster = 0, c = 0; c < end; cluster += 1, c += 2) {
			const dx = x - (centroids[c] as number);
			const dy = y - (centroids[c + 1] as number);
			const distance = dx * dx + dy * dy;
			if (distance < best) {
				best = distance;
				label = cluster;
			}
		}
		if (label !== before) {
			move(partition, row, before, label);
			changed += 1;
		}
	}
	return changed;
}

function nearest3(partition: Partition): number {
	const { labels, centroids } = partition;
	const { values, rowCount } = partition.data;
	const end = centroids.length;
	let changed = 0;
	for (let row = 0, at = 0; row < rowCount; row += 1, at += 3) {
		const x = values[at] as number;
		const y = values[at + 1] as number;
		const z = values[at + 2] as number;
		const before = labels[row] as number;
		let best = Infinity;
		let label = before;
		if (before !== UNASSIGNED) {
			const dx = x - (centroids[before * 3] as number);
			const dy = y - (centroids[before * 3 + 1] as number);
			const dz = z - (centroids[before * 3 + 2] as number);
			best = dx * dx + dy * dy + dz * dz;
		}
		for (let cluster = 0, c = 0; c < end; cluster += 1, c += 3) {
			const dx = x - (centroids[c] as number);
			const dy = y - (centroids[c + 1] as number);
			const dz = z - (centroids[c + 2] as number);
			const distance = dx * dx + dy * dy + dz * dz;
			if (distance < best) {
				best = distance;
				label = cluster;
			}
		}
		if (label !== before) {
			move(partition, row, before, label);
			changed += 1;
		}
	}
	return changed;
}

function nearestAny(partition: Partition, halfway: Float64Array): number {
	const { labels, centroids, reach, drift } = partition;
	const { values, rowCount, columnCount } = partition.data;
	const end = centroids.length;
	let changed = 0;
	for (let row = 0, start = 0; row < rowCount; row += 1, start += columnCount) {
		const before = labels[row] as number;
		let best = Infinity;
		let second = Infinity;
		let label = before;
		if (before !== UNASSIGNED) {
			best = 0;
			for (let at = start, c = before * columnCount; at < start + columnCount; at += 1, c += 1) {
				const difference = (values[at] as number) - (centroids[c] as number);
				best += difference * difference;
			}
			const room = (reach[row] as number) - drift;
			if (best < (halfway[before] as number) || (room > 0 && best < room * room)) continue;
		}
		for (let cluster = 0, c = 0; c < end; cluster += 1) {
			let distance = 0;
			for (let at = start; at < start + columnCount; at += 1, c += 1) {
				const difference = (values[at] as number) - (centroids[c] as number);
				distance += difference * difference;
			}
			if (distance < best) {
				second = best;
				best = distance;
				label = cluster;
			} else if (distance < second && cluster !== label) second = distance;
		}
		reach[row] = Math.sqrt(second) + drift;
		if (label !== before) {
			move(partition, row, before, label);
			changed += 1;
		}
	}
	return changed;
}

function move(
	{ data, weights, labels, sums, totals, members }: Partition,
	row: number,
	from: number,
	to: number
): void {
	const { values, columnCount } = data;
	const weight = weights === undefined ? 1 : (weights[row] as number);
	const start = row * columnCount;
	for (let c = 0; c < columnCount; c += 1) {
		const value = weight * (values[start + c] as number);
		sums[to * columnCount + c]! += value;
		if (from !== UNASSIGNED) sums[from * columnCount + c]! -= value;
	}
	totals[to]! += weight;
	members[to]! += 1;
	if (from !== UNASSIGNED) {
		totals[from]! -= weight;
		members[from]! -= 1;
	}
	labels[row] = to;
}
