/** What a window onto a long list shows, all in pixels. */
export interface RowWindow {
	/** Height of the scrolled content: the true one, or the cap. */
	readonly contentPx: number;
	/** The first row that shows, counted from 0. */
	readonly first: number;
	/** How many rows show, the ones cut at both edges included. */
	readonly count: number;
	/** How much of the first row is above the edge. */
	readonly hiddenPx: number;
}

/** Taller elements than this are cut short by some browsers (Firefox ends at 17.9 million pixels). */
export const TALLEST_PX = 15_000_000;

/**
 * The rows to draw at a scroll position. When all rows together are taller than the cap, positions are scaled: the
 * top is still the first row and the bottom the last, and one pixel of scrolling moves more than one pixel of rows.
 */
export function rowWindow(options: {
	rowCount: number;
	rowPx: number;
	viewPx: number;
	scrollPx: number;
	tallestPx?: number;
}): RowWindow {
	const { rowCount, rowPx, viewPx, scrollPx, tallestPx = TALLEST_PX } = options;
	const allPx = rowCount * rowPx;
	const contentPx = Math.min(allPx, tallestPx);
	const reachPx = Math.max(0, contentPx - viewPx);
	const scale = reachPx === 0 ? 0 : Math.max(0, allPx - viewPx) / reachPx;
	const topPx = Math.min(reachPx, Math.max(0, scrollPx)) * scale;
	const first = Math.min(Math.max(0, rowCount - 1), Math.floor(topPx / rowPx));
	const count = Math.max(0, Math.min(rowCount - first, Math.ceil((topPx + viewPx) / rowPx) - first));
	return { contentPx, first, count, hiddenPx: topPx - first * rowPx };
}

/** The pages of `size` rows that hold the rows from `first` on. */
export function pagesOf(first: number, count: number, size: number): number[] {
	if (count <= 0) return [];
	const from = Math.floor(first / size);
	const to = Math.floor((first + count - 1) / size);
	return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
