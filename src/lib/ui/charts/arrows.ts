import { cutName } from './correlation-grid.ts';
import { placeBeside, type Stroke } from './free-places.ts';
import { textWidth, type LabelBox } from './labels.ts';
import { placeOn, type Axis } from './scatter-axis.ts';

/** A direction from zero with its name; how long arrows are matters only against each other. */
export interface Arrow {
	readonly name: string;
	readonly x: number;
	readonly y: number;
}

/** An arrow on the plot, in pixels from its top left corner: from zero to the tip. */
export interface DrawnArrow extends Stroke {
	readonly name: string;
	/** The two strokes of the head, as a path. */
	readonly head: string;
}

/** An arrow with what stands at its tip: the name, cut off where it is long, or a number. */
export interface PlacedArrow extends DrawnArrow {
	readonly text: string;
	readonly label: LabelBox;
}

/** Part of the way to the edge that the arrow which would reach it first goes. */
const REACH = 0.8;
const HEAD = 8;
const LABEL_HEIGHT = 20;
const LABEL_SIZE = 13;
/** Part of the width of the plot that a name may take. */
const WIDEST = 0.4;

/**
 * Arrows from zero, all enlarged alike so that the one nearest to an edge almost reaches it. Arrows shorter than their head
 * are left out.
 */
export function drawArrows(
	arrows: readonly Arrow[],
	axes: { readonly x: Axis; readonly y: Axis },
	size: { readonly width: number; readonly height: number }
): DrawnArrow[] {
	const longest = Math.max(0, ...arrows.map(({ x, y }) => Math.hypot(x, y)));
	const shown = arrows.filter(({ x, y }) => Math.hypot(x, y) > 1e-6 * longest);
	const factor = REACH * Math.min(...shown.flatMap(({ x, y }) => [room(axes.x, x), room(axes.y, y)]));
	if (!Number.isFinite(factor)) return [];
	const placeX = (value: number) => placeOn(axes.x, value) * size.width;
	const placeY = (value: number) => (1 - placeOn(axes.y, value)) * size.height;
	const from = { x: placeX(0), y: placeY(0) };
	return shown.flatMap(({ name, x, y }) => {
		const to = { x: placeX(factor * x), y: placeY(factor * y) };
		const isShort = Math.hypot(to.x - from.x, to.y - from.y) < HEAD;
		return isShort ? [] : [{ name, from, to, head: headOf(from, to) }];
	});
}

/**
 * Puts names at the tips, or numbers from 1 where there is no room for names: inside the plot, beyond the tip where that is
 * free, off all arrows and off `taken`, which are labels already there. Those of long arrows are placed first.
 */
export function nameArrows(
	drawn: readonly DrawnArrow[],
	size: { readonly width: number; readonly height: number },
	taken: readonly LabelBox[],
	isNumbered = false
): PlacedArrow[] {
	const length = ({ from, to }: Stroke) => Math.hypot(to.x - from.x, to.y - from.y);
	const labels = new Map<DrawnArrow, LabelBox>();
	const texts = new Map(
		drawn.map((arrow, i) => [arrow, isNumbered ? String(i + 1) : cutName(arrow.name, WIDEST * size.width)])
	);
	for (const arrow of drawn.toSorted((a, b) => length(b) - length(a))) {
		const { from, to } = arrow;
		const box = { width: textWidth(texts.get(arrow) ?? '', LABEL_SIZE) + 8, height: LABEL_HEIGHT };
		const crowd = { size, taken: [...taken, ...labels.values()], strokes: drawn };
		labels.set(arrow, placeBeside(to, Math.atan2(to.y - from.y, to.x - from.x), box, crowd));
	}
	return drawn.map((arrow) => ({
		...arrow,
		text: texts.get(arrow) ?? '',
		label: labels.get(arrow) as LabelBox
	}));
}

/** How many times a step fits between zero and the edge it goes to. */
function room({ lo, hi }: Axis, step: number): number {
	return step === 0 ? Infinity : Math.max(0, step > 0 ? hi / step : lo / step);
}

function headOf(from: Stroke['from'], to: Stroke['to']): string {
	const angle = Math.atan2(to.y - from.y, to.x - from.x);
	const corner = (turn: number) =>
		`${(to.x - HEAD * Math.cos(angle + turn)).toFixed(1)} ${(to.y - HEAD * Math.sin(angle + turn)).toFixed(1)}`;
	return `M${corner(0.42)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}L${corner(-0.42)}`;
}
