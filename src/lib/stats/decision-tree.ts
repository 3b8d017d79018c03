/** What a tree learns from: columns of finite numbers, and the class of each row, from 0. */
export interface TreeData {
	readonly columns: readonly Float64Array[];
	readonly labels: Uint8Array;
	readonly classCount: number;
}

export interface TreeOptions {
	readonly maxDepth: number;
	/** The split that takes away most impurity comes first, until there are so many leaves. */
	readonly maxLeaves: number;
	/** Rows that a leaf has at least. */
	readonly minLeaf: number;
	/** Splits that take away no more impurity per leaf than this, as a share of all rows, are cut off again. */
	readonly pruning: number;
	/** A number t with `below` ≤ t < `above`, both of which are values of the column; absent: halfway. */
	readonly threshold?: (below: number, above: number) => number;
	/** The share of what a split takes away that may be given up for a threshold to choose; absent: nothing. */
	readonly slack?: number;
}

/** A node of a tree. Children come after their parent, the left one right before the right one. */
export interface TreeNode {
	/** The column that it splits by; −1 for a leaf. */
	readonly column: number;
	/** Rows with a value up to this go left. */
	readonly threshold: number;
	/** Place of the left child; the right one is the next. 0 for a leaf. */
	readonly left: number;
	/** Rows of each class that came here. */
	readonly counts: readonly number[];
	/** Gini's impurity: the chance that two of its rows, drawn with replacement, differ in class. */
	readonly impurity: number;
}

/** A tree, the root first. */
export type DecisionTree = readonly TreeNode[];

/** A node while the tree grows: rows `from` … `to` − 1 of every column's order. */
interface Growing {
	column: number;
	threshold: number;
	left: number;
	readonly counts: number[];
	readonly impurity: number;
	readonly from: number;
	readonly to: number;
	readonly depth: number;
	readonly split: Split | null;
}

interface Split {
	readonly column: number;
	readonly below: number;
	readonly above: number;
	/** Impurity that is taken away, weighed by rows. */
	readonly gain: number;
}

/**
 * A classification tree (CART: Breiman, Friedman, Olshen, Stone 1984): each split is the best of all thresholds of all columns
 * by Gini's impurity, the best of all open splits comes first, and minimal cost-complexity pruning follows. Ties go to the
 * earlier column, then to the lower threshold. O(columns · rows · (log rows + depth)).
 *
 * @throws RangeError when there are no rows, a column has another length, or a value is not finite
 */
export function growDecisionTree(data: TreeData, options: TreeOptions): DecisionTree {
	const rowCount = checkedRowCount(data);
	const orders = data.columns.map(orderOf);
	const spare = new Int32Array(rowCount);
	const goesLeft = new Uint8Array(rowCount);
	const open = (from: number, to: number, depth: number): Growing =>
		openNode({ data, options, orders }, from, to, depth);
	const nodes = [open(0, rowCount, 0)];
	for (let leaves = 1; leaves < options.maxLeaves; leaves += 1) {
		const best = mostWorth(nodes);
		if (best === null) break;
		const { node, split } = best;
		const values = data.columns[split.column] as Float64Array;
		const order = orders[split.column] as Int32Array;
		node.column = split.column;
		node.threshold = (options.threshold ?? halfway)(split.below, split.above);
		for (let i = node.from; i < node.to; i += 1) {
			const row = order[i] as number;
			goesLeft[row] = Number((values[row] as number) <= node.threshold);
		}
		let middle = node.from;
		for (const each of orders) middle = moveLeftFirst(each, goesLeft, spare, node.from, node.to);
		node.left = nodes.length;
		nodes.push(open(node.from, middle, node.depth + 1), open(middle, node.to, node.depth + 1));
	}
	return prune(nodes, options.pruning);
}

function checkedRowCount({ columns, labels }: TreeData): number {
	if (labels.length === 0) throw new RangeError('a tree needs rows');
	columns.forEach((column, c) => {
		if (column.length !== labels.length) {
			throw new RangeError(`column ${c} has ${column.length} values, expected ${labels.length}`);
		}
		if (!column.every(Number.isFinite)) throw new RangeError(`column ${c} has a value that is not finite`);
	});
	return labels.length;
}

function orderOf(column: Float64Array): Int32Array {
	const order = Int32Array.from(column, (_, row) => row);
	return order.sort((a, b) => (column[a] as number) - (column[b] as number) || a - b);
}

function halfway(below: number, above: number): number {
	const middle = below / 2 + above / 2;
	return middle < above ? middle : below;
}

interface Grown {
	readonly data: TreeData;
	readonly options: TreeOptions;
	readonly orders: readonly Int32Array[];
}

function openNode({ data, options, orders }: Grown, from: number, to: number, depth: number): Growing {
	const counts = new Array<number>(data.classCount).fill(0);
	const anyOrder = orders[0];
	for (let i = from; i < to; i += 1) {
		counts[data.labels[anyOrder ? (anyOrder[i] as number) : i] as number]! += 1;
	}
	const size = to - from;
	const squares = counts.reduce((sum, count) => sum + count * count, 0);
	const impurity = 1 - squares / (size * size);
	const isDone = impurity === 0 || depth >= options.maxDepth || size < 2 * options.minLeaf;
	const split = isDone ? null : bestSplit({ data, options, orders }, from, to, counts, squares);
	return { column: -1, threshold: 0, left: 0, counts, impurity, from, to, depth, split };
}

/** The split that leaves least impurity, with the values that its threshold may lie between; null where none takes any away. */
function bestSplit(
	grown: Grown,
	from: number,
	to: number,
	counts: readonly number[],
	squares: number
): Split | null {
	let best: { readonly column: number; readonly at: number; readonly gain: number } | null = null;
	const gains = new Float64Array(to - from);
	for (const column of grown.data.columns.keys()) {
		fillGains(gains, grown, column, from, to, counts, squares);
		let place = -1;
		let most: number = best?.gain ?? LEAST_GAIN;
		for (let at = 0; at < gains.length; at += 1) {
			if ((gains[at] as number) > most) [place, most] = [at, gains[at] as number];
		}
		if (place >= 0) best = { column, at: place, gain: most };
	}
	if (best === null) return null;
	fillGains(gains, grown, best.column, from, to, counts, squares);
	const least = best.gain * (1 - (grown.options.slack ?? 0));
	const isGood = (at: number): boolean => Number.isNaN(gains[at]) || (gains[at] as number) >= least;
	let [first, last] = [best.at, best.at];
	for (let at = best.at - 1; at >= 0 && isGood(at); at -= 1) if (!Number.isNaN(gains[at])) first = at;
	for (let at = best.at + 1; at < gains.length && isGood(at); at += 1)
		if (!Number.isNaN(gains[at])) last = at;
	const [values, order] = [grown.data.columns[best.column], grown.orders[best.column]] as [
		Float64Array,
		Int32Array
	];
	const valueAt = (place: number): number => values[order[from + place] as number] as number;
	return { column: best.column, below: valueAt(first), above: valueAt(last + 1), gain: best.gain };
}

/** Less than this is a rounding error of a sum of squares. */
const LEAST_GAIN = 1e-9;

/** What a split after each row takes away, in the order of a column: NaN between equal values, −1 where a side is too small. */
function fillGains(
	gains: Float64Array,
	{ data, options: { minLeaf }, orders }: Grown,
	column: number,
	from: number,
	to: number,
	counts: readonly number[],
	squares: number
): void {
	const [values, order] = [data.columns[column], orders[column]] as [Float64Array, Int32Array];
	const size = to - from;
	const left = new Float64Array(counts.length);
	const right = Float64Array.from(counts);
	let [leftSquares, rightSquares] = [0, squares];
	gains.fill(-1);
	for (let at = 0; at < size - minLeaf; at += 1) {
		const row = order[from + at] as number;
		const label = data.labels[row] as number;
		leftSquares += 2 * (left[label] as number) + 1;
		rightSquares -= 2 * (right[label] as number) - 1;
		left[label]! += 1;
		right[label]! -= 1;
		if (at + 1 < minLeaf) continue;
		const isTied = values[row] === values[order[from + at + 1] as number];
		gains[at] = isTied ? NaN : leftSquares / (at + 1) + rightSquares / (size - at - 1) - squares / size;
	}
}

/** The leaf whose split takes most away. */
function mostWorth(nodes: readonly Growing[]): { readonly node: Growing; readonly split: Split } | null {
	let best: { node: Growing; split: Split } | null = null;
	for (const node of nodes) {
		if (node.column >= 0 || node.split === null) continue;
		if (best === null || node.split.gain > best.split.gain) best = { node, split: node.split };
	}
	return best;
}

/** Moves the rows that go left before the others, both in their order; the answer is where the others begin. */
function moveLeftFirst(
	order: Int32Array,
	goesLeft: Uint8Array,
	spare: Int32Array,
	from: number,
	to: number
): number {
	let [left, right] = [from, 0];
	for (let i = from; i < to; i += 1) {
		const row = order[i] as number;
		if (goesLeft[row] === 1) order[left++] = row;
		else spare[right++] = row;
	}
	order.set(spare.subarray(0, right), left);
	return left;
}

/** Cuts off the weakest branch as long as it takes no more impurity away per leaf than `pruning`. */
function prune(nodes: readonly Growing[], pruning: number): TreeNode[] {
	const total = (nodes[0] as Growing).to;
	const isCut = new Uint8Array(nodes.length);
	const isLeaf = (at: number): boolean => isCut[at] === 1 || (nodes[at] as Growing).column < 0;
	const riskOf = ({ impurity, from, to }: Growing): number => (impurity * (to - from)) / total;
	const branchOf = (at: number): { readonly risk: number; readonly leaves: number } => {
		const node = nodes[at] as Growing;
		if (isLeaf(at)) return { risk: riskOf(node), leaves: 1 };
		const [left, right] = [branchOf(node.left), branchOf(node.left + 1)];
		return { risk: left.risk + right.risk, leaves: left.leaves + right.leaves };
	};
	for (;;) {
		let [weakest, least] = [-1, Infinity];
		for (const at of standing(nodes, isLeaf)) {
			if (isLeaf(at)) continue;
			const { risk, leaves } = branchOf(at);
			const worth = (riskOf(nodes[at] as Growing) - risk) / (leaves - 1);
			if (worth < least) [weakest, least] = [at, worth];
		}
		if (weakest < 0 || least > pruning) return pack(nodes, isLeaf);
		isCut[weakest] = 1;
	}
}

/** The nodes that are not below a leaf, parents first. */
function standing(nodes: readonly Growing[], isLeaf: (at: number) => boolean): number[] {
	const found = [0];
	for (const at of found) {
		if (isLeaf(at)) continue;
		const { left } = nodes[at] as Growing;
		found.push(left, left + 1);
	}
	return found;
}

function pack(nodes: readonly Growing[], isLeaf: (at: number) => boolean): TreeNode[] {
	const kept = standing(nodes, isLeaf);
	const placeOf = new Map(kept.map((at, place) => [at, place]));
	return kept.map((at) => {
		const { column, threshold, left, counts, impurity } = nodes[at] as Growing;
		return isLeaf(at)
			? { column: -1, threshold: 0, left: 0, counts, impurity }
			: { column, threshold, left: placeOf.get(left) as number, counts, impurity };
	});
}

/** The class of most rows of a node; of equal ones the first. */
export function classOf({ counts }: Pick<TreeNode, 'counts'>): number {
	return counts.indexOf(Math.max(...counts));
}

/** The class that a tree gives each row. O(rows · depth). */
export function predictClasses(tree: DecisionTree, columns: readonly Float64Array[]): Uint8Array {
	const classes = tree.map(classOf);
	return Uint8Array.from({ length: columns[0]?.length ?? 0 }, (_, row) => {
		let at = 0;
		for (let node = tree[0] as TreeNode; node.column >= 0; node = tree[at] as TreeNode) {
			const value = (columns[node.column] as Float64Array)[row] as number;
			at = node.left + Number(value > node.threshold);
		}
		return classes[at] as number;
	});
}
