import type { Matrix } from '#lib/core/matrix.ts';
import { deriveSeed, sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import { knnImpute, type KnnImputeOptions } from './knn-impute.ts';
import { mean, variance } from './moments.ts';
import { median } from './quantile.ts';

/** Of the known cells of a column, this part is hidden, and no more than so many; fewer than the least say nothing. */
const MASKED_SHARE = 0.1;
const MOST_MASKED = 500;
const LEAST_MASKED = 5;

/** How well hidden values are found again; root mean squares in deviations of the column, NaN when none were hidden. */
export interface MaskedError {
	readonly masked: number;
	readonly knn: number;
	readonly median: number;
}

/**
 * Hides a sample of the known cells of one column (a tenth, at most 500), fills them by `knnImpute` and by the median of
 * the others, and measures both against what was hidden: the root of the mean squared difference, over the population
 * deviation of all known cells. The two are of the same cells, so they compare; 1 is what the mean would miss.
 */
export function maskedError(
	data: Matrix,
	column: number,
	seed: number,
	options: Omit<KnnImputeOptions, 'columns' | 'rows'>
): MaskedError {
	const { columnCount } = data;
	const known = knownRows(data, column);
	const size = Math.min(MOST_MASKED, Math.floor(known.length * MASKED_SHARE));
	const all = Float64Array.from(known, (row) => data.values[row * columnCount + column] as number);
	const deviation = Math.sqrt(variance(all));
	if (size < LEAST_MASKED || !(deviation > 0)) return { masked: 0, knn: NaN, median: NaN };
	const picks = sampleWithoutReplacement(seeded(deriveSeed(seed, column + 1)), size, known.length);
	const rows = Int32Array.from(picks, (pick) => known[pick] as number);
	const hidden = Float64Array.from(picks, (pick) => all[pick] as number);
	const values = data.values.slice();
	for (const row of rows) values[row * columnCount + column] = NaN;
	const masked = { ...data, values };
	const isHidden = new Set(picks);
	const middle = median(all.filter((_, i) => !isHidden.has(i)));
	const found = knnImpute(masked, { ...options, columns: [column], rows }).values;
	return {
		masked: size,
		knn: rootMeanSquare(hidden.map((value, i) => value - (found[i] as number))) / deviation,
		median: rootMeanSquare(hidden.map((value) => value - middle)) / deviation
	};
}

function knownRows({ values, rowCount, columnCount }: Matrix, column: number): Int32Array {
	const rows: number[] = [];
	for (let row = 0; row < rowCount; row += 1) {
		if (Number.isFinite(values[row * columnCount + column] as number)) rows.push(row);
	}
	return Int32Array.from(rows);
}

function rootMeanSquare(differences: Float64Array): number {
	return Math.sqrt(mean(differences.map((difference) => difference ** 2)));
}
