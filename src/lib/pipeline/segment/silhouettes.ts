import { rowsOf } from '#lib/core/matrix.ts';
import { inPercent, throwIfAborted } from '#lib/core/progress.ts';
import { deriveSeed, sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import type { Compute } from '#lib/pipeline/compute.ts';
import { silhouetteSamples } from '#lib/stats/silhouette.ts';
import { toSpace } from './space.ts';

/** Keeps the sample apart from others that are drawn with the same seed. */
const SAMPLE_STREAM = 17;

/** The silhouette of each customer, or of each in a sample where there are more than asked for. */
export const silhouettes: Compute['silhouettes'] = async (input, signal, onProgress) => {
	const { data, labels, clusterCount, most, seed } = input;
	const report = inPercent('Comparing people with their segments', onProgress);
	const random = seeded(deriveSeed(seed, SAMPLE_STREAM));
	const rows = sampleWithoutReplacement(random, Math.min(most, data.rowCount), data.rowCount);
	throwIfAborted(signal);
	const compared = rowsOf(toSpace(data, input), rows);
	const sampled = { labels: Uint8Array.from(rows, (row) => labels[row] as number), clusterCount };
	const [values] = silhouetteSamples(compared, [sampled], report);
	report(1);
	return { rows, values: values ?? new Float64Array(0) };
};
