import { below, deriveSeed, seeded } from '#lib/core/random.ts';
import { placedInterval, placements } from './auc.ts';
import type { Forest, ForestData, Tree } from './histogram-forest.ts';
import { Z_95, type Interval } from './wilson.ts';

export interface PermutationOptions {
	/** AUC for an outcome of 0 and 1, R² for a number. */
	readonly measure: 'auc' | 'r2';
	/** The rows that predictions are judged on, ascending; those that no tree was grown without do not count. */
	readonly rows: Int32Array;
	/** Columns that are shuffled together: those of one feature, or of features that are near-copies. */
	readonly groups: readonly (readonly number[])[];
	/** Shuffles of each group. */
	readonly repeats: number;
	readonly seed: number;
	/** Called after each group with the number of those done; it may pause, or throw to stop. */
	readonly onGroup?: (done: number) => void | Promise<void>;
}

export interface PermutationImportance {
	/** How well trees tell the outcome of rows they were grown without. */
	readonly skill: Interval;
	/** Rows it is of. */
	readonly judged: number;
	/** For each group, how much of that is lost when its values are dealt out anew: the mean over the shuffles. */
	readonly drops: readonly Interval[];
}

/**
 * Permutation importance on out-of-bag rows (Breiman 2001; Fisher, Rudin & Dominici 2019): the values of a group of columns
 * are shuffled among the rows, all columns of the group alike, every row is predicted again by the trees that were grown
 * without it, and the loss of AUC or R² is taken. Columns that are near-copies stand in for each other, so each alone seems
 * to matter little: a group shuffles them together. Intervals are 95 %, over the rows: each row's part in the loss, meaned
 * over the shuffles, is one draw (DeLong 1988 for AUC). Group g depends on the seed and g alone.
 * O(groups · repeats · rows · trees), since only rows whose path asks a column of the group are predicted again.
 */
export async function permutationImportance(
	forest: Forest,
	{ columns, outcome }: ForestData,
	{ measure, rows, groups, repeats, seed, onGroup }: PermutationOptions
): Promise<PermutationImportance> {
	const judged = rows.filter((row) => Number.isFinite(forest.outOfBag[row]));
	const table = packRows(columns, judged);
	const paths = forest.trees.map((tree) => tracePaths(tree, table, judged));
	const truth = Float64Array.from(judged, (row) => outcome[row] as number);
	const parts = measure === 'auc' ? placements : squaredErrors;
	const interval = measure === 'auc' ? placedInterval : explainedInterval;
	const base = parts(predictJudged(paths, table), truth);
	const drops: Interval[] = [];
	for (const [g, group] of groups.entries()) {
		const random = seeded(deriveSeed(seed, g));
		const loss = new Float64Array(judged.length);
		for (let repeat = 0; repeat < repeats; repeat += 1) {
			const source = shuffled(judged.length, random);
			const after = parts(predictJudged(paths, table, { group, source }), truth);
			for (let i = 0; i < loss.length; i += 1) {
				loss[i]! += ((base[i] as number) - (after[i] as number)) / repeats;
			}
		}
		drops.push(measure === 'auc' ? placedInterval(loss, truth) : lossInterval(loss, truth));
		await onGroup?.(g + 1);
	}
	return { skill: clipped(interval(base, truth)), judged: judged.length, drops };
}

/** The bins of some rows, row by row. */
interface PackedRows {
	readonly bins: Uint8Array;
	readonly columnCount: number;
	readonly rowCount: number;
}

/** How a tree predicts the rows it was grown without. */
interface Paths {
	readonly tree: Tree;
	/** Positions among the judged rows. */
	readonly positions: Int32Array;
	readonly values: Float64Array;
	/** For each position, a bit for each column that is asked on the way. */
	readonly asked: Uint32Array;
	readonly words: number;
}

function packRows(columns: readonly Uint8Array[], rows: Int32Array): PackedRows {
	const columnCount = columns.length;
	const bins = new Uint8Array(rows.length * columnCount);
	columns.forEach((column, c) => {
		for (let i = 0; i < rows.length; i += 1) bins[i * columnCount + c] = column[rows[i] as number] as number;
	});
	return { bins, columnCount, rowCount: rows.length };
}

function tracePaths(tree: Tree, { bins, columnCount }: PackedRows, judged: Int32Array): Paths {
	const positions = sharedPositions(judged, tree.outOfBag);
	const words = Math.ceil(columnCount / 32);
	const asked = new Uint32Array(positions.length * words);
	const values = Float64Array.from(positions, (position, i) => {
		let node = 0;
		for (let c = tree.column[0] as number; c >= 0; c = tree.column[node] as number) {
			asked[i * words + (c >> 5)]! |= 1 << (c & 31);
			const isLeft = (bins[position * columnCount + c] as number) <= (tree.bin[node] as number);
			node = (tree.left[node] as number) + (isLeft ? 0 : 1);
		}
		return tree.value[node] as number;
	});
	return { tree, positions, values, asked, words };
}

/** The places in the first of two ascending lists whose number the second has too. */
function sharedPositions(first: Int32Array, second: Int32Array): Int32Array {
	const found: number[] = [];
	let at = 0;
	for (let i = 0; i < first.length; i += 1) {
		while (at < second.length && (second[at] as number) < (first[i] as number)) at += 1;
		if (second[at] === first[i]) found.push(i);
	}
	return Int32Array.from(found);
}

/** Columns that take their value from another row. */
interface Shuffle {
	readonly group: readonly number[];
	readonly source: Int32Array;
}

/** The mean over the trees that were grown without a row, for each judged row. */
function predictJudged(paths: readonly Paths[], table: PackedRows, shuffle?: Shuffle): Float64Array {
	const sums = new Float64Array(table.rowCount);
	const counts = new Float64Array(table.rowCount);
	const isShuffled = new Uint8Array(table.columnCount);
	for (const column of shuffle?.group ?? []) isShuffled[column] = 1;
	const mask = new Uint32Array(Math.ceil(table.columnCount / 32));
	for (const column of shuffle?.group ?? []) mask[column >> 5]! |= 1 << (column & 31);
	for (const { tree, positions, values, asked, words } of paths) {
		for (let i = 0; i < positions.length; i += 1) {
			const position = positions[i] as number;
			let isTouched = false;
			for (let w = 0; w < words; w += 1) {
				isTouched ||= ((asked[i * words + w] as number) & (mask[w] as number)) !== 0;
			}
			const other = isTouched ? (shuffle?.source[position] as number) : position;
			const value = isTouched
				? predictMixed(tree, table, position, other, isShuffled)
				: (values[i] as number);
			sums[position]! += value;
			counts[position]! += 1;
		}
	}
	for (let i = 0; i < sums.length; i += 1) sums[i]! /= counts[i] as number;
	return sums;
}

/** A row's prediction with the values of another row in the shuffled columns. */
function predictMixed(
	{ column, bin, left, value }: Tree,
	{ bins, columnCount }: PackedRows,
	own: number,
	other: number,
	isShuffled: Uint8Array
): number {
	let node = 0;
	for (let c = column[0] as number; c >= 0; c = column[node] as number) {
		const row = isShuffled[c] === 1 ? other : own;
		const isLeft = (bins[row * columnCount + c] as number) <= (bin[node] as number);
		node = (left[node] as number) + (isLeft ? 0 : 1);
	}
	return value[node] as number;
}

/** All whole numbers below a bound in random order (Fisher–Yates). */
function shuffled(bound: number, random: () => number): Int32Array {
	const order = Int32Array.from({ length: bound }, (_, i) => i);
	for (let i = bound - 1; i > 0; i -= 1) {
		const j = below(random, i + 1);
		const picked = order[j] as number;
		order[j] = order[i] as number;
		order[i] = picked;
	}
	return order;
}

/** The squared error of each row, negative: what it adds to the fit. */
function squaredErrors(predicted: Float64Array, truth: Float64Array): Float64Array {
	return predicted.map((value, i) => -((value - (truth[i] as number)) ** 2));
}

/**
 * R² = 1 − Σ(y − p)² / Σ(y − ȳ)², with its 95 % interval by the influence of each row on that ratio (delta method):
 * ((y − ȳ)²·(1 − R²) − (y − p)²) / mean (y − ȳ)².
 */
function explainedInterval(negativeErrors: Float64Array, truth: Float64Array): Interval {
	const spread = spreads(truth);
	const total = meanOf(spread);
	const value = 1 + meanOf(negativeErrors) / total;
	const influence = negativeErrors.map((error, i) => ((spread[i] as number) * (1 - value) + error) / total);
	const half = Z_95 * standardError(influence);
	return { value, low: value - half, high: value + half };
}

/** What is lost of R² when each row loses so much, the spread of the outcome being given. */
function lossInterval(loss: Float64Array, truth: Float64Array): Interval {
	const total = meanOf(spreads(truth));
	const value = meanOf(loss) / total;
	const half = (Z_95 * standardError(loss)) / total;
	return { value, low: value - half, high: value + half };
}

function spreads(truth: Float64Array): Float64Array {
	const mean = meanOf(truth);
	return truth.map((value) => (value - mean) ** 2);
}

function meanOf(values: Float64Array): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: Float64Array): number {
	const mean = meanOf(values);
	const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** Neither AUC nor R² exceeds 1. */
function clipped({ value, low, high }: Interval): Interval {
	return { value, low, high: Math.min(1, high) };
}
