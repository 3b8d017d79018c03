import { pause } from '#lib/core/pause.ts';
import { median } from '#lib/stats/quantile.ts';
import type { Spread } from './explore.svelte.ts';

/** Some people against everyone, by one feature. */
export interface Comparison {
	readonly feature: string;
	readonly median: number;
	readonly medianAll: number;
	/** (mean of the people − mean of all) / deviation of all; logarithms where the feature is shown on a logarithmic scale. */
	readonly effect: number;
}

/** Of more customers than this, medians and means are those of every second, third, … one. */
const MOST_ROWS = 200_000;

/** How the people of a mask differ from everyone; none where nobody is picked. */
export async function compareWithAll(
	spreads: readonly Spread[],
	columnOf: (column: string) => Float64Array | undefined,
	mask: Uint8Array | null,
	stop: AbortSignal
): Promise<readonly Comparison[]> {
	const found: Comparison[] = [];
	for (const { column, spread } of mask === null ? [] : spreads) {
		stop.throwIfAborted();
		const values = columnOf(column);
		if (values === undefined || mask === null) continue;
		const { picked, all } = valuesOf(values, mask);
		const scale = spread.scale === 'log' ? Math.log : (value: number) => value;
		const effect = effectOf(picked, all, scale);
		found.push({ feature: column, median: median(picked), medianAll: median(all), effect });
		await pause();
	}
	return found;
}

function valuesOf(values: Float64Array, mask: Uint8Array): { picked: Float64Array; all: Float64Array } {
	const step = Math.ceil(values.length / MOST_ROWS);
	const picked = new Float64Array(values.length);
	const all = new Float64Array(Math.ceil(values.length / step));
	let [pickedCount, allCount] = [0, 0];
	for (let row = 0; row < values.length; row += 1) {
		const value = values[row] as number;
		if (!Number.isFinite(value)) continue;
		if (mask[row] === 1) picked[pickedCount++] = value;
		if (row % step === 0) all[allCount++] = value;
	}
	return { picked: thinned(picked.subarray(0, pickedCount)), all: all.subarray(0, allCount) };
}

function thinned(values: Float64Array): Float64Array {
	const step = Math.ceil(values.length / MOST_ROWS);
	return step <= 1 ? values : values.filter((_, i) => i % step === 0);
}

function effectOf(picked: Float64Array, all: Float64Array, scale: (value: number) => number): number {
	const mean = meanOf(all, scale);
	const squares = meanOf(all, (value) => (scale(value) - mean) ** 2);
	const effect = (meanOf(picked, scale) - mean) / Math.sqrt(squares);
	return Number.isFinite(effect) ? effect : 0;
}

function meanOf(values: Float64Array, scale: (value: number) => number): number {
	let sum = 0;
	for (const value of values) sum += scale(value);
	return sum / values.length;
}
