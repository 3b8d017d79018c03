import { labelWidth, placeLabels } from './labels.ts';

/** A segment and its name, by its index in the points' colours. */
export interface SegmentName {
	readonly index: number;
	readonly name: string;
}

/** A name on the plot: the middle of its segment and the middle of its label, in pixels. */
export interface PlacedName extends SegmentName {
	readonly anchor: { readonly x: number; readonly y: number };
	readonly label: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

const LABEL_HEIGHT = 22;

/** Points looked at to find the middle of a segment: ample for the place of a label. */
const SAMPLE = 20_000;

/**
 * Names at the medians of their segments, moved apart where they would cover one another. Empty segments have
 * none.
 */
export function placeNames(
	names: readonly SegmentName[],
	points: { readonly x: Float32Array; readonly y: Float32Array; readonly segment: Uint8Array },
	size: { readonly width: number; readonly height: number }
): PlacedName[] {
	const middles = names.flatMap((name) => {
		const anchor = middleOf(points, name.index);
		return anchor === null ? [] : [{ ...name, anchor }];
	});
	const boxes = middles.map(({ name, anchor }) => ({
		...anchor,
		width: labelWidth(name),
		height: LABEL_HEIGHT
	}));
	const places = placeLabels(boxes, size);
	return middles.map((middle, i) => ({
		...middle,
		label: {
			...(places[i] as { x: number; y: number }),
			width: labelWidth(middle.name),
			height: LABEL_HEIGHT
		}
	}));
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
