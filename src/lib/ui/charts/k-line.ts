import { extent, line, scaleLinear } from 'd3';
import { linearTicks } from './ticks.ts';

/** One number of segments and its index. */
export interface KPoint {
	readonly k: number;
	/** NaN where the index is not defined: the line has a gap there. */
	readonly value: number;
	/** How far the value may be off to either side, in its unit. */
	readonly error?: number;
	/** What the value is held against: drawn as a dashed line. */
	readonly reference?: number;
}

/** Sizes of the picture in pixels. */
export interface KLineLayout {
	readonly left: number;
	readonly bottom: number;
	readonly height: number;
	readonly top: number;
	/** Distance between two k in pixels. */
	readonly step: number;
	readonly ticks: readonly number[];
	readonly placeK: (k: number) => number;
	readonly placeValue: (value: number) => number;
	/** The line through the defined points. */
	readonly path: string;
	/** The line through what they are held against; empty where there is none. */
	readonly referencePath: string;
}

const TOP = 12;
const BOTTOM = 124;
const LEFT = 38;

/**
 * Sizes in pixels for a width. `domain` are the ends of the value axis; without it round numbers around the
 * values.
 */
export function kLineLayout(
	width: number,
	points: readonly KPoint[],
	domain?: readonly [number, number]
): KLineLayout {
	const [lo, hi] = domain ?? roundDomain(points);
	const first = points[0]?.k ?? 2;
	const last = points.at(-1)?.k ?? 10;
	const step = (width - LEFT - 20) / Math.max(last - first, 1);
	const placeK = (k: number) => LEFT + 8 + (k - first) * step;
	const placeValue = (value: number) => BOTTOM - ((value - lo) / (hi - lo)) * (BOTTOM - TOP);
	const draw = (of: (point: KPoint) => number) =>
		line<KPoint>(
			({ k }) => placeK(k),
			(point) => placeValue(of(point))
		).defined((point) => Number.isFinite(of(point)))(points) ?? '';
	return {
		left: LEFT - 4,
		top: TOP,
		bottom: BOTTOM,
		height: BOTTOM + 26,
		step,
		ticks: linearTicks(lo, hi, 6),
		placeK,
		placeValue,
		path: draw(({ value }) => value),
		referencePath: draw(({ reference = NaN }) => reference)
	};
}

/**
 * Which label of a chosen point is free of the line: above when the line comes down to it from the left, else
 * below.
 */
export function labelSide(points: readonly KPoint[], chosen: number): 'above' | 'below' {
	const at = points.findIndex(({ k }) => k === chosen);
	const here = points[at]?.value ?? NaN;
	const next = points[at + 1]?.value ?? -Infinity;
	return next > here ? 'below' : 'above';
}

function roundDomain(points: readonly KPoint[]): [number, number] {
	const drawn = points.flatMap(({ value, error = 0, reference = NaN }) => [
		value - error,
		value + error,
		reference
	]);
	const [least = 0, most = 1] = extent(drawn.filter(Number.isFinite));
	if (least === most) return [least - (Math.abs(least) || 1) / 2, least + (Math.abs(least) || 1) / 2];
	const [lo = least, hi = most] = scaleLinear().domain([least, most]).nice(4).domain();
	return [lo, hi];
}
