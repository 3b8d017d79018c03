import type { Matrix } from '#lib/core/matrix.ts';
import { allSums, bytesOfSums, exactSums, type DistanceSums, type GroupedRows } from './distance-sums.ts';
import { clusterSizes, type Labeling } from './labeling.ts';

export interface SilhouetteOptions {
	/** Without the kernel: slower, every distance in 64 bits. */
	readonly plain?: boolean;
}

/** Rows between two reports of progress. */
const ROWS_PER_REPORT = 512;
/** Fewer rows than this take no time either way. */
const KERNEL_ROWS = 1000;
/** More labelings than this takes are done in two halves. */
const MOST_BYTES = 2 ** 27;

/**
 * How much nearer each row is to its own cluster than to the next nearest, from −1 to 1 (Rousseeuw 1987; scikit-learn's
 * `silhouette_samples`):
 *
 *   (b − a) / max(a, b), a = mean distance to the other rows of its cluster, b = least mean distance to another cluster
 *
 * A row alone in its cluster counts as 0, and so does every row when only one cluster has rows. Several labelings of the
 * same rows share the distances: rows are grouped by what all labelings say of them, distances are summed per group and
 * the groups' sums are added up for each labeling. O(n²·d) time for all labelings together, O(n·groups) memory.
 *
 * From 1,000 rows on distances are of 32-bit numbers where the kernel runs: values are then within 1e-5 of those in 64
 * bits for certain (rows for which this could fail are done again), commonly within 1e-7, and their mean within 1e-8.
 *
 * @param onProgress told how much is done, 0 to 1, now and then
 * @returns per labeling one value per row
 */
export function silhouetteSamples(
	data: Matrix,
	labelings: readonly Labeling[],
	onProgress?: (share: number) => void,
	{ plain = false }: SilhouetteOptions = {}
): Float64Array[] {
	const groups = jointGroups(data.rowCount, labelings);
	const isLarge = bytesOfSums(data.rowCount, groups.count) > MOST_BYTES;
	if (!plain && isLarge && labelings.length > 1) return inHalves(data, labelings, onProgress);
	const grouped = groupRows(data, groups);
	const folds = labelings.map((labeling) => foldOf(labeling, groups, data.rowCount));
	const exact = exactSums(grouped);
	const isExact = plain || isLarge || data.rowCount < KERNEL_ROWS;
	const fast = isExact ? null : allSums(grouped, (share) => onProgress?.(share));
	if (fast === null) foldAll(exact, exact, grouped, groups, folds, onProgress);
	else foldAll(fast, exact, grouped, groups, folds);
	return folds.map((fold) => fold.samples);
}

function inHalves(
	data: Matrix,
	labelings: readonly Labeling[],
	onProgress?: (share: number) => void
): Float64Array[] {
	const middle = labelings.length >> 1;
	return [
		...silhouetteSamples(data, labelings.slice(0, middle), (share) => onProgress?.(share / 2)),
		...silhouetteSamples(data, labelings.slice(middle), (share) => onProgress?.((1 + share) / 2))
	];
}

/** Writes the silhouettes of all labelings, from the exact sums where those at hand do not resolve the distances. */
function foldAll(
	sumsOf: DistanceSums,
	exact: DistanceSums,
	{ order }: GroupedRows,
	groups: Groups,
	folds: readonly Fold[],
	onProgress?: (share: number) => void
): void {
	const sums = new Float64Array(groups.count);
	for (let position = 0; position < order.length; position += 1) {
		if (position % ROWS_PER_REPORT === 0) onProgress?.(position / order.length);
		const row = order[position] as number;
		const group = groups.groupOf[row] as number;
		sumsOf.read(position, sums);
		if (foldRow(folds, row, group, sums) >= sumsOf.resolution(position)) continue;
		exact.read(position, sums);
		foldRow(folds, row, group, sums);
	}
}

/** Writes the silhouettes of a row; answers the least of the larger mean distances. */
function foldRow(folds: readonly Fold[], row: number, group: number, sums: Float64Array): number {
	let least = Infinity;
	for (const fold of folds) least = Math.min(least, writeSilhouette(fold, row, group, sums));
	return least;
}

/** The mean of silhouettes per cluster; 0 for a cluster without rows. O(n). */
export function silhouettePerCluster(samples: Float64Array, labeling: Labeling): Float64Array {
	const sums = new Float64Array(labeling.clusterCount);
	samples.forEach((value, row) => (sums[labeling.labels[row] as number]! += value));
	const sizes = clusterSizes(labeling);
	return sums.map((sum, cluster) => (sizes[cluster] === 0 ? 0 : sum / (sizes[cluster] as number)));
}

/** Rows that every labeling treats alike. */
interface Groups {
	readonly groupOf: Int32Array;
	readonly count: number;
}

function jointGroups(rowCount: number, labelings: readonly Labeling[]): Groups {
	let groups: Groups = { groupOf: new Int32Array(rowCount), count: 1 };
	for (const { labels, clusterCount } of labelings) {
		const renumbered = new Int32Array(groups.count * clusterCount).fill(-1);
		let count = 0;
		const groupOf = groups.groupOf.map((group, row) => {
			const key = group * clusterCount + (labels[row] as number);
			if (renumbered[key] === -1) renumbered[key] = count++;
			return renumbered[key] as number;
		});
		groups = { groupOf, count };
	}
	return groups;
}

function groupRows({ values, rowCount, columnCount }: Matrix, { groupOf, count }: Groups): GroupedRows {
	const starts = new Int32Array(count + 1);
	for (const group of groupOf) starts[group + 1]! += 1;
	for (let group = 0; group < count; group += 1) starts[group + 1]! += starts[group] as number;
	const next = starts.slice();
	const order = new Int32Array(rowCount);
	const moved = new Float64Array(values.length);
	for (let row = 0; row < rowCount; row += 1) {
		const position = next[groupOf[row] as number]!++;
		order[position] = row;
		for (let c = 0; c < columnCount; c += 1) {
			moved[position * columnCount + c] = values[row * columnCount + c] as number;
		}
	}
	return { data: { values: moved, rowCount, columnCount }, starts, order };
}

/** One labeling, ready to turn sums per group into sums per cluster. */
interface Fold {
	readonly clusterOfGroup: Int32Array;
	readonly sizes: Int32Array;
	readonly totals: Float64Array;
	readonly samples: Float64Array;
}

function foldOf(labeling: Labeling, { groupOf, count }: Groups, rowCount: number): Fold {
	const clusterOfGroup = new Int32Array(count);
	for (let row = 0; row < rowCount; row += 1)
		clusterOfGroup[groupOf[row] as number] = labeling.labels[row] as number;
	return {
		clusterOfGroup,
		sizes: clusterSizes(labeling),
		totals: new Float64Array(labeling.clusterCount),
		samples: new Float64Array(rowCount)
	};
}

/** Writes the silhouette of a row; answers the larger of its two mean distances. */
function writeSilhouette(
	{ clusterOfGroup, sizes, totals, samples }: Fold,
	row: number,
	group: number,
	sums: Float64Array
): number {
	totals.fill(0);
	for (let g = 0; g < sums.length; g += 1) totals[clusterOfGroup[g] as number]! += sums[g] as number;
	const own = clusterOfGroup[group] as number;
	if (sizes[own] === 1) return Infinity;
	const within = (totals[own] as number) / ((sizes[own] as number) - 1);
	let next = Infinity;
	for (let cluster = 0; cluster < sizes.length; cluster += 1) {
		const size = sizes[cluster] as number;
		if (cluster !== own && size > 0) next = Math.min(next, (totals[cluster] as number) / size);
	}
	const larger = Math.max(within, next);
	samples[row] = larger === Infinity || larger === 0 ? 0 : (next - within) / larger;
	return larger;
}
