import { textWidth } from './labels.ts';

/** One row of a cohort grid. */
export interface CohortLabel {
	readonly title: string;
	/** A smaller text beside it, such as how many people. */
	readonly note: string;
}

/** One cell of a cohort grid. Row 0 is the top, column 0 the left. */
export interface CohortCell {
	readonly row: number;
	readonly col: number;
	/** 0 … 1: the colour; null for a cell that all others are measured against, which has none. */
	readonly shade: number | null;
	/** What stands in it. */
	readonly text: string;
	/** The cell in a sentence. */
	readonly sentence: string;
	/** True for what has not ended: drawn with an open edge. */
	readonly isPartial: boolean;
}

/** Sizes of a cohort grid in pixels. */
export interface CohortLayout {
	readonly labelWidth: number;
	readonly noteWidth: number;
	readonly cellWidth: number;
	readonly cellHeight: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

const GAP = 2;
const CELL_HEIGHT = 30;
const LEAST_CELL = 36;
const MOST_CELL = 76;
const TOP = 26;

/**
 * The sizes of a grid in a given width: labels get the room that their texts need, cells what is left, and never so
 * little that a percentage does not fit; the grid is then wider than there is room, and scrolls.
 */
export function cohortLayout(
	width: number,
	labels: readonly CohortLabel[],
	columnCount: number
): CohortLayout {
	const titles = Math.max(0, ...labels.map(({ title }) => textWidth(title, 13))) + 12;
	const notes = Math.max(0, ...labels.map(({ note }) => textWidth(note, 12))) + 14;
	const left = titles + notes;
	const each = (width - left) / Math.max(1, columnCount) - GAP;
	const cellWidth = Math.min(MOST_CELL, Math.max(LEAST_CELL, each));
	return {
		labelWidth: titles,
		noteWidth: notes,
		cellWidth,
		cellHeight: CELL_HEIGHT,
		top: TOP,
		width: left + columnCount * (cellWidth + GAP),
		height: TOP + labels.length * (CELL_HEIGHT + GAP)
	};
}

/** The upper left corner of a cell. */
export function cohortOrigin(layout: CohortLayout, row: number, col: number): { x: number; y: number } {
	return {
		x: layout.labelWidth + layout.noteWidth + col * (layout.cellWidth + GAP),
		y: layout.top + row * (layout.cellHeight + GAP)
	};
}

/** Where the seven colours part: even steps up to the largest value, so that a grid always uses them all. */
export function evenThresholds(most: number): number[] {
	return [1, 2, 3, 4, 5, 6].map((step) => (most * step) / 7);
}
