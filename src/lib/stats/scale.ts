import { columnOf, type Matrix } from '#lib/core/matrix.ts';
import { columnMoments } from './moments.ts';
import { boxCox, boxCoxLambda, yeoJohnson, yeoJohnsonLambda } from './power-transform.ts';
import { quantileSorted } from './quantile.ts';

/** The ways to scale columns; see `fitScaler`. */
export type Scaling =
	'log1p-standard' | 'standard' | 'min-max' | 'robust' | 'log1p' | 'box-cox' | 'yeo-johnson' | 'none';

/** True for the scalings whose f is the logarithm, which takes a column apart at 0 where it goes below. */
export function isLogarithmic(scaling: Scaling): boolean {
	return scaling === 'log1p-standard' || scaling === 'log1p';
}

/**
 * How each column is scaled: z = (f(x) − center) / scale, with f the logarithm or the power of the scaling, or the
 * identity. Plain data: stored and used again it gives the same numbers.
 */
export interface ColumnScaler {
	readonly scaling: Scaling;
	readonly centers: readonly number[];
	readonly scales: readonly number[];
	/** The exponents of `box-cox` and `yeo-johnson`; null for all others. */
	readonly lambdas: readonly number[] | null;
}

/**
 * Learns the scale of each column.
 *
 * - `log1p-standard`: f(x) = sign(x)·ln(1 + |x|), which is ln(1 + x) for the counts, days and amounts it is made for and
 *   stays finite and ordered for the few customers whose refunds exceed their orders; then as `standard`. It is steepest at
 *   0, so a column with many values on both sides comes apart there into two humps: `standard` and `yeo-johnson` fit those.
 * - `standard`: minus the mean, divided by the population deviation (ddof 0, as scikit-learn's StandardScaler).
 * - `min-max`: minus the least, divided by the span, so from 0 to 1 (MinMaxScaler).
 * - `robust`: minus the median, divided by the distance of the quartiles, type 7 (RobustScaler). Where the quartiles are
 *   equal, it is divided by 1.
 * - `log1p`: f(x) as above, and nothing else.
 * - `box-cox`, `yeo-johnson`: f(x) is the power whose exponent is most likely for the column, then as `standard`
 *   (PowerTransformer). Where so steep a power leaves a spread that rounding would eat (under 1e-6 of its center), as
 *   happens to values that differ by little, the exponent is 1.
 * - `none`: centers 0, scales 1.
 *
 * A column without spread (its scale is 0, or so small that it is rounding: at most 1e-12 of the center's size) gets scale
 * 1, so that it becomes zeros and takes no part. The same rows give the same bits. O(n·d), with a sort of each column for
 * `robust` and some 30 passes for the powers.
 *
 * @throws RangeError from `box-cox` when a number is not positive, from `yeo-johnson` when one is not finite
 */
export function fitScaler(data: Matrix, scaling: Scaling): ColumnScaler {
	const { rowCount, columnCount } = data;
	const fill = (value: number): number[] => Array<number>(columnCount).fill(value);
	const lambdas = usablePowers(data, scaling, lambdasOf(data, scaling));
	if (scaling === 'none' || scaling === 'log1p' || rowCount === 0) {
		return { scaling, centers: fill(0), scales: fill(1), lambdas };
	}
	const { centers, scales } = spread(mapped(data, forwardOf({ scaling, lambdas })), scaling);
	return {
		scaling,
		centers,
		scales: scales.map((scale, c) => (scale <= 1e-12 * Math.abs(centers[c] as number) ? 1 : scale)),
		lambdas
	};
}

/** The rows in the scaled space, as a new matrix. What the scaling cannot take, such as 0 for `box-cox`, is NaN. O(n·d). */
export function applyScaler(data: Matrix, scaler: ColumnScaler): Matrix {
	const { centers, scales } = scaler;
	const forward = forwardOf(scaler);
	return mapped(data, (value, c) => (forward(value, c) - (centers[c] as number)) / (scales[c] as number));
}

/** The rows back in their own units: the inverse of `applyScaler`, exact but for rounding. O(n·d). */
export function invertScaler(data: Matrix, scaler: ColumnScaler): Matrix {
	const { centers, scales } = scaler;
	const backward = backwardOf(scaler);
	return mapped(data, (value, c) => backward(value * (scales[c] as number) + (centers[c] as number), c));
}

type ColumnMap = (value: number, column: number) => number;

function lambdasOf(data: Matrix, scaling: Scaling): number[] | null {
	if (scaling !== 'box-cox' && scaling !== 'yeo-johnson') return null;
	const fit = scaling === 'box-cox' ? boxCoxLambda : yeoJohnsonLambda;
	return Array.from({ length: data.columnCount }, (_, c) => fit(columnOf(data, c)));
}

/** The exponents, with 1 for those whose powers differ too little from each other, or are infinite. */
function usablePowers(data: Matrix, scaling: Scaling, lambdas: number[] | null): number[] | null {
	if (lambdas === null) return null;
	const { centers, scales } = spread(mapped(data, forwardOf({ scaling, lambdas })), scaling);
	const isUsable = (c: number): boolean => (scales[c] as number) > 1e-6 * Math.abs(centers[c] as number);
	return lambdas.map((lambda, c) => (isUsable(c) ? lambda : 1));
}

/** Where each column lies and how wide it is, as the scaling measures it. */
function spread(data: Matrix, scaling: Scaling): { centers: number[]; scales: number[] } {
	if (scaling === 'min-max' || scaling === 'robust') {
		const [low, centre, high] = scaling === 'min-max' ? [0, 0, 1] : [0.25, 0.5, 0.75];
		const columns = Array.from({ length: data.columnCount }, (_, c) => columnOf(data, c).sort());
		return {
			centers: columns.map((column) => quantileSorted(column, centre)),
			scales: columns.map((column) => quantileSorted(column, high) - quantileSorted(column, low))
		};
	}
	const { means, variances } = columnMoments(data);
	return { centers: Array.from(means), scales: Array.from(variances, Math.sqrt) };
}

function forwardOf({ scaling, lambdas }: Pick<ColumnScaler, 'scaling' | 'lambdas'>): ColumnMap {
	if (isLogarithmic(scaling)) return logOf;
	switch (scaling) {
		case 'box-cox':
			return (value, c) => boxCox(value, lambdas?.[c] ?? 1);
		case 'yeo-johnson':
			return (value, c) => yeoJohnson(value, lambdas?.[c] ?? 1);
		default:
			return (value) => value;
	}
}

function backwardOf({ scaling, lambdas }: ColumnScaler): ColumnMap {
	if (isLogarithmic(scaling)) return (value) => Math.sign(value) * Math.expm1(Math.abs(value));
	switch (scaling) {
		case 'box-cox':
			return (value, c) => Math.exp(logarithmOf(value, lambdas?.[c] ?? 1));
		case 'yeo-johnson':
			return (value, c) => {
				const lambda = lambdas?.[c] ?? 1;
				return value < 0
					? -Math.expm1(logarithmOf(-value, 2 - lambda))
					: Math.expm1(logarithmOf(value, lambda));
			};
		default:
			return (value) => value;
	}
}

/** The logarithm of which (e^(λ·l) − 1) / λ is the power. */
function logarithmOf(power: number, lambda: number): number {
	return lambda === 0 ? power : Math.log1p(lambda * power) / lambda;
}

function logOf(value: number): number {
	return value < 0 ? -Math.log1p(-value) : Math.log1p(value);
}

function mapped({ values, rowCount, columnCount }: Matrix, map: ColumnMap): Matrix {
	const out = new Float64Array(values.length);
	for (let at = 0; at < values.length;) {
		for (let c = 0; c < columnCount; c += 1, at += 1) out[at] = map(values[at] as number, c);
	}
	return { values: out, rowCount, columnCount };
}
