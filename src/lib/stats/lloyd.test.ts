import fc from 'fast-check';
import { kmeans as mlKmeans } from 'ml-kmeans';
import { describe, expect, it } from 'vitest';
import { rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { below, seeded } from '#lib/core/random.ts';
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

/** Any table of numbers of one magnitude, where it stands, and rows of it to start from. */
const tables = fc
	.record({
		columnCount: fc.integer({ min: 1, max: 12 }),
		rowCount: fc.integer({ min: 3, max: 90 }),
		clusterCount: fc.integer({ min: 2, max: 9 }),
		step: fc.constantFrom(0, 0.25, 1),
		origin: fc.constantFrom(0, 1e3, 1e9),
		unit: fc.constantFrom(1, 1e-9, 1e12),
		seed: fc.nat()
	})
	.map(({ columnCount, rowCount, clusterCount, step, origin, unit, seed }) => {
		const random = seeded(seed);
		const rounded = (value: number): number => (step === 0 ? value : step * Math.round(value / step));
		const values = Float64Array.from(
			{ length: rowCount * columnCount },
			() => unit * (origin + rounded(4 * random() + (random() < 0.05 ? 40 : 0)))
		);
		const rows = Array.from({ length: clusterCount }, () => below(random, rowCount));
		const table: Matrix = { values, rowCount, columnCount };
		const weights = Float64Array.from({ length: rowCount }, () => 1 + below(random, 5));
		return { table, start: rowsOf(table, rows).values, weights };
	});

describe('Lloyd in the kernel', () => {
	it('gives what plain TypeScript gives, to the last bit, in any table', () => {
		fc.assert(
			fc.property(
				tables,
				fc.boolean(),
				fc.constantFrom(0, 1e-4),
				({ table, start, weights }, weighted, tolerance) => {
					const shared = { start, tolerance, ...(weighted && { weights }) };
					const kernel = lloyd(table, { ...shared, variance: 1 });
					const plain = lloyd(table, { ...shared, variance: 1, plain: true });
					expect(kernel).toEqual(plain);
				}
			),
			{ seed: 12, numRuns: 400 }
		);
	});
	it.each([2, 3, 5, 8, 16])(
		'gives what plain TypeScript gives for thousands of rows, %i columns',
		(columnCount) => {
			const random = seeded(columnCount);
			const normal = (): number => random() + random() + random() + random() - 2;
			const values = Float64Array.from(
				{ length: 9_001 * columnCount },
				() => normal() * (random() < 0.03 ? 9 : 1)
			);
			const table: Matrix = { values, rowCount: 9_001, columnCount };
			for (const clusterCount of [2, 7, 40]) {
				const begin = values.slice(0, clusterCount * columnCount);
				const [kernel, plain] = [false, true].map((isPlain) =>
					lloyd(table, { start: begin, plain: isPlain, maxIterations: 40 })
				);
				expect(kernel?.iterations).toBe(plain?.iterations);
				expect(kernel?.labels).toEqual(plain?.labels);
				expect(kernel?.centroids).toEqual(plain?.centroids);
				expect(kernel?.inertia).toBeCloseTo(plain?.inertia ?? 0, 6);
			}
		}
	);
	it('decides rows that lie between two centroids to the last bit as plain TypeScript does', () => {
		// Midpoints of the two centroids, and their neighbours among the 64-bit numbers.
		const middle = 0.1 + 0.2;
		const values = Float64Array.of(middle, middle + 2 ** -53, middle - 2 ** -53, 0.3, 0.1, 0.5, -40, 41);
		const table: Matrix = { values, rowCount: values.length, columnCount: 1 };
		const start = Float64Array.of(0.1, 0.5);
		for (const maxIterations of [0, 1, 5]) {
			const shared = { start, tolerance: 0, maxIterations };
			expect(lloyd(table, shared)).toEqual(lloyd(table, { ...shared, plain: true }));
		}
	});
	it('leaves values that 32 bits cannot hold to plain TypeScript', () => {
		const table = fromRows([[1e300], [-1e300], [3], [4], [1e-300]]);
		const shared = { start: Float64Array.of(3, 1e300), tolerance: 0 };
		expect(lloyd(table, shared)).toEqual(lloyd(table, { ...shared, plain: true }));
	});
	it('keeps the rows of two tables apart', () => {
		const [first, second] = [fromRows([[0], [1], [9]]), fromRows([[5], [6], [7]])];
		const run = (table: Matrix) => [
			...lloyd(table, { start: table.values.slice(0, 2), tolerance: 0 }).labels
		];
		const once = [run(first), run(second)];
		expect([run(first), run(second), run(first)]).toEqual([...once, once[0]]);
	});
});

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
