import { below, deriveSeed, seeded, type Random } from '#lib/core/random.ts';

/** What a forest learns from: columns of bins (`quantile-bins.ts`), and an outcome per row: a number, or 0 and 1. */
export interface ForestData {
	readonly columns: readonly Uint8Array[];
	readonly outcome: Float64Array;
}

export interface ForestOptions {
	readonly treeCount: number;
	/** Columns that are looked at for each split. */
	readonly columnsPerSplit: number;
	/** Rows, as drawn, that a leaf has at least. */
	readonly minLeaf: number;
	readonly maxDepth: number;
	readonly seed: number;
	/** Called after each tree with the number of those done; it may pause, or throw to stop. */
	readonly onTree?: (done: number) => void | Promise<void>;
}

/** A tree as arrays, one place per node, the root first. Rows with a bin up to `bin` go to `left`, the others one further. */
export interface Tree {
	/** The column of the split; −1 for a leaf. */
	readonly column: Int16Array;
	readonly bin: Uint8Array;
	readonly left: Int32Array;
	/** Mean outcome of the rows that came here. */
	readonly value: Float64Array;
	/** The rows that were not drawn for it, ascending. */
	readonly outOfBag: Int32Array;
}

export interface Forest {
	readonly trees: readonly Tree[];
	/** For each row, the mean of the trees that were grown without it; NaN where there is none. */
	readonly outOfBag: Float64Array;
}

/**
 * A random forest (Breiman 2001) on binned columns: each tree is grown on rows drawn with replacement, and each split is the
 * best of some columns drawn anew, by histograms of their bins. Splits take away most of the variance of the outcome; for 0
 * and 1 that is half of Gini's impurity, so the same rule grows trees for classes, whose values are probabilities. Tree t
 * depends on the data, the seed and t alone. O(trees · columns per split · rows · depth).
 *
 * @throws RangeError when there are no rows or columns
 */
export async function growForest(data: ForestData, options: ForestOptions): Promise<Forest> {
	const { columns, outcome } = data;
	if (columns.length === 0 || outcome.length === 0) {
		throw new RangeError(`${outcome.length} rows of ${columns.length} columns, expected some`);
	}
	const trees: Tree[] = [];
	const sums = new Float64Array(outcome.length);
	const counts = new Float64Array(outcome.length);
	for (let t = 0; t < options.treeCount; t += 1) {
		const tree = growTree(data, options, deriveSeed(options.seed, t));
		for (const row of tree.outOfBag) {
			sums[row]! += predictRow(tree, columns, row);
			counts[row]! += 1;
		}
		trees.push(tree);
		await options.onTree?.(t + 1);
	}
	return { trees, outOfBag: sums.map((sum, row) => sum / (counts[row] as number)) };
}

/** The mean of all trees, for each row of binned columns. O(rows · trees · depth). */
export function predictForest({ trees }: Forest, columns: readonly Uint8Array[]): Float64Array {
	const rowCount = columns[0]?.length ?? 0;
	return Float64Array.from({ length: rowCount }, (_, row) => {
		let sum = 0;
		for (const tree of trees) sum += predictRow(tree, columns, row);
		return sum / trees.length;
	});
}

function predictRow({ column, bin, left, value }: Tree, columns: readonly Uint8Array[], row: number): number {
	let node = 0;
	for (let c = column[0] as number; c >= 0; c = column[node] as number) {
		const isLeft = ((columns[c] as Uint8Array)[row] as number) <= (bin[node] as number);
		node = (left[node] as number) + (isLeft ? 0 : 1);
	}
	return value[node] as number;
}

/** The rows of a tree that is being grown; those of a node are next to each other in all three arrays. */
interface Drawn {
	readonly rows: Int32Array;
	/** How often each was drawn, and that times its outcome. */
	readonly weights: Float64Array;
	readonly sums: Float64Array;
}

/** A node that waits to be split: rows `from` … `to` − 1. */
interface OpenNode {
	readonly node: number;
	readonly from: number;
	readonly to: number;
	readonly depth: number;
}

/** The best split that was found so far; column −1 while there is none. */
interface Split {
	column: number;
	bin: number;
	/** Σ (sum of outcomes)² / weight of both sides: the larger, the less variance is left. */
	score: number;
}

function growTree({ columns, outcome }: ForestData, options: ForestOptions, seed: number): Tree {
	const random = seeded(seed);
	const { drawn, outOfBag } = drawRows(outcome, random);
	const spare = emptyDrawn(drawn.rows.length);
	const order = Int16Array.from(columns, (_, c) => c);
	const histogram = new Float64Array(512);
	const nodes = { column: [-1], bin: [0], left: [0], value: [0] };
	const open: OpenNode[] = [{ node: 0, from: 0, to: drawn.rows.length, depth: 0 }];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const { node, from, to, depth } = next;
		const [weight, sum, isPure] = totals(drawn, from, to);
		nodes.value[node] = sum / weight;
		if (isPure || depth >= options.maxDepth || weight < 2 * options.minLeaf) continue;
		const split: Split = { column: -1, bin: 0, score: (sum * sum) / weight + 1e-12 * Math.abs(sum) };
		for (let c = 0; c < columns.length; c += 1) {
			if (c >= options.columnsPerSplit && split.column >= 0) break;
			const column = drawColumn(order, c, random);
			fillHistogram(histogram, columns[column] as Uint8Array, drawn, from, to);
			findCut(histogram, column, weight, sum, options.minLeaf, split);
		}
		if (split.column < 0) continue;
		const middle = part(drawn, spare, columns[split.column] as Uint8Array, split.bin, from, to);
		const left = nodes.column.length;
		nodes.column[node] = split.column;
		nodes.bin[node] = split.bin;
		nodes.left[node] = left;
		for (const list of [nodes.bin, nodes.left, nodes.value]) list.push(0, 0);
		nodes.column.push(-1, -1);
		open.push({ node: left + 1, from: middle, to, depth: depth + 1 });
		open.push({ node: left, from, to: middle, depth: depth + 1 });
	}
	return {
		column: Int16Array.from(nodes.column),
		bin: Uint8Array.from(nodes.bin),
		left: Int32Array.from(nodes.left),
		value: Float64Array.from(nodes.value),
		outOfBag
	};
}

/** As many rows as there are, drawn with replacement. */
function drawRows(outcome: Float64Array, random: Random): { drawn: Drawn; outOfBag: Int32Array } {
	const times = new Uint16Array(outcome.length);
	for (let i = 0; i < outcome.length; i += 1) times[below(random, outcome.length)]! += 1;
	const drawnCount = times.reduce((count, each) => count + Math.min(each, 1), 0);
	const drawn = emptyDrawn(drawnCount);
	const outOfBag = new Int32Array(outcome.length - drawnCount);
	let [inside, outside] = [0, 0];
	for (let row = 0; row < outcome.length; row += 1) {
		const weight = times[row] as number;
		if (weight === 0) {
			outOfBag[outside++] = row;
			continue;
		}
		drawn.rows[inside] = row;
		drawn.weights[inside] = weight;
		drawn.sums[inside++] = weight * (outcome[row] as number);
	}
	return { drawn, outOfBag };
}

function emptyDrawn(length: number): Drawn {
	return {
		rows: new Int32Array(length),
		weights: new Float64Array(length),
		sums: new Float64Array(length)
	};
}

/** Weight and sum of the rows of a node, and whether their outcomes are all alike. */
function totals({ weights, sums }: Drawn, from: number, to: number): [number, number, boolean] {
	let [weight, sum] = [0, 0];
	const first = (sums[from] as number) / (weights[from] as number);
	let isPure = true;
	for (let i = from; i < to; i += 1) {
		weight += weights[i] as number;
		sum += sums[i] as number;
		isPure &&= sums[i] === first * (weights[i] as number);
	}
	return [weight, sum, isPure];
}

/** The next column of a shuffle of all of them. */
function drawColumn(order: Int16Array, at: number, random: Random): number {
	const other = at + below(random, order.length - at);
	const column = order[other] as number;
	order[other] = order[at] as number;
	order[at] = column;
	return column;
}

/** Weight and sum of each bin, next to each other. */
function fillHistogram(
	histogram: Float64Array,
	bins: Uint8Array,
	{ rows, weights, sums }: Drawn,
	from: number,
	to: number
): void {
	histogram.fill(0);
	for (let i = from; i < to; i += 1) {
		const at = 2 * (bins[rows[i] as number] as number);
		histogram[at]! += weights[i] as number;
		histogram[at + 1]! += sums[i] as number;
	}
}

/** Takes the best cut of a column when it is better than the split so far. */
function findCut(
	histogram: Float64Array,
	column: number,
	weight: number,
	sum: number,
	minLeaf: number,
	split: Split
): void {
	let [leftWeight, leftSum] = [0, 0];
	for (let bin = 0; bin < 255; bin += 1) {
		const added = histogram[2 * bin] as number;
		if (added === 0) continue;
		leftWeight += added;
		leftSum += histogram[2 * bin + 1] as number;
		const rightWeight = weight - leftWeight;
		if (leftWeight < minLeaf) continue;
		if (rightWeight < minLeaf || rightWeight === 0) return;
		const score = (leftSum * leftSum) / leftWeight + (sum - leftSum) ** 2 / rightWeight;
		if (score <= split.score) continue;
		split.column = column;
		split.bin = bin;
		split.score = score;
	}
}

/** Moves the rows with a bin up to `bin` before the others, both in their order; the answer is where the others begin. */
function part(drawn: Drawn, spare: Drawn, bins: Uint8Array, bin: number, from: number, to: number): number {
	const { rows, weights, sums } = drawn;
	let [left, right] = [from, 0];
	for (let i = from; i < to; i += 1) {
		const row = rows[i] as number;
		const isLeft = (bins[row] as number) <= bin;
		const target = isLeft ? drawn : spare;
		const at = isLeft ? left++ : right++;
		target.rows[at] = row;
		target.weights[at] = weights[i] as number;
		target.sums[at] = sums[i] as number;
	}
	rows.set(spare.rows.subarray(0, right), left);
	weights.set(spare.weights.subarray(0, right), left);
	sums.set(spare.sums.subarray(0, right), left);
	return left;
}
