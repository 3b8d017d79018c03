import { placeLabels, textWidth, type LabelBox } from './labels.ts';
import { placeOn, type Axis } from './scatter-axis.ts';

/** A direction from zero with its name; how long arrows are matters only against each other. */
export interface Arrow {
	readonly name: string;
	readonly x: number;
	readonly y: number;
}

/** An arrow on the plot, in pixels from its top left corner: from zero to the tip, and the box of its name. */
export interface PlacedArrow {
	readonly name: string;
	readonly from: { readonly x: number; readonly y: number };
	readonly to: { readonly x: number; readonly y: number };
	/** The two strokes of the head, as a path. */
	readonly head: string;
	readonly label: LabelBox;
}

/** Part of the way to the edge that the arrow which would reach it first goes. */
const REACH = 0.8;
const HEAD = 8;
const LABEL_HEIGHT = 20;
const LABEL_SIZE = 13;
/** From the tip to the nearest edge of the name, along the arrow. */
const LABEL_GAP = 10;

/**
 * Arrows from zero, all enlarged alike so that the one nearest to an edge almost reaches it, with names beyond their tips
 * that cover neither each other nor `taken`. Arrows shorter than their head are left out.
 */
export function placeArrows(
	arrows: readonly Arrow[],
	axes: { readonly x: Axis; readonly y: Axis },
	size: { readonly width: number; readonly height: number },
	taken: readonly LabelBox[]
): PlacedArrow[] {
	const longest = Math.max(0, ...arrows.map(({ x, y }) => Math.hypot(x, y)));
	const shown = arrows.filter(({ x, y }) => Math.hypot(x, y) > 1e-6 * longest);
	const factor = REACH * Math.min(...shown.flatMap(({ x, y }) => [room(axes.x, x), room(axes.y, y)]));
	if (!Number.isFinite(factor)) return [];
	const placeX = (value: number) => placeOn(axes.x, value) * size.width;
	const placeY = (value: number) => (1 - placeOn(axes.y, value)) * size.height;
	const from = { x: placeX(0), y: placeY(0) };
	const drawn = shown.flatMap(({ name, x, y }) => {
		const to = { x: placeX(factor * x), y: placeY(factor * y) };
		const isShort = Math.hypot(to.x - from.x, to.y - from.y) < HEAD;
		return isShort ? [] : [{ name, from, to, head: headOf(from, to) }];
	});
	const boxes = drawn.map(beyond);
	const places = placeLabels([...taken, ...boxes], size).slice(taken.length);
	return drawn.map((arrow, i) => ({ ...arrow, label: { ...(boxes[i] as LabelBox), ...places[i] } }));
}

/** How many times a step fits between zero and the edge it goes to. */
function room({ lo, hi }: Axis, step: number): number {
	return step === 0 ? Infinity : Math.max(0, step > 0 ? hi / step : lo / step);
}

function beyond({ name, from, to }: Pick<PlacedArrow, 'name' | 'from' | 'to'>): LabelBox {
	const width = textWidth(name, LABEL_SIZE) + 8;
	const angle = Math.atan2(to.y - from.y, to.x - from.x);
	return {
		x: to.x + Math.cos(angle) * (width / 2 + LABEL_GAP),
		y: to.y + Math.sin(angle) * (LABEL_HEIGHT / 2 + LABEL_GAP),
		width,
		height: LABEL_HEIGHT
	};
}

function headOf(from: PlacedArrow['from'], to: PlacedArrow['to']): string {
	const angle = Math.atan2(to.y - from.y, to.x - from.x);
	const corner = (turn: number) =>
		`${(to.x - HEAD * Math.cos(angle + turn)).toFixed(1)} ${(to.y - HEAD * Math.sin(angle + turn)).toFixed(1)}`;
	return `M${corner(0.42)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}L${corner(-0.42)}`;
}
