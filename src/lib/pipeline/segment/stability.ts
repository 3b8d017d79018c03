import { rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { below, deriveSeed, sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import { bestJaccard } from '#lib/stats/jaccard.ts';
import type { Labeling } from '#lib/stats/labeling.ts';
import { mean } from '#lib/stats/moments.ts';
import { quantiles } from '#lib/stats/quantile.ts';
import type { SegmentStability } from './schema.ts';

export interface BootstrapOptions {
	readonly resamples: number;
	readonly seed: number;
	/** Clusters a resample in the same way as the data; it is given a seed of its own. */
	readonly recluster: (data: Matrix, seed: number) => Promise<Labeling>;
	/** Told before each resample how many are done; it may throw to stop. */
	readonly onResample: (done: number) => void;
}

/** Above this many rows a resample is a subset of this size. */
const RESAMPLE_ROWS = 5000;

/**
 * Clusterwise stability by resampling (Hennig 2007; `clusterboot` of the R package fpc): cluster a resample, and take for
 * each cluster its best Jaccard similarity with a new cluster, over the different rows of the resample. Up to 5,000 rows
 * a resample draws as many rows with replacement (fpc's `boot`), above that 5,000 rows without (fpc's `subset`).
 * `jaccard` is the mean over resamples, `low` and `high` its 2.5 % and 97.5 % quantiles. A cluster that no resample
 * meets has 0. O(resamples · cost of a clustering of 5,000 rows).
 */
export async function bootstrapStability(
	data: Matrix,
	{ labels, clusterCount }: Labeling,
	{ resamples, seed, recluster, onResample }: BootstrapOptions
): Promise<SegmentStability[]> {
	const similarities = Array.from({ length: clusterCount }, (): number[] => []);
	for (let resample = 0; resample < resamples; resample += 1) {
		onResample(resample);
		const rows = drawRows(data.rowCount, deriveSeed(seed, resample));
		const found = await recluster(rowsOf(data, rows), deriveSeed(seed, resamples + resample));
		const once = firstOccurrences(rows);
		const before = { labels: once.map((at) => labels[rows[at] as number] as number), clusterCount };
		const after = { labels: once.map((at) => found.labels[at] as number), clusterCount: found.clusterCount };
		bestJaccard(before, after).forEach((similarity, cluster) => {
			if (!Number.isNaN(similarity)) similarities[cluster]?.push(similarity);
		});
	}
	return similarities.map((values, cluster) => summarizeSimilarities(cluster, values, resamples));
}

function summarizeSimilarities(
	cluster: number,
	values: readonly number[],
	resamples: number
): SegmentStability {
	if (values.length === 0) return { cluster, jaccard: 0, low: 0, high: 0, resamples };
	const [low, high] = quantiles(values, [0.025, 0.975]) as [number, number];
	return { cluster, jaccard: mean(values), low, high, resamples };
}

function drawRows(rowCount: number, seed: number): Int32Array {
	const random = seeded(seed);
	if (rowCount > RESAMPLE_ROWS) return sampleWithoutReplacement(random, RESAMPLE_ROWS, rowCount);
	return Int32Array.from({ length: rowCount }, () => below(random, rowCount));
}

/** The places where each row stands for the first time. */
function firstOccurrences(rows: Int32Array): number[] {
	const seen = new Set<number>();
	const places: number[] = [];
	rows.forEach((row, at) => {
		if (!seen.has(row)) places.push(at);
		seen.add(row);
	});
	return places;
}
