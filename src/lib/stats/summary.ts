import { rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { kernelLeaves, type Tree } from './kmeans-kernel.ts';
import { meanVariance } from './lloyd.ts';

/** A small weighted stand-in for many rows: the mean of each leaf of a kd-tree, and how many rows it stands for. */
export interface Summary {
	readonly means: Matrix;
	/** Without them every row counts as 1. */
	readonly weights?: Float64Array;
	/** `meanVariance` of the same. */
	readonly variance: number;
}

/** Rows of the sample per leaf: enough for a fair median at every split. */
const SAMPLE_PER_LEAF = 8;
/** Below that splits are less even, which costs nothing: leaves are weighted. */
const LARGEST_SAMPLE = 16_384;
/** The coarse summary has 2^9 leaves, or twice as many where there is a fine one. */
const COARSE_DEPTH = 9;
/** Of many rows the fine summary has one leaf for about so many … */
const ROWS_PER_LEAF = 16;
/** … but from 2^12 to 2^14 leaves; up to 2^14 rows stand for themselves. */
const LEAST_FINE_DEPTH = 12;
const FINEST_DEPTH = 14;

/** Two summaries by the same tree: one to search on, and one with more leaves to settle on. */
export interface SummaryLevels {
	readonly coarse: Summary;
	readonly fine: Summary;
}

/**
 * Weighted micro-clusters: a kd-tree of 2^depth leaves, split at medians of the widest column of a sample (every m-th
 * row), then one pass that sends each row to its leaf. k-means on the leaf means is k-means on the rows but for the
 * spread inside leaves, a near-constant part of the inertia (2,048 leaves and few columns: within 0.5 % for k ≤ 10).
 * No randomness. O(n·depth). Empty leaves are left out; at most 255 columns.
 *
 * @param plain true for plain TypeScript also where the kernel can run; the answer is the same
 */
export function summarize(data: Matrix, depth: number, plain = false): Summary {
	return withoutEmpty(leavesOf(data, depth, plain));
}

/** A summary of 2^9 or 2^10 leaves, and a finer one; of up to 2^14 rows that is the rows themselves. */
export function summaryLevels(data: Matrix, plain = false): SummaryLevels {
	const { rowCount } = data;
	if (rowCount <= 1 << FINEST_DEPTH) {
		return { coarse: summarize(data, COARSE_DEPTH, plain), fine: itself(data) };
	}
	const wanted = Math.round(Math.log2(rowCount / ROWS_PER_LEAF));
	const depth = Math.min(FINEST_DEPTH, Math.max(LEAST_FINE_DEPTH, wanted));
	const leaves = leavesOf(data, depth, plain);
	return { fine: withoutEmpty(leaves), coarse: withoutEmpty(merged(leaves, depth - (COARSE_DEPTH + 1))) };
}

/** Rows that stand for themselves. */
export function itself(data: Matrix): Summary {
	return { means: data, variance: meanVariance(data) };
}

interface Leaves {
	/** leaves × columns. */
	readonly sums: Float64Array;
	readonly counts: Float64Array;
	readonly columnCount: number;
}

function leavesOf(data: Matrix, depth: number, plain: boolean): Leaves {
	const tree = growTree(data, depth);
	const leafCount = 1 << depth;
	const sums = new Float64Array(leafCount * data.columnCount);
	const counts = new Float64Array(leafCount);
	if (plain || !kernelLeaves(data, tree, sums, counts)) sendToLeaves(data, tree, sums, counts);
	return { sums, counts, columnCount: data.columnCount };
}

function sendToLeaves(data: Matrix, tree: Tree, sums: Float64Array, counts: Float64Array): void {
	const { values, rowCount, columnCount } = data;
	const { column, split, depth } = tree;
	for (let row = 0, at = 0; row < rowCount; row += 1, at += columnCount) {
		let node = 1;
		for (let level = 0; level < depth; level += 1) {
			const right = (values[at + (column[node] as number)] as number) >= (split[node] as number);
			node = 2 * node + (right ? 1 : 0);
		}
		const leaf = node - counts.length;
		counts[leaf]! += 1;
		for (let c = 0; c < columnCount; c += 1) sums[leaf * columnCount + c]! += values[at + c] as number;
	}
}

/** The leaves that stand so many levels higher in the same tree. */
function merged({ sums, counts, columnCount }: Leaves, levels: number): Leaves {
	const of = new Float64Array(counts.length >> levels);
	const up = new Float64Array(of.length * columnCount);
	counts.forEach((count, leaf) => {
		const to = leaf >> levels;
		of[to]! += count;
		for (let c = 0; c < columnCount; c += 1)
			up[to * columnCount + c]! += sums[leaf * columnCount + c] as number;
	});
	return { sums: up, counts: of, columnCount };
}

function withoutEmpty({ sums, counts, columnCount }: Leaves): Summary {
	const weights = counts.filter((count) => count > 0);
	const means = new Float64Array(weights.length * columnCount);
	let at = 0;
	counts.forEach((count, leaf) => {
		if (count === 0) return;
		for (let c = 0; c < columnCount; c += 1) means[at++] = (sums[leaf * columnCount + c] as number) / count;
	});
	const table = { values: means, rowCount: weights.length, columnCount };
	return { means: table, weights, variance: meanVariance(table, weights) };
}

function growTree(data: Matrix, depth: number): Tree {
	const tree = { column: new Uint8Array(1 << depth), split: new Float64Array(1 << depth), depth };
	const size = Math.min(data.rowCount, SAMPLE_PER_LEAF << depth, LARGEST_SAMPLE);
	const chosen = Int32Array.from({ length: size }, (_, i) => Math.floor((i * data.rowCount) / size));
	// Side by side, so that the many looks at them stay in near memory.
	const sample = size === data.rowCount ? data : rowsOf(data, chosen);
	splitNode(
		sample,
		tree,
		Int32Array.from(chosen, (_, i) => i),
		1
	);
	return tree;
}

function splitNode(data: Matrix, tree: Tree, rows: Int32Array, node: number): void {
	if (node >= tree.column.length) return;
	const column = widestColumn(data, rows);
	const middle = rows.length >> 1;
	selectNth(data, column, rows, middle);
	tree.column[node] = column;
	tree.split[node] =
		rows.length === 0
			? Infinity
			: (data.values[(rows[middle] as number) * data.columnCount + column] as number);
	splitNode(data, tree, rows.subarray(0, middle), 2 * node);
	splitNode(data, tree, rows.subarray(middle), 2 * node + 1);
}

/** The column with the largest variance over the rows. */
function widestColumn({ values, columnCount }: Matrix, rows: Int32Array): number {
	let [widest, most] = [0, -1];
	for (let column = 0; column < columnCount; column += 1) {
		let [sum, squares] = [0, 0];
		const origin = rows.length === 0 ? 0 : (values[(rows[0] as number) * columnCount + column] as number);
		for (let i = 0; i < rows.length; i += 1) {
			const value = (values[(rows[i] as number) * columnCount + column] as number) - origin;
			sum += value;
			squares += value * value;
		}
		const spread = squares - (sum * sum) / Math.max(1, rows.length);
		if (spread > most) [widest, most] = [column, spread];
	}
	return widest;
}

/** Reorders `rows` so that the n-th is in its sorted place by the column, smaller ones before it (Hoare 1961). */
export function selectNth(
	{ values, columnCount }: Matrix,
	column: number,
	rows: Int32Array,
	n: number
): void {
	let [low, high] = [0, rows.length - 1];
	while (low < high) {
		const pivot = values[(rows[(low + high) >> 1] as number) * columnCount + column] as number;
		let [i, j] = [low, high];
		while (i <= j) {
			while ((values[(rows[i] as number) * columnCount + column] as number) < pivot) i += 1;
			while ((values[(rows[j] as number) * columnCount + column] as number) > pivot) j -= 1;
			if (i > j) break;
			const row = rows[i] as number;
			rows[i++] = rows[j] as number;
			rows[j--] = row;
		}
		if (n <= j) high = j;
		else if (n >= i) low = i;
		else return;
	}
}
