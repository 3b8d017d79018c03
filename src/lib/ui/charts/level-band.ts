import { area, extent, line } from 'd3';
import { spaced, linearTicks } from './ticks.ts';

/** A month: what was seen, and the level behind it with the ends of its interval. */
export interface LevelPoint {
	/** What stands on the axis. */
	readonly label: string;
	/** NaN where it is not known. */
	readonly value: number;
	/** NaN before the first value. */
	readonly level: number;
	readonly low: number;
	readonly high: number;
	/** It left what the months before let expect. */
	readonly move: 'up' | 'down' | null;
}

/** Sizes of the picture in pixels. */
export interface LevelLayout {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
	readonly height: number;
	/** Distance between two months. */
	readonly step: number;
	readonly ticks: readonly number[];
	/** Months that have room for their label. */
	readonly labels: readonly number[];
	readonly placeX: (at: number) => number;
	readonly placeY: (value: number) => number;
	readonly line: string;
	readonly band: string;
}

const TOP = 16;
const BOTTOM = 196;
const RIGHT = 12;
const LABEL_GAP = 68;

/** Sizes in pixels for a width. The axis holds all values, and starts at 0 where that costs less than half of it. */
export function levelLayout(width: number, points: readonly LevelPoint[], tickWidth: number): LevelLayout {
	const [lo, hi] = domainOf(points);
	const left = tickWidth + 10;
	const right = Math.max(width - RIGHT, left + 1);
	const step = (right - left) / Math.max(1, points.length);
	const placeX = (at: number) => left + (at + 0.5) * step;
	const placeY = (value: number) => BOTTOM - ((value - lo) / (hi - lo)) * (BOTTOM - TOP);
	const isKnown = ({ level }: LevelPoint) => Number.isFinite(level);
	const drawLine = line<LevelPoint>(
		(_, at) => placeX(at),
		({ level }) => placeY(level)
	).defined(isKnown);
	const drawBand = area<LevelPoint>(
		(_, at) => placeX(at),
		({ low }) => placeY(low),
		({ high }) => placeY(high)
	).defined(isKnown);
	return {
		left,
		right,
		top: TOP,
		bottom: BOTTOM,
		height: BOTTOM + 26,
		step,
		ticks: linearTicks(lo, hi, 5),
		labels: spaced(
			points.map((_, at) => at),
			placeX,
			LABEL_GAP
		),
		placeX,
		placeY,
		line: drawLine(points) ?? '',
		band: drawBand(points) ?? ''
	};
}

/** A band thinner than this part of the axis cannot be seen. */
const THINNEST_BAND = 0.01;

/** Whether the interval of the level can be seen somewhere. */
export function hasBand(points: readonly LevelPoint[]): boolean {
	const [lo, hi] = domainOf(points);
	return points.some(({ low, high }) => high - low > THINNEST_BAND * (hi - lo));
}

/** The ends of the axis of values. */
export function domainOf(points: readonly LevelPoint[]): [number, number] {
	const all = points
		.flatMap(({ value, low, high }) => [value, low, high])
		.filter((value) => Number.isFinite(value));
	const [least = 0, most = 1] = extent(all);
	if (least === most) return [Math.min(0, least), Math.max(1, most * 1.2)];
	const margin = (most - least) * 0.08;
	const lo = least >= 0 && least < (most - least) * 1 ? 0 : least - margin;
	return [lo, most + margin];
}
