import { scaleLinear, scaleLog } from 'd3';
import type { ScaleKind } from './scatter-axis.ts';

/** One bin: from `x0` (included) to `x1`, in the unit of the feature. */
export interface Bin {
	readonly x0: number;
	readonly x1: number;
	readonly count: number;
	/** The score, 1 … 5, of the values in the bin: its colour. */
	readonly score?: number;
	/** Which values these are, where the ends do not say it: the `3` of 2.5 to 3.5. */
	readonly text?: string;
}

/**
 * Bins of equal width on their scale that cover all values, lowest first. On a logarithmic scale, zero and
 * less are counted in the first bin.
 */
export function binValues(values: ArrayLike<number>, count: number, kind: ScaleKind): Bin[] {
	const [lo, hi] = bounds(values, kind);
	const forward = kind === 'log' ? Math.log : (value: number) => value;
	const back = kind === 'log' ? Math.exp : (value: number) => value;
	const step = (forward(hi) - forward(lo)) / count;
	const edges = Array.from({ length: count + 1 }, (_, i) =>
		i === count ? hi : back(forward(lo) + i * step)
	);
	const counts = countInBins(values, edges, kind);
	return counts.map((inBin, i) => ({ x0: edges[i] as number, x1: edges[i + 1] as number, count: inBin }));
}

/** Fewer bins would draw a few whole numbers as slabs. */
const LEAST_WHOLE_BINS = 4;

/**
 * Bins for whole numbers, lowest first: their edges lie half a unit beside the numbers, so that a bin of one
 * number is centred on it. All bins hold equally many numbers, and there are `most` of them at the most. They
 * reach to `end`; what lies beyond the last bin is counted in it.
 */
export function binWhole(values: ArrayLike<number>, most: number, end: number): Bin[] {
	const [lo, hi] = bounds(values, 'linear').map(Math.round) as [number, number];
	const numbers = Math.max(Math.min(hi, end) - lo + 1, LEAST_WHOLE_BINS);
	const width = Math.ceil(numbers / most);
	const count = Math.ceil(numbers / width);
	const edges = Array.from({ length: count + 1 }, (_, i) => lo - 0.5 + i * width);
	const counts = countInBins(values, edges, 'linear');
	return counts.map((inBin, i) => ({ x0: edges[i] as number, x1: edges[i + 1] as number, count: inBin }));
}

/**
 * How many values lie in each bin between rising edges equally wide on their scale. Values beyond the ends
 * are counted in the end bins; what is not a number is not counted.
 */
export function countInBins(values: ArrayLike<number>, edges: readonly number[], kind: ScaleKind): number[] {
	const forward = kind === 'log' ? Math.log : (value: number) => value;
	const count = edges.length - 1;
	const start = forward(edges[0] as number);
	const step = (forward(edges[count] as number) - start) / count;
	const counts = new Array<number>(count).fill(0);
	for (let row = 0; row < values.length; row += 1) {
		const value = values[row] as number;
		if (Number.isNaN(value)) continue;
		const at = kind === 'log' && value <= 0 ? 0 : Math.floor((forward(value) - start) / step + 1e-9);
		const bin = Math.min(Math.max(at, 0), count - 1);
		counts[bin] = (counts[bin] as number) + 1;
	}
	return counts;
}

/** The class of a bin: the shade of its score, darker for better; the accent without a score. */
export function binClass({ score }: Bin): string {
	return score === undefined ? 'bar' : `q${score + 2}`;
}

/** Sizes of the picture in pixels. */
export interface HistogramLayout {
	readonly top: number;
	readonly bottom: number;
	readonly height: number;
	readonly place: (value: number) => number;
	/** The value at a place, never beyond the bins. */
	readonly valueAt: (x: number) => number;
	/** Pixels of a count of the bins, and of a count of everyone. */
	readonly barHeight: (count: number) => number;
	readonly overlayHeight: (count: number) => number;
}

const BAR_ROOM = 92;

/**
 * Sizes in pixels for a width. With an overlay each group is drawn as a share of its own, so that a small
 * segment can be compared with everyone.
 */
export function histogramLayout(
	width: number,
	bins: readonly Bin[],
	kind: ScaleKind,
	options: { readonly hasCuts: boolean; readonly overlay: readonly number[] | null }
): HistogramLayout {
	const top = options.hasCuts ? 34 : 8;
	const bottom = top + BAR_ROOM;
	const total = sum(bins.map(({ count }) => count));
	const overlayTotal = sum(options.overlay ?? []);
	const ownShare = share(Math.max(0, ...bins.map(({ count }) => count)), total);
	const overlayShare = share(Math.max(0, ...(options.overlay ?? [])), overlayTotal);
	const most = Math.max(ownShare, overlayShare) || 1;
	return {
		top,
		bottom,
		height: bottom + 28,
		...scaleOf(width, bins, kind),
		barHeight: (count) => (share(count, total) / most) * BAR_ROOM,
		overlayHeight: (count) => (share(count, overlayTotal) / most) * BAR_ROOM
	};
}

/** Which end of its text a label at a place hangs on, so that it stays inside the width. */
export function anchorAt(x: number, width: number, room = 18): 'start' | 'middle' | 'end' {
	if (x < room) return 'start';
	return x > width - room ? 'end' : 'middle';
}

/**
 * The row of each cut's label, 0 or 1 from below, so that neighbours do not touch; null where there is no
 * room.
 *
 * @param labels the middle and the width of each label in pixels, from the left.
 */
export function cutRows(labels: readonly { readonly x: number; readonly width: number }[]): (0 | 1 | null)[] {
	const taken = [-Infinity, -Infinity];
	return labels.map(({ x, width }) => {
		const row = ([0, 1] as const).find((candidate) => x - width / 2 >= (taken[candidate] as number));
		if (row === undefined) return null;
		taken[row] = x + width / 2 + 5;
		return row;
	});
}

function scaleOf(
	width: number,
	bins: readonly Bin[],
	kind: ScaleKind
): Pick<HistogramLayout, 'place' | 'valueAt'> {
	const first = bins[0];
	const last = bins.at(-1);
	if (first === undefined || last === undefined) return { place: () => 0, valueAt: () => 0 };
	if (kind === 'linear') {
		const scale = scaleLinear([first.x0, last.x1], [0, width]).clamp(true);
		return { place: scale, valueAt: (x) => scale.invert(x) };
	}
	const start = first.x0 > 0 ? first.x0 : first.x1 / 10;
	const scale = scaleLog([start, last.x1], [0, width]).clamp(true);
	return { place: (value) => (value > 0 ? scale(value) : 0), valueAt: (x) => scale.invert(x) };
}

function bounds(values: ArrayLike<number>, kind: ScaleKind): [number, number] {
	let lo = Infinity;
	let hi = -Infinity;
	for (let row = 0; row < values.length; row += 1) {
		const value = values[row] as number;
		if (!Number.isFinite(value) || (kind === 'log' && value <= 0)) continue;
		lo = Math.min(lo, value);
		hi = Math.max(hi, value);
	}
	if (lo > hi) return kind === 'log' ? [1, 10] : [0, 1];
	if (lo < hi) return [lo, hi];
	return kind === 'log' ? [lo / 2, lo * 2] : [lo - 0.5, lo + 0.5];
}

function share(count: number, total: number): number {
	return total > 0 ? count / total : 0;
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
