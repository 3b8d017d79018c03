import { notice, type Notice } from '#lib/core/errors.ts';
import { rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { throwIfAborted, type OnProgress } from '#lib/core/progress.ts';
import { deriveSeed, sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import { calinskiHarabasz } from '#lib/stats/calinski-harabasz.ts';
import { daviesBouldin } from '#lib/stats/davies-bouldin.ts';
import { countDistinctRows } from '#lib/stats/distinct.ts';
import { clusterSizes, type Labeling } from '#lib/stats/labeling.ts';
import { mean } from '#lib/stats/moments.ts';
import { pca, projectRows } from '#lib/stats/pca.ts';
import { applyScaler } from '#lib/stats/scale.ts';
import { silhouettePerCluster, silhouetteSamples } from '#lib/stats/silhouette.ts';
import { columnShapes } from './column-shapes.ts';
import type { Components, Compute, Fitted, StabilityInput, SweepInput, SweepOutput } from './compute.ts';
import { importance } from './drivers/importance.ts';
import { imputeKnn } from './impute-knn.ts';
import { methodById } from './methods/index.ts';
import type { Clustering } from './methods/method.ts';
import { powerFit } from './power-fit.ts';
import type { Scaler, SegmentStability } from './schema.ts';
import { fitSpace, toSpace } from './space.ts';
import { bootstrapStability } from './stability.ts';

/** Above this many customers the silhouette is taken over a sample of this size. */
const SILHOUETTE_ROWS = 5000;
/** Starts for a resample: it follows a clustering that is already known to be there, so few find it again. */
const RESAMPLE_INIT_COUNT = 3;
/** The part of a sweep's progress that is fitting; the rest is the indices. */
const FIT_SHARE = 0.85;

/**
 * The heavy numbers computed where it is called: in a worker, or headless. Rows are taken in the order given, and all
 * randomness follows from the seed: same input, same answer. It can stop between the fits of a sweep and between resamples.
 */
export const localCompute: Compute = { sweep, stability, components, imputeKnn, powerFit, importance };

async function sweep(input: SweepInput, signal: AbortSignal, onProgress: OnProgress): Promise<SweepOutput> {
	const report = inPercent('Looking for segments', onProgress);
	const space = fitSpace(input.data, input);
	const scaled = toSpace(input.data, space);
	const distinct = countDistinctRows(scaled, Math.max(0, ...input.clusterCounts));
	const clusterCounts = input.clusterCounts.filter((clusterCount) => clusterCount <= distinct);
	const clusterings = await fitEach(scaled, clusterCounts, input, signal, (share) =>
		report(share * FIT_SHARE)
	);
	throwIfAborted(signal);
	const sample = silhouetteRows(scaled.rowCount, input.seed);
	const fits = withIndices(scaled, sample, clusterings, (share) =>
		report(FIT_SHARE + share * (1 - FIT_SHARE))
	);
	report(1);
	return {
		...space,
		fits,
		silhouetteSample: sample.length,
		notices: sweepNotices(input, distinct, sample.length)
	};
}

async function fitEach(
	scaled: Matrix,
	clusterCounts: readonly number[],
	{ method: id, seed, initCount }: SweepInput,
	signal: AbortSignal,
	onShare: (share: number) => void
): Promise<Clustering[]> {
	const method = methodById(id);
	// A fit takes longer the more clusters it has: a share of k for each.
	const total = clusterCounts.reduce((sum, clusterCount) => sum + clusterCount, 0);
	const clusterings: Clustering[] = [];
	let done = 0;
	for (const clusterCount of clusterCounts) {
		throwIfAborted(signal);
		const onProgress = (share: number): void => onShare((done + share * clusterCount) / total);
		const context = { seed: deriveSeed(seed, clusterCount), onProgress };
		clusterings.push(await method.fit(scaled, { clusterCount, initCount }, context));
		done += clusterCount;
	}
	return clusterings;
}

function withIndices(
	scaled: Matrix,
	sample: Int32Array,
	clusterings: readonly Clustering[],
	onShare: (share: number) => void
): Fitted[] {
	const sampled = clusterings.map(({ labels, clusterCount }) => ({
		labels: Uint8Array.from(sample, (row) => labels[row] as number),
		clusterCount
	}));
	const silhouettes = silhouetteSamples(rowsOf(scaled, sample), sampled, onShare);
	return clusterings.map((clustering, i) => {
		const samples = silhouettes[i] as Float64Array;
		return {
			candidate: {
				k: clustering.clusterCount,
				inertia: clustering.inertia,
				silhouette: mean(samples),
				calinskiHarabasz: finite(calinskiHarabasz(scaled, clustering)),
				daviesBouldin: finite(daviesBouldin(scaled, clustering)),
				sizes: Array.from(clusterSizes(clustering))
			},
			labels: clustering.labels,
			centroids: clustering.centroids,
			silhouettePerCluster: silhouettePerCluster(samples, sampled[i] as Labeling)
		};
	});
}

/** An index that is not defined, because every row is a cluster of its own, is shown as 0. */
function finite(index: number): number {
	return Number.isFinite(index) ? index : 0;
}

function silhouetteRows(rowCount: number, seed: number): Int32Array {
	return sampleWithoutReplacement(seeded(deriveSeed(seed, 0)), Math.min(rowCount, SILHOUETTE_ROWS), rowCount);
}

function sweepNotices({ data, clusterCounts }: SweepInput, distinct: number, sample: number): Notice[] {
	const notices: Notice[] = [];
	const asked = Math.max(0, ...clusterCounts);
	if (distinct < asked) notices.push(notice('segment.distinct-points', { distinct, asked }));
	if (sample < data.rowCount) {
		notices.push(notice('segment.sampled-silhouette', { sample, customers: data.rowCount }));
	}
	return notices;
}

async function stability(
	{ data, method: id, scaler, projection, labels, clusterCount, resamples, seed }: StabilityInput,
	signal: AbortSignal,
	onProgress: OnProgress
): Promise<SegmentStability[]> {
	const method = methodById(id);
	const report = inPercent('Checking that segments come back', onProgress);
	const params = { clusterCount, initCount: RESAMPLE_INIT_COUNT };
	const result = await bootstrapStability(
		toSpace(data, { scaler, projection }),
		{ labels, clusterCount },
		{
			resamples,
			seed,
			recluster: (rows, rowSeed) => method.fit(rows, params, { seed: rowSeed, onProgress: () => undefined }),
			onResample: (done) => {
				throwIfAborted(signal);
				report(done / resamples);
			}
		}
	);
	report(1);
	return result;
}

async function components(data: Matrix, scaler: Scaler, signal: AbortSignal): Promise<Components> {
	throwIfAborted(signal);
	const scaled = applyScaler(data, scaler);
	const found = pca(scaled);
	return {
		scores: projectRows(scaled, found, 2),
		loadings: found.loadings,
		eigenvalues: Array.from(found.eigenvalues),
		explained: Array.from(found.explained),
		columns: columnShapes(data, scaled)
	};
}

/** Passes a share on when its whole percent has risen. */
function inPercent(what: string, onProgress: OnProgress): (share: number) => void {
	let shown = -1;
	return (share) => {
		const percent = Math.floor(share * 100);
		if (percent <= shown) return;
		shown = percent;
		onProgress({ what, share });
	};
}
