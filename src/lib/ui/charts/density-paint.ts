import { SEGMENT_COLOURS } from '../segmentMarks.ts';
import type { Rgb } from './raster.ts';
import {
	between,
	fadedColour,
	groundOf,
	placesIn,
	type Painting,
	type Places,
	type ScatterPicture,
	type ScatterPoints
} from './scatter-paint.ts';

/** Side of a cell in CSS pixels. */
const CELL = 2;
/** Points counted between two looks at the clock: about a millisecond. */
const ROWS_PER_STEP = 65_536;
/** Rows of cells coloured between two looks at the clock. */
const LINES_PER_STEP = 32;
/** How much of its colour a cell with a single point shows. */
const LEAST_STRENGTH = 0.3;

/** The segments' own colours, and one place for all that have none. */
const KINDS = SEGMENT_COLOURS + 1;

/**
 * Draws how many points lie where, for more points than can be told apart: each cell has the colour of the segment most of
 * its points are of, the stronger the more points it holds (by the logarithm of their number). With a selection, cells
 * without a selected point are grey. Two passes over the points, whatever their number.
 *
 * @yields after each step. The picture is complete when the generator returns it.
 */
export function* paintDensity(points: ScatterPoints, picture: ScatterPicture): Painting {
	const counts = emptyCounts(picture);
	const places = cellPlaces(picture);
	for (let from = 0; from < points.x.length; from += ROWS_PER_STEP) {
		countRows(points, counts, places, from, Math.min(from + ROWS_PER_STEP, points.x.length));
		yield;
	}
	const shades = { tokens: picture.tokens, faded: fadedColour(picture.tokens), ...mostOf(counts) };
	yield;
	const raster = groundOf(picture);
	const side = CELL * picture.pixelRatio;
	for (let line = 0; line < counts.down; line += 1) {
		for (let column = 0; column < counts.across; column += 1) {
			const colour = colourOf(counts, line * counts.across + column, shades);
			if (colour !== null) fill(raster, column * side, line * side, side, colour);
		}
		if (line % LINES_PER_STEP === 0) yield;
	}
	return raster;
}

/** Points per cell: the selected by their segment, and the others. */
interface CellCounts {
	readonly across: number;
	readonly down: number;
	/** `[cell × KINDS + segment]`. */
	readonly bySegment: Uint32Array;
	readonly others: Uint32Array;
}

function emptyCounts({ width, height }: ScatterPicture): CellCounts {
	const across = Math.max(1, Math.ceil(width / CELL));
	const down = Math.max(1, Math.ceil(height / CELL));
	const cells = across * down;
	return { across, down, bySegment: new Uint32Array(cells * KINDS), others: new Uint32Array(cells) };
}

function cellPlaces(picture: ScatterPicture): Places {
	return placesIn({ ...picture, pixelRatio: 1 / CELL });
}

function countRows(
	{ x, y, segment, mask }: ScatterPoints,
	{ across, down, bySegment, others }: CellCounts,
	{ scaleX, shiftX, scaleY, shiftY }: Places,
	from: number,
	to: number
): void {
	for (let row = from; row < to; row += 1) {
		const column = Math.floor((x[row] as number) * scaleX + shiftX);
		const line = Math.floor((y[row] as number) * scaleY + shiftY);
		// Written so that what has no place (NaN) is left out as well.
		if (!(column >= 0 && column < across && line >= 0 && line < down)) continue;
		const cell = line * across + column;
		if (mask !== null && mask[row] !== 1) others[cell] = (others[cell] as number) + 1;
		else {
			const at = cell * KINDS + Math.min(segment[row] as number, SEGMENT_COLOURS);
			bySegment[at] = (bySegment[at] as number) + 1;
		}
	}
}

interface Shades {
	readonly tokens: ScatterPicture['tokens'];
	readonly faded: Rgb;
	/** The most points of a cell: selected ones, and others. */
	readonly mostSelected: number;
	readonly mostOthers: number;
}

function mostOf({ bySegment, others }: CellCounts): Pick<Shades, 'mostSelected' | 'mostOthers'> {
	let [mostSelected, mostOthers] = [0, 0];
	for (let cell = 0; cell < others.length; cell += 1) {
		mostSelected = Math.max(mostSelected, sumOf(bySegment, cell));
		mostOthers = Math.max(mostOthers, others[cell] as number);
	}
	return { mostSelected, mostOthers };
}

function sumOf(bySegment: Uint32Array, cell: number): number {
	let sum = 0;
	for (let at = cell * KINDS; at < (cell + 1) * KINDS; at += 1) sum += bySegment[at] as number;
	return sum;
}

function colourOf({ bySegment, others }: CellCounts, cell: number, shades: Shades): Rgb | null {
	const { tokens, faded, mostSelected, mostOthers } = shades;
	const selected = sumOf(bySegment, cell);
	if (selected > 0) {
		const colour = tokens.segments[largest(bySegment, cell)] ?? tokens.noise;
		return between(tokens.surface, colour, strength(selected, mostSelected));
	}
	const rest = others[cell] as number;
	return rest === 0 ? null : between(tokens.surface, faded, strength(rest, mostOthers));
}

function strength(count: number, most: number): number {
	if (most <= 1) return 1;
	return LEAST_STRENGTH + (1 - LEAST_STRENGTH) * (Math.log(count) / Math.log(most));
}

/** The segment with most points in a cell; of equals the first. */
function largest(bySegment: Uint32Array, cell: number): number {
	let best = 0;
	for (let kind = 1; kind < KINDS; kind += 1) {
		if ((bySegment[cell * KINDS + kind] as number) > (bySegment[cell * KINDS + best] as number)) best = kind;
	}
	return best;
}

function fill(
	{ pixels, width, height }: { pixels: Uint8ClampedArray; width: number; height: number },
	x: number,
	y: number,
	side: number,
	[red, green, blue]: Rgb
): void {
	const right = Math.min(Math.round(x + side), width);
	const bottom = Math.min(Math.round(y + side), height);
	for (let row = Math.round(y); row < bottom; row += 1) {
		for (let column = Math.round(x); column < right; column += 1) {
			const at = (row * width + column) * 4;
			pixels[at] = red;
			pixels[at + 1] = green;
			pixels[at + 2] = blue;
		}
	}
}
