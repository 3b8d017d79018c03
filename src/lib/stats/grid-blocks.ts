import type { Matrix } from '#lib/core/matrix.ts';
import type { NearBlocks, NeighbourBlocks } from './neighbour-blocks.ts';

/** Cells on each side that may hold neighbours: a cell is less than two of its sides from the third. */
const REACH = 2;
/** Keys of cells are exact up to here. */
const MOST_CELLS = 2 ** 52;
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
/** Keeps the diagonal of a cell below eps whatever the rounding; what it could cost the reach is far less than a cell. */
const SHRINK = 1 - 1e-9;

/**
 * Rows of up to three columns in the cells of a grid whose diagonal is eps, so that all rows of a cell are neighbours
 * (Gunawan 2013). Cells are sorted by column, so those near a cell are few runs of consecutive cells: 25 for three
 * columns. O(n). Null where the grid would have too many cells to number, or the rows more than three columns.
 */
export function gridBlocks(data: Matrix, eps: number): NeighbourBlocks | null {
	const { rowCount, columnCount } = data;
	if (columnCount < 1 || columnCount > 3 || rowCount === 0) return null;
	const grid = layOut(data, (eps / Math.sqrt(columnCount)) * SHRINK);
	if (!(grid.cellCount < MOST_CELLS)) return null;
	const { keys, order } = sortedKeys(data, grid);
	const firsts: number[] = [];
	for (let i = 0; i < rowCount; i += 1) if (i === 0 || keys[i] !== keys[i - 1]) firsts.push(i);
	const cellKeys = Float64Array.from(firsts, (first) => keys[first] as number);
	return {
		columnCount,
		order,
		values: inOrder(data, order),
		starts: Int32Array.from([...firsts, rowCount]),
		isTight: new Uint8Array(firsts.length).fill(1),
		walk: () => walk(cellKeys, runOffsets(grid))
	};
}

interface Grid {
	readonly side: number;
	readonly lows: readonly number[];
	/** What one cell further along each column adds to a key; 1 for the last. */
	readonly strides: readonly number[];
	readonly cellCount: number;
}

function layOut({ values, rowCount, columnCount }: Matrix, side: number): Grid {
	const lows = new Array<number>(columnCount).fill(Infinity);
	const highs = new Array<number>(columnCount).fill(-Infinity);
	for (let at = 0; at < rowCount * columnCount;) {
		for (let c = 0; c < columnCount; c += 1, at += 1) {
			const value = values[at] as number;
			if (value < (lows[c] as number)) lows[c] = value;
			if (value > (highs[c] as number)) highs[c] = value;
		}
	}
	// Empty cells around the grid, so that no run goes over the edge into the next line.
	const counts = lows.map((low, c) => Math.floor(((highs[c] as number) - low) / side) + 1 + 2 * REACH);
	const strides = counts.map((_, c) => counts.slice(c + 1).reduce((product, count) => product * count, 1));
	return { side, lows, strides, cellCount: counts.reduce((product, count) => product * count, 1) };
}

/** The keys of all rows' cells, rising, and the rows in that order: a radix sort. */
function sortedKeys(data: Matrix, grid: Grid): { keys: Float64Array; order: Int32Array } {
	const { rowCount } = data;
	let keys = keysOf(data, grid);
	let order = Int32Array.from({ length: rowCount }, (_, row) => row);
	let [otherKeys, otherOrder] = [new Float64Array(rowCount), new Int32Array(rowCount)];
	const next = new Int32Array(DIGITS + 1);
	for (let unit = 1; unit < grid.cellCount; unit *= DIGITS) {
		const digitOf = (key: number): number => Math.floor(key / unit) % DIGITS;
		next.fill(0);
		for (let i = 0; i < rowCount; i += 1) next[digitOf(keys[i] as number) + 1]! += 1;
		for (let digit = 0; digit < DIGITS; digit += 1) next[digit + 1]! += next[digit] as number;
		for (let i = 0; i < rowCount; i += 1) {
			const key = keys[i] as number;
			const place = next[digitOf(key)]!++;
			otherKeys[place] = key;
			otherOrder[place] = order[i] as number;
		}
		[keys, otherKeys] = [otherKeys, keys];
		[order, otherOrder] = [otherOrder, order];
	}
	return { keys, order };
}

function keysOf(
	{ values, rowCount, columnCount }: Matrix,
	{ side, lows, strides }: Grid
): Float64Array<ArrayBuffer> {
	const keys = new Float64Array(rowCount);
	for (let c = 0; c < columnCount; c += 1) {
		const [low, stride] = [lows[c] as number, strides[c] as number];
		for (let row = 0, at = c; row < rowCount; row += 1, at += columnCount) {
			keys[row]! += (Math.floor(((values[at] as number) - low) / side) + REACH) * stride;
		}
	}
	return keys;
}

function inOrder({ values, columnCount }: Matrix, order: Int32Array): Float64Array {
	const moved = new Float64Array(values.length);
	for (let i = 0, at = 0; i < order.length; i += 1) {
		const from = (order[i] as number) * columnCount;
		for (let c = 0; c < columnCount; c += 1) moved[at++] = values[from + c] as number;
	}
	return moved;
}

/** What the keys of the middles of the runs near a cell are more than its own, the nearest first. */
function runOffsets({ strides }: Grid): Float64Array {
	const lines = strides.slice(0, -1);
	let offsets: { key: number; squares: number }[] = [{ key: 0, squares: 0 }];
	for (const stride of lines) {
		offsets = offsets.flatMap(({ key, squares }) =>
			Array.from({ length: 2 * REACH + 1 }, (_, i) => {
				const cells = i - REACH;
				return { key: key + cells * stride, squares: squares + cells * cells };
			})
		);
	}
	offsets.sort((a, b) => a.squares - b.squares || a.key - b.key);
	return Float64Array.from(offsets, ({ key }) => key);
}

function walk(cellKeys: Float64Array, offsets: Float64Array): NearBlocks {
	const cellCount = cellKeys.length;
	// Per run where it began and ended at the cell before: both only move on.
	const from = new Int32Array(offsets.length);
	const to = new Int32Array(offsets.length);
	return (block, out) => {
		const key = cellKeys[block] as number;
		let written = 0;
		for (let run = 0; run < offsets.length; run += 1) {
			const middle = key + (offsets[run] as number);
			let first = from[run] as number;
			while (first < cellCount && (cellKeys[first] as number) < middle - REACH) first += 1;
			let last = Math.max(to[run] as number, first);
			while (last < cellCount && (cellKeys[last] as number) <= middle + REACH) last += 1;
			from[run] = first;
			to[run] = last;
			if (first === last) continue;
			out[written++] = first;
			out[written++] = last;
		}
		return written;
	};
}
