import type { Matrix } from '#lib/core/matrix.ts';
import { selectNth } from './summary.ts';

/** So few donors are compared one by one. */
const LEAF_ROWS = 12;
/** Rounding must not cut off a donor that is just as far as the farthest one kept. */
const SLACK = 1 + 1e-12;

/** A part of the donors: a leaf, or split by a column into those below, above, and those that do not know it. */
interface Node {
	readonly start: number;
	readonly end: number;
	/** −1 for a leaf. */
	readonly column: number;
	readonly split: number;
	readonly below: Node | null;
	readonly above: Node | null;
	readonly unknown: Node | null;
}

/** Keeps a donor that may be near, and answers how far (squared) a donor may be to be of use from now on. */
export type Offer = (donor: number, squaredDistance: number, knownBits: number) => number;

/** The bits of the columns that a row knows. */
export function knownBits({ values, columnCount }: Matrix, row: number): number {
	let bits = 0;
	for (let c = 0; c < columnCount; c += 1) {
		if (!Number.isNaN(values[row * columnCount + c] as number)) bits |= 1 << c;
	}
	return bits;
}

/**
 * Rows with missing cells (NaN), arranged so that the nearest of them are found without looking at all: a kd-tree (Bentley
 * 1975) split at medians of the widest column, with a third branch for rows that do not know that column. At most 30
 * columns. Building takes O(n·d·log n).
 */
export class DonorTree {
	readonly #columnCount: number;
	/** The donors in the order of the tree, with their values row-major and the bits of what they know. */
	readonly #donors: Int32Array;
	readonly #values: Float64Array;
	readonly #bits: Int32Array;
	readonly #root: Node;
	/** Of the search that runs: where it looks from, along which columns, and how far the part at hand is along each. */
	readonly #point: Float64Array;
	readonly #columns: Int32Array;
	readonly #offsets: Float64Array;
	#pointBits = 0;
	#known = 0;
	#limit = Infinity;

	constructor(data: Matrix, donors: Int32Array) {
		const { values, columnCount } = data;
		this.#columnCount = columnCount;
		this.#donors = donors.slice();
		this.#root = grow(data, this.#donors, 0, donors.length);
		this.#bits = this.#donors.map((row) => knownBits(data, row));
		this.#values = new Float64Array(donors.length * columnCount);
		this.#donors.forEach((row, i) => {
			const start = row * columnCount;
			this.#values.set(values.subarray(start, start + columnCount), i * columnCount);
		});
		this.#point = new Float64Array(columnCount);
		this.#columns = new Int32Array(columnCount);
		this.#offsets = new Float64Array(columnCount);
	}

	/**
	 * Offers every donor that shares a known column with the point (NaN: unknown) and may be near enough, with its squared
	 * nan-Euclidean distance: d / shared · Σ difference² over the shared columns.
	 */
	search(point: Float64Array, offer: Offer): void {
		this.#pointBits = 0;
		this.#known = 0;
		for (let c = 0; c < this.#columnCount; c += 1) {
			const value = point[c] as number;
			this.#point[c] = value;
			if (Number.isNaN(value)) continue;
			this.#pointBits |= 1 << c;
			this.#columns[this.#known++] = c;
		}
		if (this.#known === 0) return;
		this.#offsets.fill(0);
		this.#limit = Infinity;
		this.#visit(this.#root, 0, offer);
	}

	/** `sum` is the least sum of squared differences that a donor of the node can have. */
	#visit(node: Node, sum: number, offer: Offer): void {
		if (sum > ((this.#limit * this.#known) / this.#columnCount) * SLACK) return;
		const { column, below, above, unknown } = node;
		if (column < 0) {
			this.#compare(node, offer);
			return;
		}
		const difference = (this.#point[column] as number) - node.split;
		const [near, far] = difference < 0 ? [below, above] : [above, below];
		if (near) this.#visit(near, sum, offer);
		if (unknown) this.#visit(unknown, sum, offer);
		if (!far) return;
		if (Number.isNaN(difference)) {
			this.#visit(far, sum, offer);
			return;
		}
		const offset = this.#offsets[column] as number;
		this.#offsets[column] = difference * difference;
		this.#visit(far, sum - offset + difference * difference, offer);
		this.#offsets[column] = offset;
	}

	#compare({ start, end }: Node, offer: Offer): void {
		const [bits, values, point, columns] = [this.#bits, this.#values, this.#point, this.#columns];
		const [known, pointBits, columnCount] = [this.#known, this.#pointBits, this.#columnCount];
		let most = ((this.#limit * known) / columnCount) * SLACK;
		for (let i = start; i < end; i += 1) {
			const shared = (bits[i] as number) & pointBits;
			if (shared === 0) continue;
			const at = i * columnCount;
			let [sum, count] = [0, known];
			if (shared === pointBits) {
				for (let j = 0; j < known; j += 1) {
					const c = columns[j] as number;
					const difference = (point[c] as number) - (values[at + c] as number);
					sum += difference * difference;
				}
			} else {
				count = 0;
				for (let j = 0; j < known; j += 1) {
					const c = columns[j] as number;
					if ((shared & (1 << c)) === 0) continue;
					const difference = (point[c] as number) - (values[at + c] as number);
					sum += difference * difference;
					count += 1;
				}
			}
			if (sum > most) continue;
			this.#limit = offer(this.#donors[i] as number, (sum * columnCount) / count, bits[i] as number);
			most = ((this.#limit * known) / columnCount) * SLACK;
		}
	}
}

function grow(data: Matrix, rows: Int32Array, start: number, end: number): Node {
	const leaf: Node = { start, end, column: -1, split: 0, below: null, above: null, unknown: null };
	if (end - start <= LEAF_ROWS) return leaf;
	const column = widestColumn(data, rows.subarray(start, end));
	if (column < 0) return leaf;
	const known = unknownLast(data, column, rows, start, end);
	const middle = (start + known) >> 1;
	selectNth(data, column, rows.subarray(start, known), middle - start);
	return {
		start,
		end,
		column,
		split: data.values[(rows[middle] as number) * data.columnCount + column] as number,
		below: grow(data, rows, start, middle),
		above: grow(data, rows, middle, known),
		unknown: known < end ? grow(data, rows, known, end) : null
	};
}

/** Puts the rows that do not know the column behind the others; the answer is where they start. */
function unknownLast(
	{ values, columnCount }: Matrix,
	column: number,
	rows: Int32Array,
	start: number,
	end: number
): number {
	let known = start;
	for (let i = start; i < end; i += 1) {
		const row = rows[i] as number;
		if (Number.isNaN(values[row * columnCount + column] as number)) continue;
		rows[i] = rows[known] as number;
		rows[known] = row;
		known += 1;
	}
	return known;
}

/** The column with the largest variance over the rows that know it, for each row that does; −1 when none varies. */
function widestColumn({ values, columnCount }: Matrix, rows: Int32Array): number {
	let [widest, most] = [-1, 0];
	for (let column = 0; column < columnCount; column += 1) {
		let [count, mean, squares] = [0, 0, 0];
		for (let i = 0; i < rows.length; i += 1) {
			const value = values[(rows[i] as number) * columnCount + column] as number;
			if (Number.isNaN(value)) continue;
			count += 1;
			const difference = value - mean;
			mean += difference / count;
			squares += difference * (value - mean);
		}
		// Not over the count: a column that few know splits few off.
		if (squares > most) [widest, most] = [column, squares];
	}
	return widest;
}
