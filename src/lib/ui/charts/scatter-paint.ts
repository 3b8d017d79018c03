import { SEGMENT_COLOURS } from '../segmentMarks.ts';
import { blend, createRaster, disc, drawLine, ring, type Raster, type Rgb, type Stamp } from './raster.ts';
import type { ChartTokens } from './tokens.ts';
import { shownX, shownY, type View } from './view.ts';

/** The points of a scatter, in shares of its axes, 0 to 1, `y` from below; NaN for what has no place. */
export interface ScatterPoints {
	readonly x: Float32Array;
	readonly y: Float32Array;
	/** The segment of each point, from 0; from 12 up it has no colour of its own (other, noise). */
	readonly segment: Uint8Array;
	/** 1 for the selected points; null when nothing is selected. */
	readonly mask: Uint8Array | null;
}

/** What a scatter is drawn on and with. */
export interface ScatterPicture {
	/** Size in CSS pixels. */
	readonly width: number;
	readonly height: number;
	readonly pixelRatio: number;
	/** The part of the axes that is shown. */
	readonly view: View;
	/** Where horizontal grid lines run, in CSS pixels. */
	readonly gridLines: readonly number[];
	readonly tokens: ChartTokens;
}

/** Drawing in steps: the caller may stop for a frame after each. What it returns is the complete picture. */
export type Painting = Generator<void, Raster, void>;

/** Points drawn between two looks at the clock: well under a millisecond. */
const ROWS_PER_STEP = 4096;

/**
 * How far the colour of what is not selected is from the surface. The colour is paler, not only the point
 * more transparent: where thousands overlap, transparency adds up to the full colour.
 */
const FADED_STRENGTH = 0.45;

/**
 * Draws a scatter step by step, so that the caller can stop for a frame between steps. Points lie in the
 * order of their rows, not segment by segment, so that no segment hides another; noise (rings) and what is
 * not selected lie behind the rest.
 *
 * @yields after each step. The picture is complete when the generator returns it.
 */
export function* paintScatter(points: ScatterPoints, picture: ScatterPicture): Painting {
	const { pixelRatio, tokens } = picture;
	const raster = groundOf(picture);
	const radius = pointRadius(points.x.length) * pixelRatio;
	const brush = {
		raster,
		...placesIn(picture),
		tokens,
		full: disc(radius),
		hollow: ring(radius + pixelRatio * 0.5, Math.max(1, pixelRatio)),
		faded: fadedColour(tokens)
	};
	for (const layer of layersOf(points)) {
		for (let from = 0; from < points.x.length; from += ROWS_PER_STEP) {
			paintRows(points, brush, layer, from, Math.min(from + ROWS_PER_STEP, points.x.length));
			yield;
		}
	}
	return raster;
}

/** The radius of a point in CSS pixels: smaller when there are many. */
export function pointRadius(count: number): number {
	if (count > 50_000) return 1.25;
	return count > 10_000 ? 1.6 : 2.1;
}

/** The colour of what is not selected. */
export function fadedColour({ surface, base }: ChartTokens): Rgb {
	return between(surface, base, FADED_STRENGTH);
}

/** A colour on the way from one to another. */
export function between(from: Rgb, to: Rgb, share: number): Rgb {
	const channel = (i: 0 | 1 | 2) => Math.round(from[i] + (to[i] - from[i]) * share);
	return [channel(0), channel(1), channel(2)];
}

/** The surface with its grid lines. */
export function groundOf({ width, height, pixelRatio, gridLines, tokens }: ScatterPicture): Raster {
	const raster = createRaster(
		Math.round(width * pixelRatio),
		Math.round(height * pixelRatio),
		tokens.surface
	);
	for (const y of gridLines) {
		drawLine(raster, Math.round(y * pixelRatio), Math.max(1, Math.round(pixelRatio)), tokens.grid);
	}
	return raster;
}

/** How shares of the axes become device pixels of a picture: `share × scale + shift`. */
export interface Places {
	readonly scaleX: number;
	readonly shiftX: number;
	readonly scaleY: number;
	readonly shiftY: number;
}

/** The places of a picture, `y` from above. */
export function placesIn({ width, height, pixelRatio, view }: ScatterPicture): Places {
	const [across, down] = [width * pixelRatio, height * pixelRatio];
	const [shiftX, shiftY] = [shownX(view, 0) * across, shownY(view, 0) * down];
	return {
		shiftX,
		shiftY,
		scaleX: shownX(view, 1) * across - shiftX,
		scaleY: shownY(view, 1) * down - shiftY
	};
}

type Layer = 'faded' | 'noise' | 'segments';

interface PointBrush extends Places {
	readonly raster: Raster;
	readonly tokens: ChartTokens;
	readonly full: Stamp;
	readonly hollow: Stamp;
	/** The colour of what is not selected. */
	readonly faded: Rgb;
}

function layersOf({ mask, segment }: ScatterPoints): Layer[] {
	const noise: Layer[] = segment.some((index) => index >= SEGMENT_COLOURS) ? ['noise'] : [];
	return mask === null ? [...noise, 'segments'] : ['faded', ...noise, 'segments'];
}

function paintRows(points: ScatterPoints, brush: PointBrush, layer: Layer, from: number, to: number): void {
	const { raster, tokens, scaleX, shiftX, scaleY, shiftY } = brush;
	const stamp = layer === 'noise' ? brush.hollow : brush.full;
	for (let row = from; row < to; row += 1) {
		if (layerOf(points, row) !== layer) continue;
		const x = (points.x[row] as number) * scaleX + shiftX;
		const y = (points.y[row] as number) * scaleY + shiftY;
		if (Number.isNaN(x) || Number.isNaN(y)) continue;
		blend(raster, stamp, x, y, colourOf(points, row, layer, brush), tokens.pointAlpha);
	}
}

function layerOf({ mask, segment }: ScatterPoints, row: number): Layer {
	if (mask !== null && mask[row] !== 1) return 'faded';
	return (segment[row] as number) >= SEGMENT_COLOURS ? 'noise' : 'segments';
}

function colourOf({ segment }: ScatterPoints, row: number, layer: Layer, { tokens, faded }: PointBrush): Rgb {
	if (layer === 'faded') return faded;
	return tokens.segments[segment[row] as number] ?? tokens.noise;
}
