/** Points sorted into the cells of a grid over the plot, so that the nearest one is found without looking at all. */
export interface PointIndex {
	readonly x: Float32Array;
	readonly y: Float32Array;
	/** `starts[cell]` … `starts[cell + 1]`: the cell's part of `rows`. */
	readonly starts: Uint32Array;
	readonly rows: Uint32Array;
}

/** Cells along each side. */
const SIDE = 96;

/**
 * Indexes points given in shares of the plot, 0 to 1, by counting sort: two passes, no allocation per point. Points outside
 * are left out.
 */
export function indexPoints(x: Float32Array, y: Float32Array): PointIndex {
	const cells = new Int32Array(x.length);
	const starts = new Uint32Array(SIDE * SIDE + 1);
	for (let row = 0; row < x.length; row += 1) {
		const cell = cellOf(x[row] as number, y[row] as number);
		cells[row] = cell;
		if (cell >= 0) starts[cell + 1] = (starts[cell + 1] as number) + 1;
	}
	for (let cell = 1; cell < starts.length; cell += 1) {
		starts[cell] = (starts[cell] as number) + (starts[cell - 1] as number);
	}
	return { x, y, starts, rows: sortedRows(cells, starts) };
}

/** A number along each axis. */
interface Pair {
	readonly x: number;
	readonly y: number;
}

/**
 * The row of the point nearest to a place on the screen; −1 when none is near enough. Ties: the first row.
 *
 * @param at in shares of the plot
 * @param pixels of the whole plot, along each axis, as it is shown
 * @param within pixels
 */
export function nearestPoint(index: PointIndex, at: Pair, pixels: Pair, within: number): number {
	const [reachX, reachY] = [within / pixels.x, within / pixels.y];
	const [left, right] = [clampCell(at.x - reachX), clampCell(at.x + reachX)];
	const last = clampCell(at.y + reachY);
	let best = -1;
	let bestSquared = within * within;
	for (let line = clampCell(at.y - reachY); line <= last; line += 1) {
		const from = index.starts[line * SIDE + left] as number;
		const to = index.starts[line * SIDE + right + 1] as number;
		for (let i = from; i < to; i += 1) {
			const row = index.rows[i] as number;
			const squared =
				(((index.x[row] as number) - at.x) * pixels.x) ** 2 +
				(((index.y[row] as number) - at.y) * pixels.y) ** 2;
			if (squared < bestSquared || (squared === bestSquared && (best < 0 || row < best))) {
				best = row;
				bestSquared = squared;
			}
		}
	}
	return best;
}

function sortedRows(cells: Int32Array, starts: Uint32Array): Uint32Array {
	const rows = new Uint32Array(starts[starts.length - 1] as number);
	const next = starts.slice();
	for (let row = 0; row < cells.length; row += 1) {
		const cell = cells[row] as number;
		if (cell < 0) continue;
		const at = next[cell] as number;
		rows[at] = row;
		next[cell] = at + 1;
	}
	return rows;
}

function cellOf(x: number, y: number): number {
	const column = Math.floor(x * SIDE);
	const line = Math.floor(y * SIDE);
	const inside = column >= 0 && column < SIDE && line >= 0 && line < SIDE;
	return inside ? line * SIDE + column : -1;
}

function clampCell(share: number): number {
	return Math.min(Math.max(Math.floor(share * SIDE), 0), SIDE - 1);
}
