import { textWidth } from './labels.ts';

/** One cell of a heat grid. Row 0 is the top, column 0 the left. */
export interface HeatCell {
	readonly row: number;
	readonly col: number;
	/** Share of all, 0 … 1: the colour and the figure in bold. */
	readonly share: number;
	readonly customers: number;
	/** Its share rests on few people: drawn dashed. */
	readonly isFew?: boolean;
	/** What else there is to say of it, in the tooltip and for a screen reader. */
	readonly notes?: readonly string[];
}

/**
 * A label of a row or a column: a main line, a smaller one below it, and what replaces both where there is no
 * room.
 */
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
 * Where the seven colours of a share part. An even 5 × 5 grid has 4% in each cell, so the fourth colour
 * stands for "about its part" and the last two for cells that carry the whole.
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
/** Cells narrower than this have no room for their figures beside full row labels. */
const LEAST_WIDE_CELL = 60;
const TITLE_SIZE = 13;
const NOTE_SIZE = 12;

/**
 * The sizes of a grid in a given width. Row labels get the room that their texts need and cells fill the rest;
 * where that leaves too little for the cells or for the texts above them, the short labels are meant.
 */
export function heatLayout(
	width: number,
	rowLabels: readonly HeatLabel[],
	columnLabels: readonly HeatLabel[]
): HeatLayout {
	const columnCount = columnLabels.length;
	const top = columnLabels.some((column) => column.note !== undefined) ? 44 : 28;
	const sizesFor = (isNarrow: boolean) => {
		const widest = Math.max(0, ...rowLabels.map((label) => labelledWidth(shownLabel(label, isNarrow))));
		const labelWidth = Math.ceil(widest) + (isNarrow ? 10 : 14);
		const cellWidth = Math.max((width - labelWidth - GAP * (columnCount - 1)) / columnCount, 8);
		return { isNarrow, labelWidth, cellWidth, cellHeight: isNarrow ? 62 : 70 };
	};
	const wide = sizesFor(false);
	const isCramped =
		wide.cellWidth < LEAST_WIDE_CELL || columnLabels.some((label) => labelledWidth(label) > wide.cellWidth);
	const sizes = width < NARROW || isCramped ? sizesFor(true) : wide;
	return { ...sizes, top, gap: GAP, height: top + rowLabels.length * (sizes.cellHeight + GAP) - GAP };
}

/** What a label says in the room there is. */
export function shownLabel(label: HeatLabel, isNarrow: boolean): Omit<HeatLabel, 'short'> {
	return isNarrow ? (label.short ?? label) : label;
}

function labelledWidth({ title, note = '' }: HeatLabel): number {
	return Math.max(textWidth(title, TITLE_SIZE), textWidth(note, NOTE_SIZE));
}

/** The upper left corner of a cell. */
export function cellOrigin(layout: HeatLayout, { row, col }: { readonly row: number; readonly col: number }) {
	return {
		x: layout.labelWidth + col * (layout.cellWidth + layout.gap),
		y: layout.top + row * (layout.cellHeight + layout.gap)
	};
}

/** A corner of an outline, in pixels. */
type Corner = readonly [x: number, y: number];

const CORNER_RADIUS = 6;

/** The outline of a group of cells as a path with round corners, in the gaps around them. */
export function outlinePath(layout: HeatLayout, cells: HeatOutline['cells']): string {
	return loopsOf(sidesOf(layout, cells)).map(roundedLoop).join('');
}

/** The sides of the cells that have no neighbour of the group, each in clockwise direction. */
function sidesOf(layout: HeatLayout, cells: HeatOutline['cells']): (readonly [Corner, Corner])[] {
	const inGroup = new Set(cells.map(cellKey));
	const isOutside = (row: number, col: number) => !inGroup.has(cellKey({ row, col }));
	return cells.flatMap((cell) => {
		const { row, col } = cell;
		const origin = cellOrigin(layout, cell);
		const [x0, y0] = [origin.x - layout.gap / 2, origin.y - layout.gap / 2];
		const [x1, y1] = [x0 + layout.cellWidth + layout.gap, y0 + layout.cellHeight + layout.gap];
		const sides: (readonly [boolean, Corner, Corner])[] = [
			[isOutside(row - 1, col), [x0, y0], [x1, y0]],
			[isOutside(row, col + 1), [x1, y0], [x1, y1]],
			[isOutside(row + 1, col), [x1, y1], [x0, y1]],
			[isOutside(row, col - 1), [x0, y1], [x0, y0]]
		];
		return sides.filter(([isSide]) => isSide).map(([, from, to]) => [from, to] as const);
	});
}

/** Sides joined end to start into closed loops of corners. */
function loopsOf(sides: readonly (readonly [Corner, Corner])[]): Corner[][] {
	const nameOf = ([x, y]: Corner) => `${Math.round(x)},${Math.round(y)}`;
	const open = new Map<string, (readonly [Corner, Corner])[]>();
	for (const side of sides) open.set(nameOf(side[0]), [...(open.get(nameOf(side[0])) ?? []), side]);
	const loops: Corner[][] = [];
	for (const [first] of sides) {
		const loop: Corner[] = [];
		for (
			let side = open.get(nameOf(first))?.pop();
			side !== undefined;
			side = open.get(nameOf(side[1]))?.pop()
		) {
			loop.push(side[0]);
		}
		if (loop.length > 0) loops.push(loop);
	}
	return loops;
}

function roundedLoop(loop: readonly Corner[]): string {
	const corners = loop.filter((_, i) => {
		const [before, after] = [loop.at(i - 1) as Corner, loop[(i + 1) % loop.length] as Corner];
		const isStraight = (axis: 0 | 1) => Math.abs(before[axis] - after[axis]) < 0.5;
		return !isStraight(0) && !isStraight(1);
	});
	const pieces = corners.map((corner, i) => {
		const from = towards(corner, corners.at(i - 1) as Corner);
		const to = towards(corner, corners[(i + 1) % corners.length] as Corner);
		return `${i === 0 ? 'M' : 'L'}${from.join()}Q${corner.join()} ${to.join()}`;
	});
	return `${pieces.join('')}Z`;
}

function towards([x, y]: Corner, [toX, toY]: Corner): Corner {
	// Rounded first: corners of neighbouring cells differ in their last bits.
	const step = (from: number, to: number) => Math.sign(Math.round(to - from)) * CORNER_RADIUS;
	return [x + step(x, toX), y + step(y, toY)];
}
