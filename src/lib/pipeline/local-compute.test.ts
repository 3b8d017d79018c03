import { describe, expect, it } from 'vitest';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import type { Progress } from '#lib/core/progress.ts';
import { seeded } from '#lib/core/random.ts';
import { localCompute } from './local-compute.ts';

const { signal } = new AbortController();
const ignore = (): void => undefined;

/** Rows around `centres` points of a grid, far apart. */
function planted(centres: number, perCentre: number): Matrix {
	const random = seeded(5);
	const owners = Array.from({ length: centres * perCentre }, (_, row) => row % centres);
	return fromColumns([
		owners.map((own) => 20 * (own % 2) + random()),
		owners.map((own) => 20 * Math.floor(own / 2) + random())
	]);
}

function sweep(
	data: Matrix,
	clusterCounts: readonly number[],
	onProgress: (progress: Progress) => void = ignore
) {
	const input = {
		data,
		categories: [],
		method: 'kmeans',
		options: {},
		scaling: 'standard',
		scaler: null,
		componentShare: null,
		clusterCounts,
		seed: 1,
		initCount: 10
	} as const;
	return localCompute.sweep(input, signal, onProgress);
}

describe('a sweep', () => {
	it.each([3, 4, 5, 6])('has its best silhouette at the %i planted groups', async (centres) => {
		const { fits } = await sweep(planted(centres, 40), [2, 3, 4, 5, 6, 7]);
		const best = fits.reduce((a, b) => (b.candidate.silhouette > a.candidate.silhouette ? b : a));
		expect(best.candidate.k).toBe(centres);
		expect(best.candidate.sizes).toEqual(Array<number>(centres).fill(40));
		expect(best.silhouettePerCluster.every((value) => value > 0.9)).toBe(true);
	});
	it('gives the same again, as plain data', async () => {
		const data = planted(4, 30);
		const first = await sweep(data, [2, 3, 4]);
		expect(await sweep(data, [2, 3, 4])).toEqual(first);
		expect(structuredClone(first)).toEqual(first);
	});
	it('leaves out what cannot be told apart, and says so', async () => {
		const data = fromColumns([[1, 2, 3, 1, 2, 3, 1]]);
		const { fits, notices } = await sweep(data, [2, 3, 4, 5]);
		expect(fits.map(({ candidate }) => candidate.k)).toEqual([2, 3]);
		expect(notices).toEqual([{ code: 'segment.distinct-points', details: { distinct: 3, asked: 5 } }]);
		expect(
			fits.every(({ candidate }) =>
				Object.values(candidate)
					.flat()
					.every((value) => typeof value !== 'number' || Number.isFinite(value))
			)
		).toBe(true);
	});
	it('samples the silhouette of many customers, and says so', async () => {
		const data = planted(3, 1800);
		const { silhouetteSample, notices, fits } = await sweep(data, [3]);
		expect(silhouetteSample).toBe(5000);
		expect(notices).toEqual([
			{ code: 'segment.sampled-silhouette', details: { sample: 5000, customers: 5400 } }
		]);
		expect(fits[0]?.candidate.silhouette).toBeGreaterThan(0.95);
	});
	it('reports rising progress that ends at 1', async () => {
		const shares: number[] = [];
		await sweep(planted(4, 40), [2, 3, 4, 5], ({ share }) => shares.push(share ?? NaN));
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(shares.at(-1)).toBe(1);
		expect(shares.length).toBeLessThanOrEqual(101);
	});
	it('stops when asked to', async () => {
		const controller = new AbortController();
		const input = {
			data: planted(3, 40),
			categories: [],
			method: 'kmeans',
			options: {},
			scaling: 'none',
			scaler: null,
			componentShare: null,
			clusterCounts: [2, 3],
			seed: 1,
			initCount: 2
		} as const;
		const stopped = localCompute.sweep(input, controller.signal, () => controller.abort());
		await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
	});
	it('knows no other method', async () => {
		const input = {
			data: planted(3, 5),
			categories: [],
			method: 'guess',
			options: {},
			scaling: 'none',
			scaler: null,
			componentShare: null,
			clusterCounts: [2],
			seed: 1,
			initCount: 1
		} as const;
		await expect(localCompute.sweep(input, signal, ignore)).rejects.toMatchObject({ code: 'recipe.invalid' });
	});
});

describe('stability', () => {
	it('is that of the clustering in the scaled space', async () => {
		const data = planted(3, 50);
		const { scaler, fits } = await sweep(data, [3]);
		const shares: number[] = [];
		const found = await localCompute.stability(
			{
				data,
				categories: [],
				method: 'kmeans',
				options: {},
				scaler,
				projection: null,
				labels: fits[0]?.labels ?? new Uint8Array(0),
				clusterCount: 3,
				resamples: Array.from({ length: 10 }, (_, i) => i),
				seed: 2
			},
			signal,
			({ share }) => shares.push(share ?? NaN)
		);
		expect(found).toEqual([1, 1, 1].map(() => Array<number>(10).fill(1)));
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
	});
});

describe('components', () => {
	it('have two columns of scores, also for one feature', async () => {
		const data = fromColumns([[1, 2, 3, 4]]);
		const scaler = { scaling: 'none' as const, centers: [0], scales: [1], lambdas: null };
		const { scores, loadings, explained } = await localCompute.components({ data, scaler }, signal, ignore);
		expect([...scores.values]).toEqual([-1.5, 0, -0.5, 0, 0.5, 0, 1.5, 0]);
		expect([loadings.rowCount, explained]).toEqual([1, [1]]);
	});
	it('explain nothing where nothing varies', async () => {
		const scaler = { scaling: 'none' as const, centers: [0, 0], scales: [1, 1], lambdas: null };
		const { explained } = await localCompute.components(
			{
				data: fromColumns([
					[1, 1],
					[2, 2]
				]),
				scaler
			},
			signal,
			ignore
		);
		expect(explained).toEqual([0, 0]);
	});
});
