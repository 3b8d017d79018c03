import { describe, expect, it } from 'vitest';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import { seeded } from '#lib/core/random.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import type { Labeling } from '#lib/stats/labeling.ts';
import { methodById } from './methods/index.ts';
import { bootstrapSimilarities, summarizeStability } from './stability.ts';

const SEED = 1;

/** As many points in the plane as asked, around each of the centres; `spread` 1 keeps blobs at distance 10 apart. */
function points(perBlob: number, centres: readonly (readonly [number, number])[], spread: number) {
	const random = seeded(9);
	const own = centres.flatMap((centre, blob) => Array.from({ length: perBlob }, () => ({ centre, blob })));
	const around = (axis: 0 | 1): number[] =>
		own.map(({ centre }) => centre[axis] + spread * (random() + random() - 1));
	return { data: fromColumns([around(0), around(1)]), labels: own.map(({ blob }) => blob) };
}

async function stabilityOf(data: Matrix, labeling: Labeling, resamples = 20) {
	const similarities = await bootstrapSimilarities({ numbers: data, categories: [] }, labeling, {
		resamples: Array.from({ length: resamples }, (_, i) => i),
		seed: SEED,
		recluster: (rows, seed) =>
			methodById('kmeans').fit(
				rows,
				{ clusterCount: labeling.clusterCount, initCount: 3 },
				{ seed, onProgress: () => undefined }
			),
		onResample: () => undefined
	});
	return summarizeStability(similarities, resamples);
}

describe('bootstrap stability', () => {
	const planted = points(
		80,
		[
			[0, 0],
			[10, 0],
			[0, 10]
		],
		2
	);

	it('is near 1 for planted groups', async () => {
		const found = await stabilityOf(planted.data, { labels: planted.labels, clusterCount: 3 });
		expect(found.map(({ cluster }) => cluster)).toEqual([0, 1, 2]);
		for (const { jaccard, low, high } of found) {
			expect(jaccard).toBeGreaterThan(0.95);
			expect(low).toBeLessThanOrEqual(jaccard);
			expect(high).toBeGreaterThanOrEqual(jaccard);
		}
	});
	it('is low where there is no structure', async () => {
		const { data } = points(400, [[0, 0]], 5);
		const { labels, clusterCount } = await methodById('kmeans').fit(
			{ numbers: data, categories: [] },
			{ clusterCount: 7 },
			{ seed: 1, onProgress: () => undefined }
		);
		const found = await stabilityOf(data, { labels, clusterCount });
		expect(Math.min(...found.map(({ jaccard }) => jaccard))).toBeLessThan(0.7);
	});
	it('takes subsets of many rows', async () => {
		const many = points(
			2500,
			[
				[0, 0],
				[10, 0],
				[0, 10]
			],
			2
		);
		const found = await stabilityOf(many.data, { labels: many.labels, clusterCount: 3 }, 3);
		expect(Math.min(...found.map(({ jaccard }) => jaccard))).toBeGreaterThan(0.95);
	});
	it('asks a part of many rows for the density of all of them', async () => {
		const random = seeded(4);
		const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
		const own = Array.from({ length: 20_000 }, (_, row) => (row % 20 === 0 ? -1 : row % 3));
		const axis = (at: number) =>
			own.map((blob) => (blob === -1 ? 16 * random() - 6 : (blob === at ? 5 : 0) + 0.6 * normal()));
		const numbers = fromColumns([axis(1), axis(2)]);
		const options = { eps: 0.12, minPoints: 10 };
		const { labels, clusterCount } = await methodById('dbscan').fit({ numbers, categories: [] }, options, {
			seed: SEED,
			onProgress: () => undefined
		});
		const similarities = await localCompute.stability(
			{
				...{ data: numbers, categories: [], method: 'dbscan', options, labels, clusterCount },
				...{ resamples: [0, 1, 2, 3], seed: SEED, projection: null },
				scaler: { scaling: 'none', centers: [0, 0], scales: [1, 1], lambdas: null }
			},
			new AbortController().signal,
			() => undefined
		);
		const sizes = new Array<number>(clusterCount).fill(0);
		for (const label of labels) sizes[label]! += 1;
		const groups = summarizeStability(similarities, 4).filter(
			({ cluster }) => (sizes[cluster] as number) > 2000
		);
		expect(groups).toHaveLength(3);
		expect(Math.min(...groups.map(({ jaccard }) => jaccard))).toBeGreaterThan(0.93);
	});
	it('says 0 of a cluster that no resample meets', async () => {
		const found = await stabilityOf(planted.data, { labels: planted.labels, clusterCount: 4 }, 2);
		expect(found[3]).toEqual({ cluster: 3, jaccard: 0, low: 0, high: 0, resamples: 2 });
	});
	it('compares on the different rows of a resample, with exactly the clusters given', async () => {
		const data = fromColumns([[0, 1, 2, 3]]);
		const seen: number[] = [];
		const similarities = await bootstrapSimilarities(
			{ numbers: data, categories: [] },
			{ labels: [0, 0, 0, 0], clusterCount: 1 },
			{
				resamples: [0, 1, 2, 3, 4],
				seed: SEED,
				recluster: ({ numbers }) =>
					Promise.resolve({ labels: new Uint8Array(numbers.rowCount), clusterCount: 1 }),
				onResample: (done) => seen.push(done)
			}
		);
		expect(summarizeStability(similarities, 5)).toEqual([
			{ cluster: 0, jaccard: 1, low: 1, high: 1, resamples: 5 }
		]);
		expect(seen).toEqual([0, 1, 2, 3, 4]);
	});
	it('draws each resample by its number, whoever draws the others', async () => {
		const labeling = { labels: planted.labels, clusterCount: 3 };
		const draw = (resamples: readonly number[]) =>
			bootstrapSimilarities({ numbers: planted.data, categories: [] }, labeling, {
				resamples,
				seed: SEED,
				recluster: (rows, seed) =>
					methodById('kmeans').fit(rows, { clusterCount: 5 }, { seed, onProgress: () => undefined }),
				onResample: () => undefined
			});
		const [together, some, others] = await Promise.all([draw([0, 1, 2, 3]), draw([0, 3]), draw([1, 2])]);
		for (const cluster of [0, 1, 2]) {
			const [zero, three] = some[cluster] ?? [];
			expect(together[cluster]).toEqual([zero, ...(others[cluster] ?? []), three]);
		}
	});
});
