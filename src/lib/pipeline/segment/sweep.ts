import { notice, type Notice } from '#lib/core/errors.ts';
import type { Matrix } from '#lib/core/matrix.ts';
import { inPercent, throwIfAborted } from '#lib/core/progress.ts';
import { deriveSeed, sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import type { Compute } from '#lib/pipeline/compute.ts';
import { countDistinctRows } from '#lib/stats/distinct.ts';
import type { Fitted, SweepInput } from './compute.ts';
import { compareWithGroupFree, type GroupFreeIndices } from './group-free.ts';
import { clusterIndices, type Indices } from './indices.ts';
import { methodById } from './methods/index.ts';
import type { ClusterData, Clustering } from './methods/method.ts';
import { fitSpace, toSpace } from './space.ts';
import { rowsOfData } from './stability.ts';

/** Above this many customers the silhouette is taken over a sample of this size. */
const SILHOUETTE_ROWS = 5000;
/** Customers without groups are made like at most this many. */
const LIKE_ROWS = 5000;
/** The parts of a sweep's progress: fitting, then comparing with customers without groups; the rest is the indices. */
const FIT_SHARE = 0.5;
const COMPARE_SHARE = 0.3;
/** The stream of the seed that customers without groups are made of: apart from those of fits and resamples. */
const GROUP_FREE_STREAM = 1000;

/** The clusterings of several k with their indices, over the same scale. It can stop between fits. */
export const sweep: Compute['sweep'] = async (input, signal, onProgress) => {
	const report = inPercent('Looking for segments', onProgress);
	const space = fitSpace(input.data, input);
	const data = { numbers: toSpace(input.data, space), categories: input.categories };
	const clusterings = await fitEach(data, input, signal, (share) => report(share * FIT_SHARE));
	const compared = await compareEach(data, clusterings, input, signal, (share) =>
		report(FIT_SHARE + share * COMPARE_SHARE)
	);
	throwIfAborted(signal);
	const sample = sampleRows(data.numbers.rowCount, SILHOUETTE_ROWS, input.seed);
	const done = FIT_SHARE + COMPARE_SHARE;
	const indices = clusterIndices(data.numbers, clusterings, sample, (share) =>
		report(done + share * (1 - done))
	);
	report(1);
	return {
		...space,
		fits: clusterings.map((clustering, i) =>
			toFitted(clustering, indices[i] as Indices, compared[i] ?? null)
		),
		silhouetteSample: sample.length,
		notices: [...sweepNotices(input, data.numbers, sample.length), ...(clusterings.at(-1)?.notices ?? [])]
	};
};

async function fitEach(
	data: ClusterData,
	{ method: id, options, clusterCounts: asked, seed, initCount }: SweepInput,
	signal: AbortSignal,
	onShare: (share: number) => void
): Promise<Clustering[]> {
	const method = methodById(id);
	if (method.clusterCount === 'found') {
		return [await method.fit(data, { ...options, initCount }, { seed, onProgress: onShare, inDetail: true })];
	}
	const distinct = countDistinctRows(data.numbers, Math.max(0, ...asked));
	const clusterCounts = asked.filter((clusterCount) => clusterCount <= distinct);
	// A fit takes longer the more clusters it has: a share of k for each.
	const total = clusterCounts.reduce((sum, clusterCount) => sum + clusterCount, 0);
	const clusterings: Clustering[] = [];
	let done = 0;
	for (const clusterCount of clusterCounts) {
		throwIfAborted(signal);
		const onProgress = (share: number): void => onShare((done + share * clusterCount) / total);
		const context = { seed: deriveSeed(seed, clusterCount), onProgress, inDetail: true };
		clusterings.push(await method.fit(data, { ...options, clusterCount, initCount }, context));
		done += clusterCount;
	}
	return clusterings;
}

/** The same k of customers without groups; nothing where the method finds k itself. */
async function compareEach(
	data: ClusterData,
	clusterings: readonly Clustering[],
	{ method: id, options, seed }: SweepInput,
	signal: AbortSignal,
	onShare: (share: number) => void
): Promise<readonly (GroupFreeIndices | null)[]> {
	const method = methodById(id);
	if (method.clusterCount === 'found') return [];
	const like = rowsOfData(data, sampleRows(data.numbers.rowCount, LIKE_ROWS, seed));
	return compareWithGroupFree(like, clusterings, {
		method,
		options,
		seed: deriveSeed(seed, GROUP_FREE_STREAM),
		onShare: (share) => {
			throwIfAborted(signal);
			onShare(share);
		}
	});
}

function toFitted(clustering: Clustering, indices: Indices, compared: GroupFreeIndices | null): Fitted {
	const { labels, hasNoise, centroids, modes, confidence, details, clusterCount } = clustering;
	const { silhouettePerCluster, ...candidate } = indices;
	return {
		candidate: {
			k: clusterCount,
			...candidate,
			gap: compared?.gap ?? null,
			chance: compared?.chance ?? null
		},
		...{ labels, hasNoise, centroids, modes, confidence, details, silhouettePerCluster }
	};
}

/** All rows, or a sample of so many; the same for the same seed. */
function sampleRows(rowCount: number, most: number, seed: number): Int32Array {
	return sampleWithoutReplacement(seeded(deriveSeed(seed, 0)), Math.min(rowCount, most), rowCount);
}

function sweepNotices({ method, data, clusterCounts }: SweepInput, scaled: Matrix, sample: number): Notice[] {
	const notices: Notice[] = [];
	const asked = methodById(method).clusterCount === 'given' ? Math.max(0, ...clusterCounts) : 0;
	const distinct = countDistinctRows(scaled, asked);
	if (distinct < asked) notices.push(notice('segment.distinct-points', { distinct, asked }));
	if (sample < data.rowCount) {
		notices.push(notice('segment.sampled-silhouette', { sample, customers: data.rowCount }));
	}
	return notices;
}
