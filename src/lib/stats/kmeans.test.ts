import fc from 'fast-check';
import { kmeans as mlKmeans } from 'ml-kmeans';
import { describe, expect, it } from 'vitest';
import { rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { below, sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import { fromRows, small } from '../../../tests/oracle/clustering-small.ts';
import { adjustedRand } from './adjusted-rand.ts';
import { countDistinctRows } from './distinct.ts';
import { kmeans, needsSummary } from './kmeans.ts';
import { inertiaOf, lloyd, meanVariance } from './lloyd.ts';
import { seedCentroids } from './seeding.ts';
import { itself, summarize, summaryLevels } from './summary.ts';
import { improveBySwaps } from './swap.ts';

/** Overlapping blobs around random centres. */
function blobs(rowCount: number, columnCount: number, seed: number): Matrix {
	const random = seeded(seed);
	const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	const centres = Float64Array.from({ length: 6 * columnCount }, () => 2 * normal());
	const values = new Float64Array(rowCount * columnCount);
	for (let row = 0; row < rowCount; row += 1) {
		const centre = below(random, 6) * columnCount;
		for (let c = 0; c < columnCount; c += 1)
			values[row * columnCount + c] = (centres[centre + c] as number) + 0.6 * normal();
	}
	return { values, rowCount, columnCount };
}

const data = fromRows(small.rows);

describe('k-means', () => {
	it('finds what 100 starts of ml-kmeans find, or better', () => {
		const rows = small.rows.map((row) => [...row]);
		for (const clusterCount of [2, 4, 7]) {
			const peers = Array.from({ length: 100 }, (_, seed) => mlKmeans(rows, clusterCount, { seed }));
			const least = Math.min(
				...peers.map(({ clusters, centroids }) => inertiaWith(data, clusters, centroids.flat()))
			);
			expect(kmeans(data, { clusterCount, seed: 1, tolerance: 0 }).inertia).toBeLessThanOrEqual(
				least * 1.001
			);
		}
	});
	it('gives the same for the same seed', () => {
		expect(kmeans(data, { clusterCount: 5, seed: 3 })).toEqual(kmeans(data, { clusterCount: 5, seed: 3 }));
	});
	it('puts everyone together when asked for one', () => {
		const fit = kmeans(data, { clusterCount: 1, seed: 1, tolerance: 0 });
		expect(new Set(fit.labels)).toEqual(new Set([0]));
	});
	it('reports progress that rises to 1', () => {
		for (const table of [data, blobs(6000, 3, 2)]) {
			const shares: number[] = [];
			kmeans(table, { clusterCount: 4, seed: 1, initCount: 3, onProgress: (share) => shares.push(share) });
			expect(shares).toEqual(shares.toSorted((a, b) => a - b));
			expect(shares.at(-1)).toBe(1);
			expect(shares.length).toBeGreaterThan(3);
		}
	});
	it.each([2, 3, 5])('is as good on a summary as on all rows, %i columns', (columns) => {
		const table = blobs(12_000, columns, 11);
		expect(needsSummary(table)).toBe(true);
		const summarized = kmeans(table, { clusterCount: 7, seed: 1 });
		const full = Array.from({ length: 5 }, (_, i) =>
			lloyd(table, { start: seedCentroids(table, 7, seeded(i)) })
		);
		expect(summarized.inertia).toBeLessThanOrEqual(1.001 * Math.min(...full.map((fit) => fit.inertia)));
		expect(summarized.labels.length).toBe(12_000);
	});
	it.each([300, 12_000])('gives the same in the kernel and in plain TypeScript, %i rows', (rowCount) => {
		const table = blobs(rowCount, 3, 8);
		const shared = { clusterCount: 6, seed: 4 };
		const [kernel, plain] = [kmeans(table, shared), kmeans(table, { ...shared, plain: true })];
		expect(kernel.labels).toEqual(plain.labels);
		expect(kernel.centroids).toEqual(plain.centroids);
		expect(kernel.inertia).toBe(plain.inertia);
	});
	it('finds rare rows that a summary may miss', () => {
		const values = new Float64Array(50_000).fill(1);
		values.set([100, 200, 300], 17_001);
		const fit = kmeans(
			{ values, rowCount: 50_000, columnCount: 1 },
			{ clusterCount: 4, seed: 1, tolerance: 0 }
		);
		expect(fit.inertia).toBe(0);
	});
});

function inertiaWith(table: Matrix, labels: readonly number[], centroids: readonly number[]): number {
	const none = new Float64Array(0);
	return inertiaOf({
		data: table,
		weights: undefined,
		labels: Uint8Array.from(labels),
		centroids: Float64Array.from(centroids),
		sums: none,
		totals: none,
		members: new Int32Array(0),
		reach: none,
		drift: 0,
		variance: undefined,
		kernel: null
	});
}

describe('greedy k-means++', () => {
	it('starts from different rows of the data', () => {
		const table = fc.uniqueArray(fc.integer({ min: -99, max: 99 }), { minLength: 5, maxLength: 30 });
		fc.assert(
			fc.property(table, fc.nat(), (values, seed) => {
				const centroids = seedCentroids(fromRows(values.map((value) => [value])), 5, seeded(seed));
				expect(new Set(centroids).size).toBe(5);
				expect([...centroids].every((value) => values.includes(value))).toBe(true);
			}),
			{ seed: 10 }
		);
	});
	it.each([1, 2, 3, 8, 11])(
		'draws the same rows in the kernel and in plain TypeScript, %i columns',
		(columns) => {
			const table = blobs(501, columns, 3);
			const weights = Float64Array.from({ length: 501 }, (_, row) => 1 + (row % 7));
			for (const given of [undefined, weights]) {
				const [kernel, plain] = [false, true].map((isPlain) =>
					seedCentroids(table, 12, seeded(2), given, isPlain)
				);
				expect(kernel).toEqual(plain);
			}
		}
	);
	it('never draws a row without weight', () => {
		const table = fromRows([[0], [5], [10], [1000]]);
		for (let seed = 0; seed < 20; seed += 1) {
			expect([...seedCentroids(table, 3, seeded(seed), Float64Array.of(1, 1, 1, 0))]).not.toContain(1000);
		}
	});
	it('repeats rows when there are too few', () => {
		expect([...seedCentroids(fromRows([[2], [2]]), 3, seeded(1))]).toEqual([2, 2, 2]);
	});
});

describe('swaps', () => {
	it('end early when so many in a row do not help', () => {
		const table = fromRows([[0], [1], [100], [101]]);
		const best = lloyd(table, { start: Float64Array.of(0, 100), tolerance: 0 });
		const seen: number[] = [];
		const onSwap = (swap: number): unknown => seen.push(swap);
		improveBySwaps(table, best, { swaps: 30, patience: 4, random: seeded(1), onSwap });
		expect(seen).toEqual([1, 2, 3, 4]);
	});
	it('leave a local optimum and never make it worse', () => {
		// Two centroids share the left pair, one takes both pairs on the right.
		const table = fromRows([[0], [1], [100], [101], [200], [201]]);
		const stuck = lloyd(table, { start: Float64Array.of(0, 1, 150), tolerance: 0 });
		expect(stuck.inertia).toBeGreaterThan(9000);
		const improved = improveBySwaps(table, stuck, { swaps: 30, random: seeded(1) });
		expect(improved.inertia).toBeCloseTo(1.5, 10);
		expect(improveBySwaps(table, improved, { swaps: 10, random: seeded(2) }).inertia).toBeLessThanOrEqual(
			improved.inertia
		);
	});
});

describe('the search', () => {
	it('comes near the best of all rows for every seed, on a summary on which starts disagree', () => {
		const table = blobs(5500, 3, 21);
		const best = Math.min(
			...Array.from({ length: 8 }, (_, seed) => {
				const fit = lloyd(table, { start: seedCentroids(table, 10, seeded(seed)), tolerance: 0 });
				return improveBySwaps(table, fit, { swaps: 60, random: seeded(seed) }).inertia;
			})
		);
		const excess = Array.from(
			{ length: 12 },
			(_, seed) => kmeans(table, { clusterCount: 10, seed }).inertia / best - 1
		).sort((a, b) => a - b);
		expect(excess[6]).toBeLessThan(0.002);
		expect(excess.at(-1)).toBeLessThan(0.005);
	});
});

describe('summary', () => {
	it('stands for every row once: weights and means are kept', () => {
		const table = blobs(3000, 3, 4);
		const { means, weights = new Float64Array(0) } = summarize(table, 6);
		expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(3000);
		expect(means.rowCount).toBe(weights.length);
		expect(weights.length).toBeGreaterThan(60);
		for (let c = 0; c < 3; c += 1) {
			const whole = table.values.reduce((sum, value, at) => (at % 3 === c ? sum + value : sum), 0);
			const parts = weights.reduce(
				(sum, weight, leaf) => sum + weight * (means.values[leaf * 3 + c] as number),
				0
			);
			expect(parts).toBeCloseTo(whole, 6);
		}
	});
	it.each([1, 4, 9])('is the same in the kernel and in plain TypeScript, %i columns', (columns) => {
		const table = blobs(2003, columns, 4);
		expect(summarize(table, 7)).toEqual(summarize(table, 7, true));
	});
	it('has a coarse and a fine level by one tree', () => {
		const table = blobs(70_000, 2, 4);
		const { coarse, fine } = summaryLevels(table);
		expect(coarse).toEqual(summaryLevels(table, true).coarse);
		expect(fine.means.rowCount).toBeGreaterThan(1.5 * coarse.means.rowCount);
		for (const { weights } of [coarse, fine]) {
			expect(weights?.reduce((sum, weight) => sum + weight, 0)).toBe(70_000);
		}
		const few = blobs(6000, 2, 4);
		expect(summaryLevels(few).fine.means).toBe(few);
	});
	it('has the variance that its tolerance is measured by', () => {
		const table = blobs(20_000, 3, 4);
		for (const summary of [summarize(table, 8), summaryLevels(table).fine, itself(table)]) {
			expect(summary.variance).toBe(meanVariance(summary.means, summary.weights));
		}
	});
	it('is the different rows when they are few', () => {
		const { means, weights } = summarize(fromRows([[1], [2], [1], [2], [2]]), 4);
		expect([...means.values]).toEqual([1, 2]);
		expect(weights).toEqual(Float64Array.of(2, 3));
	});
	it('loses little of the inertia', () => {
		const table = blobs(20_000, 3, 5);
		const { means, weights = new Float64Array(0) } = summarize(table, 11);
		const fit = lloyd(means, { start: seedCentroids(means, 6, seeded(1), weights), weights, tolerance: 0 });
		const start = fit.centroids;
		const before = lloyd(table, { start, maxIterations: 1 }).inertia;
		expect(before).toBeLessThan(1.002 * lloyd(table, { start, tolerance: 0 }).inertia);
	});
	it('does not depend on the order of the rows by much', () => {
		const table = blobs(8000, 2, 6);
		const shuffled = rowsOf(table, sampleWithoutReplacement(seeded(1), 8000, 8000).toReversed());
		const [first, second] = [table, shuffled].map((rows) =>
			kmeans(rows, { clusterCount: 6, seed: 1, tolerance: 0 })
		);
		const labeling = (fit: typeof first) => ({ labels: fit?.labels ?? [], clusterCount: 6 });
		const back = { labels: labeling(second).labels.toReversed(), clusterCount: 6 };
		expect(adjustedRand(labeling(first), back)).toBeGreaterThan(0.95);
	});
});

describe('distinct rows', () => {
	it('are counted up to the limit', () => {
		const table = fromRows([
			[1, 2],
			[1, 2],
			[2, 1],
			[1, 3]
		]);
		expect(countDistinctRows(table, 9)).toBe(3);
		expect(countDistinctRows(table, 2)).toBe(2);
		expect(countDistinctRows(fromRows([]), 9)).toBe(0);
	});
});
