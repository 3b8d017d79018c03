import type { Matrix } from '#lib/core/matrix.ts';
import { clusterSizes, type Labeling } from './labeling.ts';

/** Rows between two reports of progress. */
const ROWS_PER_REPORT = 512;

/**
 * How much nearer each row is to its own cluster than to the next nearest, from −1 to 1 (Rousseeuw 1987; scikit-learn's
 * `silhouette_samples`):
 *
 *   (b − a) / max(a, b), a = mean distance to the other rows of its cluster, b = least mean distance to another cluster
 *
 * A row alone in its cluster counts as 0, and so does every row when only one cluster has rows. Several labelings of the
 * same rows share the distances: rows are grouped by what all labelings say of them, distances are summed per group and
 * the groups' sums are added up for each labeling. O(n²·d) time for all labelings together, O(n) memory.
 *
 * @param onProgress told how much is done, 0 to 1, now and then
 * @returns per labeling one value per row
 */
export function silhouetteSamples(
	data: Matrix,
	labelings: readonly Labeling[],
	onProgress?: (share: number) => void
): Float64Array[] {
	const groups = jointGroups(data.rowCount, labelings);
	const grouped = groupRows(data, groups);
	const folds = labelings.map((labeling) => foldOf(labeling, groups, data.rowCount));
	const sums = new Float64Array(groups.count);
	for (let position = 0; position < data.rowCount; position += 1) {
		if (position % ROWS_PER_REPORT === 0) onProgress?.(position / data.rowCount);
		sumDistances(grouped, position, sums);
		const row = grouped.order[position] as number;
		for (const fold of folds) fold.samples[row] = silhouetteOf(fold, groups.groupOf[row] as number, sums);
	}
	return folds.map((fold) => fold.samples);
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

/** The rows with groups side by side: group g holds positions `starts[g]` to `starts[g + 1]`. */
interface GroupedRows {
	readonly data: Matrix;
	readonly starts: Int32Array;
	/** The row at each position. */
	readonly order: Int32Array;
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
		moved.set(values.subarray(row * columnCount, (row + 1) * columnCount), position * columnCount);
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

function silhouetteOf({ clusterOfGroup, sizes, totals }: Fold, group: number, sums: Float64Array): number {
	totals.fill(0);
	for (let g = 0; g < sums.length; g += 1) totals[clusterOfGroup[g] as number]! += sums[g] as number;
	const own = clusterOfGroup[group] as number;
	if (sizes[own] === 1) return 0;
	const within = (totals[own] as number) / ((sizes[own] as number) - 1);
	let next = Infinity;
	for (let cluster = 0; cluster < sizes.length; cluster += 1) {
		const size = sizes[cluster] as number;
		if (cluster !== own && size > 0) next = Math.min(next, (totals[cluster] as number) / size);
	}
	const larger = Math.max(within, next);
	return larger === Infinity || larger === 0 ? 0 : (next - within) / larger;
}

/** Writes the sum of the distances from one position to each group. */
function sumDistances({ data, starts }: GroupedRows, position: number, sums: Float64Array): void {
	const point = position * data.columnCount;
	for (let group = 0; group < sums.length; group += 1) {
		const [from, to] = [starts[group] as number, starts[group + 1] as number];
		sums[group] = data.columnCount === 3 ? sum3(data.values, point, from, to) : sumAny(data, point, from, to);
	}
}

/** The default three features, unrolled: twice as fast as the loop. */
function sum3(values: Float64Array, point: number, from: number, to: number): number {
	const [p, q, r] = [values[point] as number, values[point + 1] as number, values[point + 2] as number];
	let sum = 0;
	for (let at = from * 3; at < to * 3; at += 3) {
		const x = (values[at] as number) - p;
		const y = (values[at + 1] as number) - q;
		const z = (values[at + 2] as number) - r;
		sum += Math.sqrt(x * x + y * y + z * z);
	}
	return sum;
}

function sumAny({ values, columnCount }: Matrix, point: number, from: number, to: number): number {
	let sum = 0;
	for (let at = from * columnCount; at < to * columnCount;) {
		let squares = 0;
		for (let c = 0; c < columnCount; c += 1) {
			const difference = (values[at++] as number) - (values[point + c] as number);
			squares += difference * difference;
		}
		sum += Math.sqrt(squares);
	}
	return sum;
}
