import type { Matrix } from '#lib/core/matrix.ts';
import { columnMoments } from './moments.ts';

export type Scaling = 'log1p-standard' | 'standard' | 'none';

/** How each column is scaled: z = (f(x) − mean) / deviation, with f the logarithm below or the identity. */
export interface ColumnScaler {
	readonly scaling: Scaling;
	readonly means: readonly number[];
	readonly deviations: readonly number[];
}

/**
 * Learns the scale of each column.
 *
 * - `log1p-standard`: f(x) = sign(x)·ln(1 + |x|), which is ln(1 + x) for the counts, days and amounts it is made for and
 *   stays finite and ordered for the few customers whose refunds exceed their orders; then as `standard`.
 * - `standard`: minus the mean, divided by the population deviation (ddof 0, as scikit-learn's StandardScaler).
 * - `none`: means 0, deviations 1.
 *
 * A column whose deviation is 0 (or so small that it is rounding: below 1e-12 of the mean's size) gets deviation 1, so
 * that it becomes zeros and takes no part. O(n·d).
 */
export function fitScaler(data: Matrix, scaling: Scaling): ColumnScaler {
	const { columnCount } = data;
	if (scaling === 'none' || data.rowCount === 0) {
		return {
			scaling,
			means: Array<number>(columnCount).fill(0),
			deviations: Array<number>(columnCount).fill(1)
		};
	}
	const { means, variances } = columnMoments(scaling === 'log1p-standard' ? mapped(data, logOf) : data);
	const deviations = Array.from(variances, (variance, c) => {
		const deviation = Math.sqrt(variance);
		return deviation <= 1e-12 * Math.abs(means[c] as number) ? 1 : deviation;
	});
	return { scaling, means: Array.from(means), deviations };
}

/** The rows in the scaled space, as a new matrix. O(n·d). */
export function applyScaler({ values, rowCount, columnCount }: Matrix, scaler: ColumnScaler): Matrix {
	const { means, deviations } = scaler;
	const takeLog = scaler.scaling === 'log1p-standard';
	const out = new Float64Array(values.length);
	for (let at = 0; at < values.length;) {
		for (let c = 0; c < columnCount; c += 1, at += 1) {
			const value = values[at] as number;
			out[at] = ((takeLog ? logOf(value) : value) - (means[c] as number)) / (deviations[c] as number);
		}
	}
	return { values: out, rowCount, columnCount };
}

/** The rows back in their own units: the inverse of `applyScaler`, exact but for rounding. O(n·d). */
export function invertScaler({ values, rowCount, columnCount }: Matrix, scaler: ColumnScaler): Matrix {
	const { means, deviations } = scaler;
	const takeExp = scaler.scaling === 'log1p-standard';
	const out = new Float64Array(values.length);
	for (let at = 0; at < values.length;) {
		for (let c = 0; c < columnCount; c += 1, at += 1) {
			const value = (values[at] as number) * (deviations[c] as number) + (means[c] as number);
			out[at] = takeExp ? Math.sign(value) * Math.expm1(Math.abs(value)) : value;
		}
	}
	return { values: out, rowCount, columnCount };
}

function logOf(value: number): number {
	return value < 0 ? -Math.log1p(-value) : Math.log1p(value);
}

function mapped(data: Matrix, map: (value: number) => number): Matrix {
	return { ...data, values: data.values.map(map) };
}
