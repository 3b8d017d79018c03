import type { Matrix } from '#lib/core/matrix.ts';
import { throwIfAborted } from '#lib/core/progress.ts';
import { sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import { knnImpute } from '#lib/stats/knn-impute.ts';
import { maskedError } from '#lib/stats/masked-error.ts';
import { variance } from '#lib/stats/moments.ts';
import type { Compute } from '#lib/pipeline/compute.ts';
import type { KnnImputeInput } from './compute.ts';

/** The part of the progress that is filling; the rest is hiding known values and finding them again. */
const FILL_SHARE = 0.9;

/** Fills missing cells from the nearest rows, and says how far that misses values that are known. */
export const imputeKnn: Compute['imputeKnn'] = async (input, signal, onProgress) => {
	throwIfAborted(signal);
	const what = 'Looking for the nearest rows';
	const { data, neighborCount, columns } = input;
	const [candidates, donors] = pickDonors(input);
	const scales = input.scaling === 'standard' ? deviations(data) : undefined;
	const options = { neighborCount, donors, ...(scales && { scales }) };
	let shown = -1;
	const filled = knnImpute(data, {
		...options,
		columns,
		onShare: (share) => {
			const percent = Math.floor(share * FILL_SHARE * 100);
			if (percent > shown) onProgress({ what, share: percent / 100 });
			shown = percent;
		}
	});
	const errors = columns.map((column) => maskedError(data, column, input.seed, options));
	onProgress({ what, share: 1 });
	return {
		...filled,
		candidates,
		donors: donors.length,
		masked: errors.map(({ masked }) => masked),
		errorKnn: errors.map(({ knn }) => knn),
		errorMedian: errors.map(({ median }) => median)
	};
};

/** How many rows could lend a value and be compared, and those that do. */
function pickDonors({ data, columns, mostDonors, seed }: KnnImputeInput): [number, Int32Array] {
	const { values, rowCount, columnCount } = data;
	const candidates: number[] = [];
	for (let row = 0; row < rowCount; row += 1) {
		const isKnown = (column: number): boolean =>
			Number.isFinite(values[row * columnCount + column] as number);
		let known = 0;
		for (let c = 0; c < columnCount && known < 2; c += 1) if (isKnown(c)) known += 1;
		if (known >= 2 && columns.some(isKnown)) candidates.push(row);
	}
	if (candidates.length <= mostDonors) return [candidates.length, Int32Array.from(candidates)];
	const picks = sampleWithoutReplacement(seeded(seed), mostDonors, candidates.length);
	return [candidates.length, picks.map((pick) => candidates[pick] as number)];
}

/** The population deviation of the known cells of each column; 1 where no two differ, so that it takes no part. */
function deviations({ values, rowCount, columnCount }: Matrix): Float64Array {
	return Float64Array.from({ length: columnCount }, (_, c) => {
		const known = Float64Array.from(
			{ length: rowCount },
			(_, row) => values[row * columnCount + c] as number
		);
		const deviation = Math.sqrt(variance(known.filter(Number.isFinite)));
		return deviation > 0 ? deviation : 1;
	});
}
