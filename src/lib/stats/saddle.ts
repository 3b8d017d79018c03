import type { Matrix } from '#lib/core/matrix.ts';
import { clusterMeans } from './cluster-means.ts';
import { clusterSizes, type Labeling } from './labeling.ts';

/** Steps on the way from the mean of one cluster to that of another; a place is as wide as two. */
const STEPS = 8;
/** The first and the last step looked at: a mode may lie up to half a way outside of the means, or a quarter inside. */
const [FIRST, LAST] = [-5, 12];
const [NEAR_MODES, FAR_MODES] = [
	[-4, 2],
	[6, 12]
] as const;
/** Half of the normal deviation that 95 of 100 stay under: a root of a count deviates by half as much as a count by its root. */
const HALF_DEVIATION = 0.8224;

/**
 * How many rows stand half-way between clusters, of those at the mode of either: near 0 where there is a valley between
 * groups, 1 where one runs into the next. Every pair of clusters is looked at along the line of their means: the rows in its
 * middle, at the most that chance lets expect (95 %, by the root of a count: Anscombe 1948), by those of the lower of both
 * modes. Clusters that hang together by such passes, each as wide as can be, are then parted at the narrowest (single
 * linkage): so slices of one cloud, of an arc or of a long tail are near 1 however many there are. O(k·n·d).
 *
 * @param leastSize smaller clusters are left out: a few far-off rows are no group
 * @returns 0 to 1; 1 where fewer than two clusters are large enough
 */
export function saddle(data: Matrix, labeling: Labeling, leastSize: number): number {
	const rows = rowsByCluster(labeling);
	const means = clusterMeans(data, labeling);
	const sizes = clusterSizes(labeling);
	const large = rows
		.map((_, cluster) => cluster)
		.filter((cluster) => (sizes[cluster] as number) >= leastSize);
	const passOf = (a: number, b: number): number => pass(data, means, [a, rows[a]!], [b, rows[b]!]);
	return narrowest(large, passOf);
}

type Cluster = readonly [number: number, rows: Int32Array];

function rowsByCluster({ labels, clusterCount }: Labeling): Int32Array[] {
	const sizes = clusterSizes({ labels, clusterCount });
	const rows = Array.from(sizes, (size) => new Int32Array(size));
	const filled = new Int32Array(clusterCount);
	for (let row = 0; row < labels.length; row += 1) {
		const cluster = labels[row] as number;
		rows[cluster]![filled[cluster]!] = row;
		filled[cluster]! += 1;
	}
	return rows;
}

/** The rows half-way between two clusters by those of the lower mode, at most 1; 1 where their means are one. */
function pass(data: Matrix, means: Matrix, [a, rowsOfA]: Cluster, [b, rowsOfB]: Cluster): number {
	const { values, columnCount } = data;
	const from = means.values.subarray(a * columnCount, (a + 1) * columnCount);
	const to = means.values.subarray(b * columnCount, (b + 1) * columnCount);
	const way = to.map((value, c) => value - (from[c] as number));
	const length = way.reduce((sum, value) => sum + value * value, 0);
	if (!(length > 0 && length < Infinity)) return 1;
	const counts = new Int32Array(LAST - FIRST + 1);
	for (const rows of [rowsOfA, rowsOfB]) {
		for (const row of rows) {
			let along = 0;
			for (let c = 0, at = row * columnCount; c < columnCount; c += 1, at += 1) {
				along += ((values[at] as number) - (from[c] as number)) * (way[c] as number);
			}
			const step = Math.floor((along / length) * STEPS) - FIRST;
			if (step >= 0 && step < counts.length) counts[step]! += 1;
		}
	}
	const around = (step: number): number =>
		(counts[step - 1 - FIRST] as number) + (counts[step - FIRST] as number);
	const mode = ([first, last]: readonly [number, number]): number => {
		let most = 1;
		for (let step = first; step <= last; step += 1) most = Math.max(most, around(step));
		return most;
	};
	const between = (Math.sqrt(around(STEPS / 2) + 1) + HALF_DEVIATION) ** 2;
	return Math.min(1, between / Math.min(mode(NEAR_MODES), mode(FAR_MODES)));
}

/** The narrowest pass of the tree of widest passes between some clusters (Prim 1957). */
function narrowest(clusters: readonly number[], passOf: (a: number, b: number) => number): number {
	const [first, ...others] = clusters;
	if (first === undefined) return 1;
	const widest = new Map(others.map((cluster) => [cluster, passOf(first, cluster)]));
	let least = 1;
	while (widest.size > 0) {
		const [next, width] = [...widest].reduce((best, each) => (each[1] > best[1] ? each : best));
		least = Math.min(least, width);
		widest.delete(next);
		for (const [cluster, known] of widest) widest.set(cluster, Math.max(known, passOf(next, cluster)));
	}
	return least;
}
