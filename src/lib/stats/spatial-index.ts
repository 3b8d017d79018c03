import type { Matrix } from '#lib/core/matrix.ts';

/** So few rows are compared one by one. */
const LEAF_ROWS = 16;
/** Rows that are looked at to guess the median of a part. */
const PIVOT_ROWS = 15;

/**
 * Rows arranged so that near ones stand side by side, as a tree of parts with tight boxes around them. Nodes are numbered
 * in the order of a walk from the top: the first child of node i is i + 1, the second is `after[i + 1]`, and
 * `after[i] === i + 1` for a leaf. So a search is one loop: on to the next number, or past the whole part.
 */
export interface SpatialIndex {
	readonly rowCount: number;
	readonly columnCount: number;
	/** The row at each position. */
	readonly order: Int32Array;
	/** The rows by position, row-major. */
	readonly values: Float64Array;
	/** Per node: its positions, from `starts` to before `ends`. */
	readonly starts: Int32Array;
	readonly ends: Int32Array;
	/** Per node: the first that is not part of it. */
	readonly after: Int32Array;
	/** Per node: what it is a child of; −1 for the top. */
	readonly parents: Int32Array;
	/** Per node: the least value of each column, then the largest of each: 2 d numbers. */
	readonly boxes: Float64Array;
	readonly nodeCount: number;
}

/**
 * Arranges rows for searches by distance: a kd-tree (Bentley 1975) whose parts are cut along their widest side near the
 * middle row, down to 16 rows. Rows that are equal stay together, so a leaf of equal rows may be larger. O(n·d·log n).
 */
export function buildSpatialIndex(data: Matrix): SpatialIndex {
	const { rowCount, columnCount } = data;
	const values = data.values.slice();
	const order = Int32Array.from({ length: rowCount }, (_, row) => row);
	const nodes: Nodes = { starts: [], ends: [], after: [], boxes: [] };
	if (rowCount > 0) grow({ values, order, columnCount }, nodes, 0, rowCount);
	const parents = new Int32Array(nodes.starts.length).fill(-1);
	nodes.after.forEach((after, node) => {
		if (after > node + 1) parents[node + 1] = parents[nodes.after[node + 1] as number] = node;
	});
	return {
		parents,
		...{ rowCount, columnCount, order, values },
		starts: Int32Array.from(nodes.starts),
		ends: Int32Array.from(nodes.ends),
		after: Int32Array.from(nodes.after),
		boxes: Float64Array.from(nodes.boxes),
		nodeCount: nodes.starts.length
	};
}

/**
 * The squared distance of two nodes' boxes; 0 where they meet. Summed like the distance of two rows, in the same order of
 * columns, so rounding never makes it more than the distance of any two rows inside.
 */
export function squaredGap({ boxes, columnCount }: SpatialIndex, node: number, other: number): number {
	const [at, from] = [node * 2 * columnCount, other * 2 * columnCount];
	let sum = 0;
	for (let c = 0; c < columnCount; c += 1) {
		const below = (boxes[from + c] as number) - (boxes[at + columnCount + c] as number);
		const above = (boxes[at + c] as number) - (boxes[from + columnCount + c] as number);
		const gap = below > above ? below : above;
		if (gap > 0) sum += gap * gap;
	}
	return sum;
}

/** The squared distance of a position to a node's box; 0 inside. Rounded as `squaredGap`. */
export function squaredReach(
	{ boxes, values, columnCount }: SpatialIndex,
	position: number,
	node: number
): number {
	const [at, point] = [node * 2 * columnCount, position * columnCount];
	let sum = 0;
	for (let c = 0; c < columnCount; c += 1) {
		const value = values[point + c] as number;
		const below = (boxes[at + c] as number) - value;
		const above = value - (boxes[at + columnCount + c] as number);
		const gap = below > above ? below : above;
		if (gap > 0) sum += gap * gap;
	}
	return sum;
}

/** The squared distance of two positions. */
export function squaredDistance(
	{ values, columnCount }: Pick<SpatialIndex, 'values' | 'columnCount'>,
	i: number,
	j: number
): number {
	let sum = 0;
	for (let c = 0, a = i * columnCount, b = j * columnCount; c < columnCount; c += 1) {
		const difference = (values[a + c] as number) - (values[b + c] as number);
		sum += difference * difference;
	}
	return sum;
}

/** The squared diagonal of a node's box: no two rows inside are farther apart, rounding included. */
export function squaredSpan({ boxes, columnCount }: SpatialIndex, node: number): number {
	const at = node * 2 * columnCount;
	let sum = 0;
	for (let c = 0; c < columnCount; c += 1) {
		const side = (boxes[at + columnCount + c] as number) - (boxes[at + c] as number);
		sum += side * side;
	}
	return sum;
}

/** True for a node without children. */
export function isLeaf({ after }: SpatialIndex, node: number): boolean {
	return after[node] === node + 1;
}

/** The other child of a node's parent. */
export function siblingOf({ parents, after }: SpatialIndex, node: number): number {
	const parent = parents[node] as number;
	return node === parent + 1 ? (after[node] as number) : parent + 1;
}

interface Nodes {
	readonly starts: number[];
	readonly ends: number[];
	readonly after: number[];
	readonly boxes: number[];
}

/** What is rearranged. */
interface Rows {
	readonly values: Float64Array;
	readonly order: Int32Array;
	readonly columnCount: number;
}

function grow(rows: Rows, nodes: Nodes, start: number, end: number): void {
	const node = nodes.starts.length;
	nodes.starts.push(start);
	nodes.ends.push(end);
	nodes.after.push(node + 1);
	const widest = pushBox(rows, nodes.boxes, start, end);
	if (end - start <= LEAF_ROWS || widest.side === 0) return;
	const cut = partition(rows, start, end, widest);
	grow(rows, nodes, start, cut);
	grow(rows, nodes, cut, end);
	nodes.after[node] = nodes.starts.length;
}

/** The widest side of a part. */
interface Side {
	readonly column: number;
	readonly low: number;
	readonly side: number;
}

function pushBox({ values, columnCount }: Rows, boxes: number[], start: number, end: number): Side {
	const at = boxes.length;
	let widest: Side = { column: 0, low: 0, side: 0 };
	for (let c = 0; c < columnCount; c += 1) {
		let [low, high] = [Infinity, -Infinity];
		for (let i = start * columnCount + c; i < end * columnCount; i += columnCount) {
			const value = values[i] as number;
			if (value < low) low = value;
			if (value > high) high = value;
		}
		boxes[at + c] = low;
		boxes[at + columnCount + c] = high;
		if (high - low > widest.side) widest = { column: c, low, side: high - low };
	}
	return widest;
}

/** Brings the rows below the cut before the others, and answers the first position of the others: both have rows. */
function partition(rows: Rows, start: number, end: number, { column, low }: Side): number {
	const { values, columnCount } = rows;
	const pivot = guessMedian(rows, start, end, column);
	// The least value stays below, so that many equal ones do not leave that side empty.
	const isBelow = (value: number): boolean => (pivot > low ? value < pivot : value <= low);
	let [i, j] = [start, end - 1];
	for (;;) {
		while (i <= j && isBelow(values[i * columnCount + column] as number)) i += 1;
		while (i <= j && !isBelow(values[j * columnCount + column] as number)) j -= 1;
		if (i >= j) return i;
		swap(rows, i, j);
	}
}

function guessMedian({ values, columnCount }: Rows, start: number, end: number, column: number): number {
	const step = (end - start) / PIVOT_ROWS;
	const sample = new Float64Array(PIVOT_ROWS);
	for (let i = 0; i < PIVOT_ROWS; i += 1) {
		sample[i] = values[Math.floor(start + (i + 0.5) * step) * columnCount + column] as number;
	}
	return sample.sort()[PIVOT_ROWS >> 1] as number;
}

function swap({ values, order, columnCount }: Rows, i: number, j: number): void {
	const row = order[i] as number;
	order[i] = order[j] as number;
	order[j] = row;
	const [from, to] = [i * columnCount, j * columnCount];
	for (let c = 0; c < columnCount; c += 1) {
		const value = values[from + c] as number;
		values[from + c] = values[to + c] as number;
		values[to + c] = value;
	}
}
