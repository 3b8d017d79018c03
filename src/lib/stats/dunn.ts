import type { Matrix } from '#lib/core/matrix.ts';
import type { Labeling } from './labeling.ts';

/** Rows between two reports of progress. */
const ROWS_PER_REPORT = 512;

/**
 * How far the nearest two clusters are apart, measured in the width of the widest cluster; more is better (Dunn 1974):
 *
 *   least distance of two rows of different clusters / greatest distance of two rows of one cluster
 *
 * NaN for a labeling of one cluster, and for one whose clusters have no width. Several labelings of the same rows share
 * the distances: rows are grouped by what all labelings say of them, extremes are found per pair of groups and folded for
 * each labeling. O(n²·d) time for all labelings together.
 *
 * @param onProgress told how much is done, 0 to 1, now and then
 */
export function dunnIndices(
	data: Matrix,
	labelings: readonly Labeling[],
	onProgress?: (share: number) => void
): number[] {
	const groups = groupRows(data, labelings);
	const extremes = extremesOf(groups, onProgress);
	return labelings.map((labeling) => fold(groups, extremes, labeling));
}

/** Rows that every labeling treats alike, side by side: group g holds positions `starts[g]` to `starts[g + 1]`. */
interface Groups {
	readonly data: Matrix;
	readonly starts: Int32Array;
	/** A row of each group. */
	readonly examples: Int32Array;
}

function groupRows({ values, rowCount, columnCount }: Matrix, labelings: readonly Labeling[]): Groups {
	const numbers = new Map<string, number>();
	const groupOf = new Int32Array(rowCount);
	const examples: number[] = [];
	for (let row = 0; row < rowCount; row += 1) {
		const key = labelings.map(({ labels }) => labels[row]).join();
		const group = numbers.get(key) ?? examples.push(row) - 1;
		numbers.set(key, group);
		groupOf[row] = group;
	}
	const starts = new Int32Array(examples.length + 1);
	for (const group of groupOf) starts[group + 1]! += 1;
	for (let group = 0; group < examples.length; group += 1) starts[group + 1]! += starts[group] as number;
	const next = starts.slice();
	const moved = new Float64Array(values.length);
	groupOf.forEach((group, row) => {
		const from = row * columnCount;
		moved.set(values.subarray(from, from + columnCount), next[group]!++ * columnCount);
	});
	return {
		data: { values: moved, rowCount, columnCount },
		starts,
		examples: Int32Array.from(examples)
	};
}

/** Least and greatest squared distances between the rows of each pair of groups: `[a * count + b]`, a ≤ b. */
interface Extremes {
	readonly least: Float64Array;
	readonly most: Float64Array;
}

function extremesOf({ data, starts }: Groups, onProgress?: (share: number) => void): Extremes {
	const count = starts.length - 1;
	const extremes = {
		least: new Float64Array(count * count).fill(Infinity),
		most: new Float64Array(count * count)
	};
	let row = 0;
	for (let a = 0; a < count; a += 1) {
		for (; row < (starts[a + 1] as number); row += 1) {
			if (row % ROWS_PER_REPORT === 0) onProgress?.(1 - (1 - row / data.rowCount) ** 2);
			for (let b = a; b < count; b += 1) {
				const from = b === a ? row + 1 : (starts[b] as number);
				compareRow(data, row, from, starts[b + 1] as number, extremes, a * count + b);
			}
		}
	}
	return extremes;
}

/** Widens the extremes at `pair` by the distances from one row to a range of rows. */
function compareRow(
	{ values, columnCount }: Matrix,
	row: number,
	from: number,
	to: number,
	{ least, most }: Extremes,
	pair: number
): void {
	let [nearest, farthest] = [least[pair] as number, most[pair] as number];
	for (let other = from, at = from * columnCount; other < to; other += 1) {
		let squares = 0;
		for (let c = 0; c < columnCount; c += 1) {
			const difference = (values[at++] as number) - (values[row * columnCount + c] as number);
			squares += difference * difference;
		}
		if (squares < nearest) nearest = squares;
		if (squares > farthest) farthest = squares;
	}
	least[pair] = nearest;
	most[pair] = farthest;
}

function fold({ examples }: Groups, { least, most }: Extremes, { labels }: Labeling): number {
	const count = examples.length;
	let [between, within] = [Infinity, 0];
	for (let a = 0; a < count; a += 1) {
		for (let b = a; b < count; b += 1) {
			const isOne = labels[examples[a] as number] === labels[examples[b] as number];
			if (isOne) within = Math.max(within, most[a * count + b] as number);
			else between = Math.min(between, least[a * count + b] as number);
		}
	}
	return between === Infinity || within === 0 ? NaN : Math.sqrt(between / within);
}
