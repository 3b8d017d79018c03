import { rowsOf } from '#lib/core/matrix.ts';
import { inPercent, throwIfAborted } from '#lib/core/progress.ts';
import { below, deriveSeed, sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import type { Compute } from '#lib/pipeline/compute.ts';
import { bestJaccard } from '#lib/stats/jaccard.ts';
import type { Labeling } from '#lib/stats/labeling.ts';
import { mean } from '#lib/stats/moments.ts';
import { quantiles } from '#lib/stats/quantile.ts';
import type { Similarities } from './compute.ts';
import { methodById } from './methods/index.ts';
import type { ClusterData } from './methods/method.ts';
import type { SegmentStability } from './schema.ts';
import { toSpace } from './space.ts';

export interface BootstrapOptions {
	/** Which resamples to draw, by number. */
	readonly resamples: readonly number[];
	readonly seed: number;
	/** Clusters a resample in the same way as the data; it is told what part of the rows it is, and a seed of its own. */
	readonly recluster: (data: ClusterData, seed: number, share: number) => Promise<Labeling>;
	/** Told before each resample how many are done; it may throw to stop. */
	readonly onResample: (done: number) => void;
}

/** Above this many rows a resample is a subset of this size. */
const RESAMPLE_ROWS = 5000;
/** Starts for a resample: it follows a clustering that is already known to be there, so few find it again. */
const RESAMPLE_INIT_COUNT = 3;

/** Draws customers again, clusters them anew, and looks for each cluster among the new ones. It can stop between resamples. */
export const stability: Compute['stability'] = (input, signal, onProgress) => {
	const { data, categories, method: id, options, labels, clusterCount, resamples, seed, ...space } = input;
	const method = methodById(id);
	const report = inPercent('Checking that segments come back', onProgress);
	const params = { ...options, clusterCount, initCount: RESAMPLE_INIT_COUNT };
	return bootstrapSimilarities(
		{ numbers: toSpace(data, space), categories },
		{ labels, clusterCount },
		{
			resamples,
			seed,
			recluster: (rows, rowSeed, share) =>
				method.fit(rows, params, { seed: rowSeed, onProgress: () => undefined, share }),
			onResample: (done) => {
				throwIfAborted(signal);
				report(done / resamples.length);
			}
		}
	);
};

/**
 * Clusterwise stability by resampling (Hennig 2007; `clusterboot` of the R package fpc): cluster a resample, and take for
 * each cluster its best Jaccard similarity with a new cluster, over the different rows of the resample. Up to 5,000 rows
 * a resample draws as many rows with replacement (fpc's `boot`), above that 5,000 rows without (fpc's `subset`).
 * Resamples that have no row of a cluster say nothing of it. O(resamples · cost of a clustering of 5,000 rows).
 */
export async function bootstrapSimilarities(
	data: ClusterData,
	{ labels, clusterCount }: Labeling,
	{ resamples, seed, recluster, onResample }: BootstrapOptions
): Promise<Similarities> {
	const similarities = Array.from({ length: clusterCount }, (): number[] => []);
	for (const [done, resample] of resamples.entries()) {
		onResample(done);
		const rows = drawRows(data.numbers.rowCount, deriveSeed(seed, 2 * resample));
		const share = rows.length / data.numbers.rowCount;
		const found = await recluster(rowsOfData(data, rows), deriveSeed(seed, 2 * resample + 1), share);
		const once = firstOccurrences(rows);
		const before = { labels: once.map((at) => labels[rows[at] as number] as number), clusterCount };
		const after = { labels: once.map((at) => found.labels[at] as number), clusterCount: found.clusterCount };
		bestJaccard(before, after).forEach((similarity, cluster) => {
			if (!Number.isNaN(similarity)) similarities[cluster]?.push(similarity);
		});
	}
	return similarities;
}

/**
 * Per cluster the mean similarity, and its 2.5 % and 97.5 % quantiles. A cluster that no resample met has 0.
 * @param resamples how many were drawn
 */
export function summarizeStability(similarities: Similarities, resamples: number): SegmentStability[] {
	return similarities.map((values, cluster) => {
		if (values.length === 0) return { cluster, jaccard: 0, low: 0, high: 0, resamples };
		const [low, high] = quantiles(values, [0.025, 0.975]) as [number, number];
		return { cluster, jaccard: mean(values), low, high, resamples };
	});
}

/** The chosen rows, in the order given. */
export function rowsOfData({ numbers, categories }: ClusterData, rows: Int32Array): ClusterData {
	return {
		numbers: rowsOf(numbers, rows),
		categories: categories.map((column) => ({
			...column,
			codes: rows.map((row) => column.codes[row] as number)
		}))
	};
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
