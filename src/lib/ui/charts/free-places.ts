import type { LabelBox } from './labels.ts';

interface Point {
	readonly x: number;
	readonly y: number;
}

/** A straight line on a plot, in pixels, that labels leave free where they can. */
export interface Stroke {
	readonly from: Point;
	readonly to: Point;
}

/** What a label keeps clear of, in a plot that it has to lie inside. */
export interface Crowd {
	readonly size: { readonly width: number; readonly height: number };
	/** Other labels: covering one is worst. */
	readonly taken: readonly LabelBox[];
	readonly strokes: readonly Stroke[];
}

const ANGLES = 16;
/** Pixels between a point and the nearest edge of its label, one after the other. */
const DISTANCES: readonly number[] = [8, 18, 30, 44, 60, 80, 105, 135];
/** What a stroke under a label costs, and each pixel of it, in pixels of distance. */
const CROSSED = 16;
const PER_CROSSED = 2;
/** What covering another label costs at least, and by square pixel. */
const COVERED = 2000;
/** What a label costs on the far side of the way it should lie. */
const TURNED = 24;

/**
 * The best place for a label beside a point: inside, off other labels and strokes, near, and towards `angle`. The least bad
 * one where there is no good one.
 *
 * @param angle in radians, clockwise from the right as pixels run
 */
export function placeBeside(
	point: Point,
	angle: number,
	box: { readonly width: number; readonly height: number },
	crowd: Crowd
): LabelBox {
	const candidates = DISTANCES.flatMap((distance) =>
		Array.from({ length: ANGLES }, (_, turn) => {
			const way = angle + (turn * 2 * Math.PI) / ANGLES;
			const x = point.x + Math.cos(way) * (box.width / 2 + distance);
			const y = point.y + Math.sin(way) * (box.height / 2 + distance);
			return { label: { ...box, x, y }, cost: distance + (TURNED * (1 - Math.cos(way - angle))) / 2 };
		})
	);
	return cheapest(candidates, crowd);
}

/** The best place for a label on a point: as `placeBeside`, but the point itself is the best of all. */
export function placeOver(
	point: Point,
	box: { readonly width: number; readonly height: number },
	crowd: Crowd
): LabelBox {
	const candidates = [0, ...DISTANCES].flatMap((distance) =>
		Array.from({ length: distance === 0 ? 1 : ANGLES }, (_, turn) => {
			const way = (turn * 2 * Math.PI) / ANGLES - Math.PI / 2;
			const label = { ...box, x: point.x + Math.cos(way) * distance, y: point.y + Math.sin(way) * distance };
			return { label, cost: distance };
		})
	);
	return cheapest(candidates, crowd);
}

function cheapest(
	candidates: readonly { readonly label: LabelBox; readonly cost: number }[],
	{ size, taken, strokes }: Crowd
): LabelBox {
	let [best, least] = [candidates[0]?.label as LabelBox, Infinity];
	for (const candidate of candidates) {
		const label = inside(candidate.label, size);
		const moved = Math.hypot(label.x - candidate.label.x, label.y - candidate.label.y);
		const covered = taken.reduce((sum, other) => sum + overlap(label, other), 0);
		const crossed = strokes.reduce((sum, stroke) => sum + crossingCost(lengthInside(stroke, label)), 0);
		const cost = candidate.cost + moved + crossed + (covered > 0 ? COVERED + covered : 0);
		if (cost < least) [best, least] = [label, cost];
	}
	return best;
}

function crossingCost(length: number): number {
	return length > 0 ? CROSSED + PER_CROSSED * length : 0;
}

/** A label moved into the plot; one that is wider than the plot begins at its left edge. */
function inside(label: LabelBox, { width, height }: Crowd['size']): LabelBox {
	const x = Math.max(Math.min(label.x, width - label.width / 2), label.width / 2);
	const y = Math.max(Math.min(label.y, height - label.height / 2), label.height / 2);
	return { ...label, x, y };
}

function overlap(a: LabelBox, b: LabelBox): number {
	const width = (a.width + b.width) / 2 - Math.abs(a.x - b.x);
	const height = (a.height + b.height) / 2 - Math.abs(a.y - b.y);
	return width > 0 && height > 0 ? width * height : 0;
}

/** How many pixels of a stroke lie under a label (the clipping of Liang and Barsky, 1984). */
export function lengthInside({ from, to }: Stroke, { x, y, width, height }: LabelBox): number {
	const [dx, dy] = [to.x - from.x, to.y - from.y];
	let [start, end] = [0, 1];
	for (const [step, room] of [
		[-dx, from.x - (x - width / 2)],
		[dx, x + width / 2 - from.x],
		[-dy, from.y - (y - height / 2)],
		[dy, y + height / 2 - from.y]
	] as const) {
		if (step === 0 && room < 0) return 0;
		if (step < 0) start = Math.max(start, room / step);
		if (step > 0) end = Math.min(end, room / step);
	}
	return end > start ? (end - start) * Math.hypot(dx, dy) : 0;
}

/** Where the line from a label to its point leaves the label: the nearest place on its edge, or in it. */
export function edgeTowards({ x, y, width, height }: LabelBox, point: Point): Point {
	return {
		x: Math.max(x - width / 2, Math.min(point.x, x + width / 2)),
		y: Math.max(y - height / 2, Math.min(point.y, y + height / 2))
	};
}
