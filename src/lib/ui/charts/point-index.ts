/** Points sorted into square cells of the plot, so that the nearest one is found without looking at all. */
export interface PointIndex {
	readonly x: Float32Array;
	readonly y: Float32Array;
	readonly columnCount: number;
	readonly rowCount: number;
	/** `starts[cell]` … `starts[cell + 1]`: the cell's part of `rows`. */
	readonly starts: Uint32Array;
	readonly rows: Uint32Array;
}

const CELL = 16;

/**
 * Indexes points given in pixels by counting sort: two passes, no allocation per point. Points outside are
 * left out.
 */
export function indexPoints(x: Float32Array, y: Float32Array, width: number, height: number): PointIndex {
	const columnCount = Math.max(1, Math.ceil(width / CELL));
	const rowCount = Math.max(1, Math.ceil(height / CELL));
	const cells = new Int32Array(x.length);
	const starts = new Uint32Array(columnCount * rowCount + 1);
	for (let row = 0; row < x.length; row += 1) {
		const cell = cellOf(x[row] as number, y[row] as number, columnCount, rowCount);
		cells[row] = cell;
		if (cell >= 0) starts[cell + 1] = (starts[cell + 1] as number) + 1;
	}
	for (let cell = 1; cell < starts.length; cell += 1) {
		starts[cell] = (starts[cell] as number) + (starts[cell - 1] as number);
	}
	return { x, y, columnCount, rowCount, starts, rows: sortedRows(cells, starts) };
}

/**
 * The row of the point nearest to a place, at most `within` pixels away; −1 when there is none. Ties: the
 * first row.
 */
export function nearestPoint(index: PointIndex, x: number, y: number, within: number): number {
	const { columnCount, rowCount } = index;
	const left = clampCell(x - within, columnCount);
	const right = clampCell(x + within, columnCount);
	const bottom = clampCell(y + within, rowCount);
	let best = -1;
	let bestSquared = within * within;
	for (let cellRow = clampCell(y - within, rowCount); cellRow <= bottom; cellRow += 1) {
		const from = index.starts[cellRow * columnCount + left] as number;
		const to = index.starts[cellRow * columnCount + right + 1] as number;
		for (let i = from; i < to; i += 1) {
			const row = index.rows[i] as number;
			const squared = ((index.x[row] as number) - x) ** 2 + ((index.y[row] as number) - y) ** 2;
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

function cellOf(x: number, y: number, columnCount: number, rowCount: number): number {
	const column = Math.floor(x / CELL);
	const row = Math.floor(y / CELL);
	const inside = column >= 0 && column < columnCount && row >= 0 && row < rowCount;
	return inside ? row * columnCount + column : -1;
}

function clampCell(pixels: number, count: number): number {
	return Math.min(Math.max(Math.floor(pixels / CELL), 0), count - 1);
}
