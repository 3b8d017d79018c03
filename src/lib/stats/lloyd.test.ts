import fc from 'fast-check';
import { kmeans as mlKmeans } from 'ml-kmeans';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '#lib/core/matrix.ts';
import { farthest, fromRows, small } from '../../../tests/oracle/clustering-small.ts';
import { countDistinctRows } from './distinct.ts';
import { squaredDistances } from './distance.ts';
import { clusterSizes } from './labeling.ts';
import { lloyd, meanVariance, type KmeansFit } from './lloyd.ts';

const data = fromRows(small.rows);
const start = Float64Array.from(small.start.flat());
const weights = Float64Array.from(small.weights);

/** The rows with columns repeated: other column counts, same neighbours. */
function widened(columns: readonly number[]): { data: Matrix; start: Float64Array } {
	const widen = (row: readonly number[]): number[] => columns.map((c) => row[c] as number);
	return { data: fromRows(small.rows.map(widen)), start: Float64Array.from(small.start.flatMap(widen)) };
}

/** A row is at its nearest centroid, or as near. */
function isSettled({ labels, centroids }: KmeansFit, rows: Matrix): boolean {
	const clusterCount = centroids.length / rows.columnCount;
	const distances = Array.from({ length: clusterCount }, (_, cluster) => {
		const out = new Float64Array(rows.rowCount);
		squaredDistances(
			rows,
			centroids.subarray(cluster * rows.columnCount, (cluster + 1) * rows.columnCount),
			out
		);
		return out;
	});
	return labels.every((label, row) => {
		const own = distances[label]?.[row] as number;
		return distances.every((each) => own <= (each[row] as number) * (1 + 1e-12) + 1e-12);
	});
}

describe('Lloyd from the same start as scikit-learn', () => {
	it.each(small.runs)('ends in the same place, tolerance $tolerance', (run) => {
		const fit = lloyd(data, { start, tolerance: run.tolerance });
		expect(fit.inertia).toBeCloseTo(run.inertia, 8);
		expect([...fit.labels]).toEqual(run.labels);
		expect(fit.iterations).toBe(run.iterations);
		expect(farthest(fit.centroids, run.centroids.flat())).toBeLessThan(1e-9);
	});
	it('ends in the same place with weights', () => {
		const fit = lloyd(data, { start, weights, tolerance: 0 });
		expect(fit.inertia).toBeCloseTo(small.weightedRun.inertia, 8);
		expect([...fit.labels]).toEqual(small.weightedRun.labels);
		expect(farthest(fit.centroids, small.weightedRun.centroids.flat())).toBeLessThan(1e-9);
	});
	it('ends where ml-kmeans ends', () => {
		const peer = mlKmeans(
			small.rows.map((row) => [...row]),
			4,
			{ initialization: small.start.map((row) => [...row]), tolerance: 0, maxIterations: 100 }
		);
		expect([...lloyd(data, { start, tolerance: 0 }).labels]).toEqual(peer.clusters);
	});
});

describe('Lloyd', () => {
	it('gives the same whatever way distances are compared', () => {
		// Repeating all columns multiplies squared distances; two columns have their own kernel.
		const six = widened([0, 1, 2, 0, 1, 2]);
		expect([...lloyd(six.data, { start: six.start, tolerance: 0 }).labels]).toEqual(small.runs[0]?.labels);
		const two = widened([0, 1]);
		const four = widened([0, 1, 0, 1]);
		expect(lloyd(two.data, { start: two.start }).labels).toEqual(
			lloyd(four.data, { start: four.start }).labels
		);
	});
	it('counts a row of weight 2 as two rows', () => {
		const twice = fromRows(
			small.rows.flatMap((row, i) => Array.from({ length: small.weights[i] ?? 0 }, () => row))
		);
		const repeated = lloyd(twice, { start, tolerance: 0 });
		const weighted = lloyd(data, { start, weights, tolerance: 0 });
		expect(repeated.inertia).toBeCloseTo(weighted.inertia, 8);
		expect(farthest(repeated.centroids, weighted.centroids)).toBeLessThan(1e-9);
		expect(meanVariance(twice)).toBeCloseTo(meanVariance(data, weights), 10);
	});
	it.each([[1], [2], [3], [4]])('refills a cluster that loses its rows, %i columns', (columns) => {
		const rows = [0, 1, 10, 11, 30].map((value) => Array.from({ length: columns }, () => value));
		const far = [0, 10, 1000].flatMap((value) => Array.from({ length: columns }, () => value));
		const fit = lloyd(fromRows(rows), { start: Float64Array.from(far), tolerance: 0 });
		expect([...clusterSizes({ labels: fit.labels, clusterCount: 3 })].sort()).toEqual([1, 2, 2]);
		expect(fit.inertia).toBeCloseTo(columns, 12);
	});
	it('leaves clusters empty when there are fewer different rows', () => {
		const fit = lloyd(fromRows([[1], [1], [2]]), { start: Float64Array.of(1, 2, 5, 9), tolerance: 0 });
		expect(fit.inertia).toBe(0);
		expect([...fit.labels]).toEqual([0, 0, 1]);
	});
	it('stops at the limit with labels that belong to its centroids', () => {
		const fit = lloyd(data, { start, maxIterations: 2 });
		expect(fit.iterations).toBe(2);
		expect(isSettled(fit, data)).toBe(true);
	});
	it('reports each pass', () => {
		const seen: number[] = [];
		const { iterations } = lloyd(data, { start, onIteration: (count) => seen.push(count) });
		expect(seen).toEqual(Array.from({ length: iterations }, (_, i) => i + 1));
	});
	it('refuses a start that does not fit', () => {
		expect(() => lloyd(data, { start: Float64Array.of(1, 2) })).toThrow(
			'invalid start: 2 numbers for 3 columns'
		);
	});
	it('leaves every row at its nearest centroid, in any table', () => {
		const value = fc.integer({ min: -9, max: 9 });
		const tables = fc
			.integer({ min: 1, max: 5 })
			.chain((columns) =>
				fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { minLength: 4, maxLength: 40 })
			);
		fc.assert(
			fc.property(tables, fc.integer({ min: 1, max: 4 }), (rows, clusterCount) => {
				const table = fromRows(rows);
				const fit = lloyd(table, {
					start: table.values.slice(0, clusterCount * table.columnCount),
					tolerance: 0
				});
				expect(isSettled(fit, table)).toBe(true);
				const used = new Set(fit.labels).size;
				expect(used).toBe(Math.min(clusterCount, countDistinctRows(table, clusterCount)));
			}),
			{ seed: 9, numRuns: 300 }
		);
	});
});
