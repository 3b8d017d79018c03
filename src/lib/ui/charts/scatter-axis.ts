import { deriveSeed } from '#lib/core/random.ts';

/** How values become places: by their logarithm or as they are. */
export type ScaleKind = 'log' | 'linear';

/** One axis of a scatter: where a value stands between its two ends. */
export interface Axis {
	readonly kind: ScaleKind;
	/**
	 * The ends, in the transformed unit (natural logarithm or the value itself), with a margin beyond the data.
	 */
	readonly lo: number;
	readonly hi: number;
	/** The smallest and the largest value of the data. */
	readonly min: number;
	readonly max: number;
	/**
	 * Where a logarithmic axis draws zero and less, in the transformed unit; null when there is no such value.
	 */
	readonly floor: number | null;
}

/** Share of the axis left free at each end. */
const MARGIN = 0.035;

/** Share of the span between the smallest positive value and the floor where zeros are drawn. */
const FLOOR_GAP = 0.06;

/** Jitter never reaches the neighbouring value: it fills this share of its width. */
const JITTER_FILL = 0.9;

/**
 * The axis of some values. On a logarithmic axis zero and less have no place, so they are drawn on a floor a
 * little below the smallest positive value. `jitter` is the width values are spread over, in their own unit.
 */
export function axisOf(values: Float64Array, kind: ScaleKind, jitter = 0): Axis {
	const { min, max, minPositive } = extremes(values);
	if (min > max) return { kind, lo: 0, hi: 1, min: 0, max: 0, floor: null };
	const half = jitter / 2;
	if (kind === 'linear') return { kind, ...padded(min - half, max + half), min, max, floor: null };
	if (max <= 0) return { kind, lo: -1, hi: 1, min, max, floor: 0 };
	const low = Math.log(Math.max(minPositive - half, minPositive / 2));
	const high = Math.log(max + half);
	if (min > 0) return { kind, ...padded(low, high), min, max, floor: null };
	const floor = low - FLOOR_GAP * Math.max(high - low, 1);
	return { kind, ...padded(floor, high), min, max, floor };
}

/** Where a value stands on its axis, from 0 to 1; NaN for what is not a number. */
export function placeOn(axis: Axis, value: number): number {
	return (transformed(axis, value) - axis.lo) / (axis.hi - axis.lo);
}

/**
 * The value at a place from 0 to 1. The floor of a logarithmic axis and all below it mean the smallest value.
 */
export function valueAt(axis: Axis, place: number): number {
	if (place <= 0) return axis.min;
	if (place >= 1) return axis.max;
	const at = axis.lo + place * (axis.hi - axis.lo);
	if (axis.kind === 'linear') return at;
	return axis.floor !== null && at <= axis.floor ? axis.min : Math.exp(at);
}

/**
 * The axis as it reads when only the part between two shares of it is shown. Its ends mean the values that stand there, so
 * that a brush up to the edge takes what is seen.
 */
export function partOf(axis: Axis, from: number, to: number): Axis {
	if (from <= 0 && to >= 1) return axis;
	const span = axis.hi - axis.lo;
	const part = { ...axis, lo: axis.lo + from * span, hi: axis.lo + to * span };
	return { ...part, min: valueAt(axis, from), max: valueAt(axis, to) };
}

/**
 * Where each value stands on its axis, from 0 to 1 (NaN stays NaN). Jitter spreads equal values (whole days, whole orders)
 * over their unit so that columns do not hide one another. It depends on the row and the seed alone and changes the picture
 * only: brushes and tooltips use the true values.
 */
export function sharesOf(
	values: Float64Array,
	axis: Axis,
	{ jitter = 0, seed = 0 }: { readonly jitter?: number; readonly seed?: number } = {}
): Float32Array {
	const shares = new Float32Array(values.length);
	const width = jitter * JITTER_FILL;
	const scale = 1 / (axis.hi - axis.lo);
	const isLog = axis.kind === 'log';
	const floor = ((axis.floor ?? axis.lo) - axis.lo) * scale;
	// Written out, because a million customers are looked at twice whenever an axis changes.
	for (let row = 0; row < values.length; row += 1) {
		let value = values[row] as number;
		if (width !== 0 && (value > 0 || !isLog)) value += width * (deriveSeed(seed, row) / 4294967296 - 0.5);
		if (!isLog) shares[row] = (value - axis.lo) * scale;
		else if (value > 0) shares[row] = (Math.log(value) - axis.lo) * scale;
		else shares[row] = Number.isNaN(value) ? NaN : floor;
	}
	return shares;
}

function transformed(axis: Axis, value: number): number {
	if (axis.kind === 'linear' || Number.isNaN(value)) return value;
	return value > 0 ? Math.log(value) : (axis.floor ?? axis.lo);
}

function extremes(values: Float64Array): { min: number; max: number; minPositive: number } {
	let min = Infinity;
	let max = -Infinity;
	let minPositive = Infinity;
	for (let row = 0; row < values.length; row += 1) {
		const value = values[row] as number;
		if (!Number.isFinite(value)) continue;
		if (value < min) min = value;
		if (value > max) max = value;
		if (value > 0 && value < minPositive) minPositive = value;
	}
	return { min, max, minPositive };
}

function padded(lo: number, hi: number): { lo: number; hi: number } {
	const margin = hi > lo ? MARGIN * (hi - lo) : 0.5;
	return { lo: lo - margin, hi: hi + margin };
}
