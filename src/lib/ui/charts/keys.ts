/** A place in a grid of marks, from 0. */
export interface GridPlace {
	readonly row: number;
	readonly column: number;
}

/** The mark a key leads to in a line of marks; null when the key does not move. Stops at both ends. */
export function stepInLine(key: string, mark: number, count: number, page = 10): number | null {
	const moved = lineTarget(key, mark, count, page);
	return moved === null ? null : Math.min(Math.max(moved, 0), Math.max(count - 1, 0));
}

function lineTarget(key: string, mark: number, count: number, page: number): number | null {
	switch (key) {
		case 'ArrowLeft':
		case 'ArrowUp':
			return mark - 1;
		case 'ArrowRight':
		case 'ArrowDown':
			return mark + 1;
		case 'PageUp':
			return mark - page;
		case 'PageDown':
			return mark + page;
		case 'Home':
			return 0;
		case 'End':
			return count - 1;
		default:
			return null;
	}
}

/**
 * The mark a key leads to in a grid numbered row by row; null when the key does not move. Stops at the edges.
 */
export function stepInGrid(key: string, mark: number, rowCount: number, columnCount: number): number | null {
	const place = { row: Math.floor(mark / columnCount), column: mark % columnCount };
	const moved = gridTarget(key, place, columnCount);
	if (moved === null) return null;
	const row = Math.min(Math.max(moved.row, 0), rowCount - 1);
	const column = Math.min(Math.max(moved.column, 0), columnCount - 1);
	return row * columnCount + column;
}

function gridTarget(key: string, { row, column }: GridPlace, columnCount: number): GridPlace | null {
	switch (key) {
		case 'ArrowLeft':
			return { row, column: column - 1 };
		case 'ArrowRight':
			return { row, column: column + 1 };
		case 'ArrowUp':
			return { row: row - 1, column };
		case 'ArrowDown':
			return { row: row + 1, column };
		case 'Home':
			return { row, column: 0 };
		case 'End':
			return { row, column: columnCount - 1 };
		default:
			return null;
	}
}
