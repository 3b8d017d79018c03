import { breathe } from '#lib/core/pause.ts';
import { stepInGrid } from './keys.ts';
import { cutText, textWidth } from './labels.ts';
import { axisOf, sharesOf, type Axis, type ScaleKind } from './scatter-axis.ts';
import { axisTicks, type AxisTick } from './scatter-ticks.ts';

/** A feature as one of the axes. */
export interface ParallelFeature {
	readonly id: string;
	readonly name: string;
	/** By row; NaN where there is no value. */
	readonly values: Float64Array;
	readonly scale: ScaleKind;
	/** A tick, short. */
	readonly format: (value: number) => string;
	/** A value as a sentence has it, with its unit. */
	readonly amount: (value: number) => string;
}

/** An axis with where each row stands on it, 0 to 1. */
export interface ParallelAxis extends ParallelFeature {
	readonly axis: Axis;
	readonly shares: Float32Array;
}

/** Sizes in pixels: axes side by side, or one below the other where there is little room. */
export interface ParallelLayout {
	readonly isUpright: boolean;
	readonly height: number;
	/** Where a share of an axis stands. */
	readonly place: (axis: number, share: number) => { readonly x: number; readonly y: number };
	/** Pixels from one end of an axis to the other. */
	readonly length: number;
	/** Pixels that the name of an axis may take. */
	readonly room: number;
	/** The axis at a place and the share there; null where none is near. */
	readonly at: (x: number, y: number) => { readonly axis: number; readonly share: number } | null;
}

const NARROW = 560;
const TOP = { upright: 56, below: 40 } as const;
const LENGTH = 260;
const SIDE = 74;
/** Pixels between two names. */
const BETWEEN = 16;
const NAME_SIZE = 13;
const ROW = 78;
/** How near to an axis the pointer holds it, in pixels. */
const REACH = 18;
/** Rows looked at for the middle of a segment. */
const SAMPLE = 20_000;

/** The axes of features. A million values take a while: everything else has its turn in between. */
export async function parallelAxes(features: readonly ParallelFeature[]): Promise<ParallelAxis[]> {
	const axes: ParallelAxis[] = [];
	for (const feature of features) {
		await breathe();
		const axis = axisOf(feature.values, feature.scale);
		axes.push({ ...feature, axis, shares: sharesOf(feature.values, axis) });
	}
	return axes;
}

/** Sizes for a width and so many axes. */
export function parallelLayout(width: number, axisCount: number): ParallelLayout {
	const isUpright = width >= NARROW;
	const gap = axisCount > 1 ? (width - 2 * SIDE) / (axisCount - 1) : 0;
	const inset = 10;
	const length = isUpright ? LENGTH : Math.max(width - 2 * inset, 1);
	const place = (axis: number, share: number): { x: number; y: number } =>
		isUpright
			? { x: SIDE + axis * gap, y: TOP.upright + (1 - share) * LENGTH }
			: { x: inset + share * length, y: TOP.below + axis * ROW };
	return {
		isUpright,
		height: isUpright ? TOP.upright + LENGTH + 16 : TOP.below + Math.max(axisCount - 1, 0) * ROW + 34,
		room: isUpright ? Math.min(gap || width, 2 * SIDE + BETWEEN) - BETWEEN : width,
		place,
		length,
		at(x, y) {
			for (let axis = 0; axis < axisCount; axis += 1) {
				const start = place(axis, 0);
				const isNear = Math.abs(isUpright ? x - start.x : y - start.y) <= REACH;
				if (!isNear) continue;
				const share = isUpright ? (start.y - y) / length : (x - start.x) / length;
				return { axis, share: Math.min(Math.max(share, 0), 1) };
			}
			return null;
		}
	};
}

/** The name of an axis in one line or two, cut only where those do not hold it. */
export function nameLines(name: string, room: number): string[] {
	if (textWidth(name, NAME_SIZE) <= room) return [name];
	const words = name.split(' ');
	const heads = words.map((_, i) => words.slice(0, i + 1).join(' '));
	const fitting = heads.slice(0, -1).filter((head) => textWidth(head, NAME_SIZE) <= room).length;
	if (fitting === 0) return [cutText(name, room, NAME_SIZE)];
	return [words.slice(0, fitting).join(' '), cutText(words.slice(fitting).join(' '), room, NAME_SIZE)];
}

/** Ticks of an axis, as few as its length leaves room for. */
export function parallelTicks(
	{ axis, format }: ParallelAxis,
	length: number,
	isUpright: boolean
): AxisTick[] {
	return axisTicks(axis, length, format, { gap: isUpright ? 48 : 76 });
}

/** The median share of each segment on each axis, `[segment][axis]`; NaN where nobody has a value. */
export function typicalShares(
	axes: readonly ParallelAxis[],
	segments: readonly { readonly index: number }[],
	colour: Uint8Array
): number[][] {
	const step = Math.max(1, Math.floor(colour.length / SAMPLE));
	const byAxis = axes.map(({ shares }) => mediansBySegment(shares, colour, step));
	return segments.map(({ index }) => byAxis.map((medians) => medians(index)));
}

/** The median share of a segment, of every `step`-th row; NaN where nobody has a value. */
function mediansBySegment(shares: Float32Array, colour: Uint8Array, step: number): (index: number) => number {
	const of = new Map<number, number[]>();
	for (let row = 0; row < shares.length; row += step) {
		const [share, index] = [shares[row] as number, colour[row] as number];
		if (Number.isNaN(share)) continue;
		const found = of.get(index);
		if (found) found.push(share);
		else of.set(index, [share]);
	}
	return (index) => {
		const found = Float32Array.from(of.get(index) ?? []).sort();
		return found[found.length >> 1] ?? NaN;
	};
}

/** The places of one row on all axes; a gap where it has no value begins a new piece. */
export function lineOf(axes: readonly ParallelAxis[], row: number, place: ParallelLayout['place']): Path2D {
	const path = new Path2D();
	let isDown = false;
	axes.forEach(({ shares }, axis) => {
		const share = shares[row] as number;
		if (Number.isNaN(share)) {
			isDown = false;
			return;
		}
		const { x, y } = place(axis, share);
		if (isDown) path.lineTo(x, y);
		else path.moveTo(x, y);
		isDown = true;
	});
	return path;
}

/** The mark a key leads to, among the values of segments: left and right along the axes, up and down between segments. */
export function stepInLines(
	key: string,
	mark: number,
	segmentCount: number,
	axisCount: number
): number | null {
	return stepInGrid(key, mark, segmentCount, axisCount);
}
