/** One cell of a heat grid. Row 0 is the top, column 0 the left. */
export interface HeatCell {
	readonly row: number;
	readonly col: number;
	/** Share of all, 0 … 1: the colour and the figure in bold. */
	readonly share: number;
	readonly customers: number;
}

/** A label of a row or a column: a main line, a smaller one below it, and what replaces both where there is no room. */
export interface HeatLabel {
	readonly title: string;
	readonly note?: string;
	readonly short?: { readonly title: string; readonly note?: string };
}

/** A named group of cells, drawn with an outline. */
export interface HeatOutline {
	readonly name: string;
	readonly cells: readonly { readonly row: number; readonly col: number }[];
}

/**
 * Where the seven colours of a share part. An even 5 × 5 grid has 4% in each cell, so the fourth colour stands for
 * "about its part" and the last two for cells that carry the whole.
 */
export const SHARE_THRESHOLDS: readonly number[] = [0.006, 0.015, 0.03, 0.045, 0.15, 0.3];

/** The colour class of a share, 1 … 7: one more for each threshold it reaches. */
export function heatClass(share: number, thresholds: readonly number[] = SHARE_THRESHOLDS): number {
	return 1 + thresholds.filter((threshold) => share >= threshold).length;
}

/** How a cell is named in a selection. */
export function cellKey({ row, col }: { readonly row: number; readonly col: number }): string {
	return `${row}:${col}`;
}

/** Sizes of a heat grid in pixels. */
export interface HeatLayout {
	readonly isNarrow: boolean;
	readonly labelWidth: number;
	readonly top: number;
	readonly cellWidth: number;
	readonly cellHeight: number;
	readonly gap: number;
	/** Height of the grid with its column labels, without the legend. */
	readonly height: number;
}

const GAP = 3;
const NARROW = 440;

/** The sizes of a grid in a given width; cells fill the width that the row labels leave. */
export function heatLayout(
	width: number,
	rowCount: number,
	columnCount: number,
	hasColumnNotes: boolean
): HeatLayout {
	const isNarrow = width < NARROW;
	const labelWidth = isNarrow ? 62 : 116;
	const top = hasColumnNotes ? 44 : 28;
	const cellHeight = isNarrow ? 62 : 70;
	const cellWidth = Math.max((width - labelWidth - GAP * (columnCount - 1)) / columnCount, 8);
	return {
		isNarrow,
		labelWidth,
		top,
		cellWidth,
		cellHeight,
		gap: GAP,
		height: top + rowCount * (cellHeight + GAP) - GAP
	};
}

/** The upper left corner of a cell. */
export function cellOrigin(layout: HeatLayout, { row, col }: { readonly row: number; readonly col: number }) {
	return {
		x: layout.labelWidth + col * (layout.cellWidth + layout.gap),
		y: layout.top + row * (layout.cellHeight + layout.gap)
	};
}

/** The outline of a group of cells as a path: the sides that have no neighbour of the group, in the gaps between. */
export function outlinePath(layout: HeatLayout, cells: HeatOutline['cells']): string {
	const inGroup = new Set(cells.map(cellKey));
	return cells
		.flatMap((cell) => {
			const { row, col } = cell;
			const half = layout.gap / 2;
			const origin = cellOrigin(layout, cell);
			const [x0, y0] = [origin.x - half, origin.y - half];
			const [x1, y1] = [x0 + layout.cellWidth + layout.gap, y0 + layout.cellHeight + layout.gap];
			const isEdge = (toRow: number, toCol: number) => !inGroup.has(cellKey({ row: toRow, col: toCol }));
			return [
				isEdge(row - 1, col) ? `M${x0},${y0}H${x1}` : '',
				isEdge(row, col + 1) ? `M${x1},${y0}V${y1}` : '',
				isEdge(row + 1, col) ? `M${x1},${y1}H${x0}` : '',
				isEdge(row, col - 1) ? `M${x0},${y1}V${y0}` : ''
			];
		})
		.join('');
}
