import { placeOn, type Axis } from './scatter-axis.ts';
import { DAY_TICKS, linearTicks, logTicks } from './ticks.ts';

/** A mark on an axis. */
export interface AxisTick {
	/** Pixels from the axis's start. */
	readonly at: number;
	readonly text: string;
}

/**
 * Ticks of an axis with at least `gap` pixels between them. `days` gives a logarithmic axis the ages people
 * think in instead of powers of ten. The floor of a logarithmic axis is marked as zero.
 */
export function axisTicks(
	axis: Axis,
	length: number,
	format: (value: number) => string,
	{ gap = 40, days = false }: { readonly gap?: number; readonly days?: boolean } = {}
): AxisTick[] {
	const ticks = valuesOf(axis, days).map((value) => ({
		at: placeOn(axis, value) * length,
		text: format(value)
	}));
	const floor =
		axis.floor === null ? [] : [{ at: placeOn(axis, 0) * length, text: axis.min < 0 ? '≤ 0' : '0' }];
	return withRoom(
		[...floor, ...ticks].filter(({ at }) => at >= 0 && at <= length),
		gap
	);
}

function valuesOf(axis: Axis, days: boolean): readonly number[] {
	if (axis.kind === 'linear') return linearTicks(axis.lo, axis.hi, 6);
	if (days) return DAY_TICKS;
	return logTicks(Math.exp(axis.lo), Math.exp(axis.hi), 6);
}

function withRoom(ticks: readonly AxisTick[], gap: number): AxisTick[] {
	let last = -Infinity;
	return ticks.filter(({ at }) => {
		if (at - last < gap) return false;
		last = at;
		return true;
	});
}
