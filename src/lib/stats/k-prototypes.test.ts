import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { below, seeded } from '#lib/core/random.ts';
import oracle from '../../../tests/oracle/mixed.json' with { type: 'json' };
import { adjustedMutualInformation } from './adjusted-mutual-information.ts';
import { adjustedRand } from './adjusted-rand.ts';
import { categoryShare, defaultGamma, kPrototypes, type MixedData } from './k-prototypes.ts';
import { kmeans } from './kmeans.ts';

const labeling = (labels: readonly number[]) => ({ labels, clusterCount: Math.max(...labels) + 1 });

/** Rows of two numbers and one category: blobs that differ in both. */
function mixedBlobs(rowCount: number, levelCount = 3): MixedData & { readonly blob: Uint8Array } {
	const random = seeded(8);
	const blob = Uint8Array.from({ length: rowCount }, () => below(random, 3));
	const values = new Float64Array(2 * rowCount);
	blob.forEach((own, row) => values.set([4 * own + random(), random()], 2 * row));
	const codes = Int32Array.from(blob, (own) => (random() < 0.8 ? own : below(random, levelCount)));
	return { numbers: { values, rowCount, columnCount: 2 }, codes, levelCounts: [levelCount], blob };
}

describe('k-prototypes', () => {
	it.each(oracle.best)('finds the best of all partitions: γ = $gamma, k = $clusterCount', (expected) => {
		const { gamma, clusterCount, categoryCount, numbers, codes } = expected;
		const data = {
			numbers: { values: Float64Array.from(numbers), rowCount: numbers.length / 2, columnCount: 2 },
			codes: Int32Array.from(codes),
			levelCounts: Array.from({ length: categoryCount }, () => 3)
		};
		const fit = kPrototypes(data, { clusterCount, gamma, seed: 1, initCount: 400 });
		expect(fit.cost).toBeCloseTo(expected.cost, 10);
	});
	it('without weight of the categories is k-means', () => {
		const data = mixedBlobs(400);
		const { cost } = kPrototypes(data, { clusterCount: 3, gamma: 0, seed: 2, initCount: 20 });
		const { inertia } = kmeans(data.numbers, { clusterCount: 3, seed: 2, initCount: 20, tolerance: 0 });
		expect(cost / inertia).toBeCloseTo(1, 6);
	});
	it('with all weight on the categories puts equal ones together', () => {
		const data = mixedBlobs(300);
		const { labels, cost, modes } = kPrototypes(data, {
			clusterCount: 3,
			gamma: 1e6,
			seed: 1,
			initCount: 10
		});
		expect(adjustedRand({ labels, clusterCount: 3 }, { labels: data.codes, clusterCount: 3 })).toBe(1);
		expect(cost).toBeLessThan(1e6);
		expect(Array.from(modes).sort()).toEqual([0, 1, 2]);
	});
	it('finds planted groups among more rows than it starts on', () => {
		const data = mixedBlobs(7000);
		const fit = kPrototypes(data, { clusterCount: 3, gamma: 0.5, seed: 1, initCount: 3 });
		const { labels } = fit;
		expect(adjustedRand({ labels, clusterCount: 3 }, { labels: data.blob, clusterCount: 3 })).toBe(1);
	});
	it('leaves nobody nearer to another prototype, and no prototype empty', () => {
		const rows = fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.nat(2)), {
			minLength: 4,
			maxLength: 40
		});
		const property = fc.property(rows, fc.integer({ min: 1, max: 4 }), fc.nat(), (pairs, asked, seed) => {
			const distinct = new Set(pairs.map(String)).size;
			const clusterCount = Math.min(asked, distinct);
			const values = Float64Array.from(pairs, ([value]) => value);
			const numbers = { values, rowCount: pairs.length, columnCount: 1 };
			const data = { numbers, codes: Int32Array.from(pairs, ([, code]) => code), levelCounts: [3] };
			const fit = kPrototypes(data, { clusterCount, gamma: 1.5, seed, initCount: 2 });
			expect(new Set(fit.labels).size).toBe(clusterCount);
			const distanceTo = (row: number, cluster: number): number =>
				((values[row] as number) - (fit.centroids[cluster] as number)) ** 2 +
				(data.codes[row] === fit.modes[cluster] ? 0 : 1.5);
			fit.labels.forEach((label, row) => {
				for (let cluster = 0; cluster < clusterCount; cluster += 1) {
					expect(distanceTo(row, label)).toBeLessThanOrEqual(distanceTo(row, cluster) + 1e-9);
				}
			});
		});
		fc.assert(property, { seed: 5 });
	});
});

describe('the weight of categories', () => {
	it('is half the mean deviation of the numbers, and 1 where they do not differ', () => {
		const values = Float64Array.of(0, 0, 2, 6);
		expect(defaultGamma({ values, rowCount: 2, columnCount: 2 })).toBe(1);
		expect(defaultGamma({ values: new Float64Array(4), rowCount: 4, columnCount: 1 })).toBe(1);
		expect(defaultGamma({ values, rowCount: 4, columnCount: 1 })).toBeCloseTo(Math.sqrt(6) / 2, 12);
	});
	it('as a share of the mean distance of two rows', () => {
		const numbers = { values: Float64Array.of(0, 2), rowCount: 2, columnCount: 1 };
		const data = { numbers, codes: Int32Array.of(0, 1), levelCounts: [2] };
		// Of the four ordered pairs two differ: by 4 in the number, by γ = 4 in the category.
		expect(categoryShare(data, 4)).toBeCloseTo(0.5, 12);
		expect(categoryShare(data, 0)).toBe(0);
		expect(categoryShare({ ...data, codes: Int32Array.of(1, 1) }, 4)).toBe(0);
	});
});

describe('adjusted mutual information', () => {
	it.each(oracle.information)('equals scikit-learn: $adjusted', ({ first, second, adjusted }) => {
		const found = adjustedMutualInformation(labeling(first), labeling(second));
		expect(found).toBeCloseTo(adjusted, 10);
	});
	it('is 1 for the same partition and for one cluster each, 0 for one cluster against several', () => {
		expect(adjustedMutualInformation(labeling([0, 0, 1, 2]), labeling([2, 2, 0, 1]))).toBeCloseTo(1, 12);
		expect(adjustedMutualInformation(labeling([0, 0]), labeling([0, 0]))).toBe(1);
		expect(adjustedMutualInformation(labeling([0, 0, 0]), labeling([0, 1, 0]))).toBeCloseTo(0, 12);
	});
});
