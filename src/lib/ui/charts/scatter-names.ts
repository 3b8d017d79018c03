import { placeOver, type Stroke } from './free-places.ts';
import { labelWidth, placeLabels, type LabelBox } from './labels.ts';
import { shownX, shownY, WHOLE, type View } from './view.ts';

/** A segment and its name, by its index in the points' colours. */
export interface SegmentName {
	readonly index: number;
	readonly name: string;
}

/** A name on the plot: the middle of its segment and the middle of its label, in pixels. */
export interface PlacedName extends SegmentName {
	readonly anchor: { readonly x: number; readonly y: number };
	/** The name, cut off where it is too long for the plot. */
	readonly text: string;
	readonly label: LabelBox;
}

const LABEL_HEIGHT = 22;
/** A name may take so many pixels, and in a wide plot this part of it. */
const LEAST_ROOM = 160;
const WIDEST = 0.42;

/** Points looked at to find the middle of a segment: ample for the place of a label. */
const SAMPLE = 20_000;

/** A segment with its middle, in shares of the axes. */
export interface SegmentMiddle extends SegmentName {
	readonly middle: { readonly x: number; readonly y: number };
}

/** The medians of segments; empty segments have none. */
export function middlesOf(
	names: readonly SegmentName[],
	points: { readonly x: Float32Array; readonly y: Float32Array; readonly segment: Uint8Array }
): SegmentMiddle[] {
	return names.flatMap((name) => {
		const middle = middleOf(points, name.index);
		return middle === null ? [] : [{ ...name, middle }];
	});
}

/**
 * Names at the middles of their segments, as far as these are shown, moved apart where they would cover one another.
 * @param strokes lines that names leave free where they can
 */
export function placeNames(
	names: readonly SegmentMiddle[],
	size: { readonly width: number; readonly height: number },
	strokes: readonly Stroke[] = [],
	view: View = WHOLE
): PlacedName[] {
	const most = Math.max(LEAST_ROOM, WIDEST * size.width);
	const middles = names.flatMap(({ index, name, middle }) => {
		const anchor = { x: shownX(view, middle.x) * size.width, y: shownY(view, middle.y) * size.height };
		const isShown = anchor.x >= 0 && anchor.x <= size.width && anchor.y >= 0 && anchor.y <= size.height;
		return isShown ? [{ index, name, anchor, text: shortened(name, most) }] : [];
	});
	const boxes = middles.map(({ text, anchor }) => ({
		...anchor,
		width: labelWidth(text),
		height: LABEL_HEIGHT
	}));
	if (strokes.length > 0) {
		const placed: LabelBox[] = [];
		for (const box of boxes) placed.push(placeOver(box, box, { size, taken: placed, strokes }));
		return middles.map((middle, i) => ({ ...middle, label: placed[i] as LabelBox }));
	}
	const places = placeLabels(boxes, size);
	return middles.map((middle, i) => ({ ...middle, label: { ...(boxes[i] as LabelBox), ...places[i] } }));
}

function shortened(name: string, most: number): string {
	if (labelWidth(name) <= most) return name;
	let cut = name;
	while (cut.length > 1 && labelWidth(`${cut}…`) > most) cut = cut.slice(0, -1);
	return `${cut.trimEnd()}…`;
}

function middleOf(
	{ x, y, segment }: { readonly x: Float32Array; readonly y: Float32Array; readonly segment: Uint8Array },
	index: number
): { x: number; y: number } | null {
	const step = Math.max(1, Math.floor(segment.length / SAMPLE));
	const xs = new Float32Array(Math.ceil(segment.length / step));
	const ys = new Float32Array(xs.length);
	let count = 0;
	for (let row = 0; row < segment.length; row += step) {
		if (segment[row] !== index || Number.isNaN(x[row]) || Number.isNaN(y[row])) continue;
		xs[count] = x[row] as number;
		ys[count] = y[row] as number;
		count += 1;
	}
	return count === 0 ? null : { x: median(xs.subarray(0, count)), y: median(ys.subarray(0, count)) };
}

/** Sorts in place; of an even number of places the upper middle one, which is near enough for a label. */
function median(places: Float32Array): number {
	return places.sort()[places.length >> 1] as number;
}
