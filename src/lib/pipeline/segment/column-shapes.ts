import { columnOf, type Matrix } from '#lib/core/matrix.ts';
import { columnMoments } from '#lib/stats/moments.ts';
import { skewness } from '#lib/stats/skewness.ts';

/** How the values of a column lie. */
export interface ColumnShape {
	readonly min: number;
	readonly max: number;
	/** Rows in bins of equal width from `min` to `max`; all in the first where the two are equal. */
	readonly counts: readonly number[];
	/** Share of rows below 0. */
	readonly belowZero: number;
	/** NaN where no two values differ. */
	readonly skewness: number;
}

/** A feature before and after it was scaled. */
export interface ScaledColumn {
	readonly before: ColumnShape;
	readonly after: ColumnShape;
	/** Its share of the variance of all scaled features, which is what it weighs in a distance; 0 where nothing varies. */
	readonly weight: number;
}

const BINS = 24;

/** What a scale does to each column: `scaled` has the rows of `data`, of which there is at least one. O(n·d). */
export function columnShapes(data: Matrix, scaled: Matrix): ScaledColumn[] {
	const { variances } = columnMoments(scaled);
	const total = variances.reduce((sum, variance) => sum + variance, 0);
	return Array.from(variances, (variance, c) => ({
		before: shapeOf(columnOf(data, c)),
		after: shapeOf(columnOf(scaled, c)),
		weight: total === 0 ? 0 : variance / total
	}));
}

function shapeOf(values: Float64Array): ColumnShape {
	let [min, max] = [Infinity, -Infinity];
	for (const value of values) {
		if (value < min) min = value;
		if (value > max) max = value;
	}
	const counts = Array<number>(BINS).fill(0);
	const perUnit = max > min ? BINS / (max - min) : 0;
	for (const value of values) counts[Math.min(BINS - 1, Math.floor((value - min) * perUnit))]! += 1;
	const belowZero = values.reduce((sum, value) => sum + (value < 0 ? 1 : 0), 0) / values.length;
	return { min, max, counts, belowZero, skewness: skewness(values) };
}
