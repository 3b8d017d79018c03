import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import { madeRows } from '../../../tests/bench/data.ts';
import { fromRows } from '../../../tests/oracle/clustering-small.ts';
import { densities } from '../../../tests/oracle/density.ts';
import { kernelDbscan } from './dbscan-kernel.ts';
import { chunkDbscan } from './dbscan-chunks.ts';
import { dbscan } from './dbscan.ts';
import { gridBlocks } from './grid-blocks.ts';

/** DBSCAN by its definition: all pairs. */
function byDefinition({ values, rowCount, columnCount }: Matrix, eps: number, minPoints: number): number[] {
	const isNear = (i: number, j: number): boolean => {
		let sum = 0;
		for (let c = 0; c < columnCount; c += 1) {
			const difference = (values[i * columnCount + c] as number) - (values[j * columnCount + c] as number);
			sum += difference * difference;
		}
		return sum <= eps * eps;
	};
	const rows = Array.from({ length: rowCount }, (_, row) => row);
	const neighbours = rows.map((row) => rows.filter((other) => isNear(row, other)));
	const isCore = neighbours.map((near) => near.length >= minPoints);
	const labels = rows.map(() => -1);
	let count = 0;
	for (const row of rows) {
		if (!isCore[row] || labels[row] !== -1) continue;
		const open = [row];
		for (let at = open.pop(); at !== undefined; at = open.pop()) {
			if (labels[at] !== -1) continue;
			labels[at] = count;
			if (isCore[at]) open.push(...(neighbours[at] ?? []));
		}
		count += 1;
	}
	return labels;
}

describe.each(Object.entries(densities))('DBSCAN of %s', (_, { rows, dbscan: runs }) => {
	it.each(runs)(
		'labels as scikit-learn with eps $eps and $minPoints points',
		({ eps, minPoints, labels }) => {
			const fit = dbscan(fromRows(rows), { eps, minPoints });
			expect(Array.from(fit.labels)).toEqual(labels);
			expect(fit.clusterCount).toBe(Math.max(...labels) + 1);
		}
	);
});

describe('dbscan', () => {
	it('tells two clusters, a border and noise apart', () => {
		const data = fromColumns([[9, 0, 1, 2, 3.1, 6, 7, 8, 20]]);
		const { labels } = dbscan(data, { eps: 1.2, minPoints: 3 });
		expect(Array.from(labels)).toEqual([1, 0, 0, 0, 0, 1, 1, 1, -1]);
	});
	it('agrees with its definition on any table, with ties, in one to five columns', () => {
		const table = fc.integer({ min: 1, max: 5 }).chain((columnCount) =>
			fc.record({
				columnCount: fc.constant(columnCount),
				values: fc.array(fc.integer({ min: -6, max: 6 }), { minLength: columnCount, maxLength: 300 }),
				minPoints: fc.integer({ min: 1, max: 8 }),
				eps: fc.constantFrom(0.3, 0.5, 1, Math.SQRT2, 2, 40)
			})
		);
		fc.assert(
			fc.property(table, ({ columnCount, values, minPoints, eps }) => {
				const rowCount = Math.floor(values.length / columnCount);
				const halves = Float64Array.from(values.slice(0, rowCount * columnCount), (value) => value / 2);
				const data = { values: halves, rowCount, columnCount };
				expect(Array.from(dbscan(data, { eps, minPoints }).labels)).toEqual(
					byDefinition(data, eps, minPoints)
				);
			}),
			{ seed: 5, numRuns: 300 }
		);
	});
	it('agrees with its definition by chunks and without a kernel, near and far from 0, in one to nine columns', () => {
		const table = fc.integer({ min: 1, max: 9 }).chain((columnCount) =>
			fc.record({
				columnCount: fc.constant(columnCount),
				values: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: columnCount, maxLength: 400 }),
				// Some rows far away, so that 32 bits cannot tell the others apart.
				far: fc.constantFrom(0, 1e3, 2 ** 30, 2 ** 40),
				minPoints: fc.integer({ min: 1, max: 12 }),
				eps: fc.constantFrom(0.3, 0.5, 1, Math.SQRT2, 2, 40)
			})
		);
		fc.assert(
			fc.property(table, ({ columnCount, values, far, minPoints, eps }) => {
				const rowCount = Math.floor(values.length / columnCount);
				const moved = Float64Array.from(
					values.slice(0, rowCount * columnCount),
					(value, at) => value / 2 + (Math.floor(at / columnCount) % 7 === 0 ? far : 0)
				);
				const data = { values: moved, rowCount, columnCount };
				const expected = byDefinition(data, eps, minPoints);
				expect(Array.from(chunkDbscan(data, { eps, minPoints })?.labels ?? [])).toEqual(expected);
				expect(Array.from(dbscan(data, { eps, minPoints, plain: true }).labels)).toEqual(expected);
			}),
			{ seed: 6, numRuns: 300 }
		);
	});
	it('labels many rows of eight columns alike with the kernel and without', () => {
		const data = madeRows(3000, 8);
		for (const [eps, minPoints] of [
			[0.9, 4],
			[1.5, 10],
			[2, 40]
		] as const) {
			const fit = chunkDbscan(data, { eps, minPoints });
			expect(fit).toEqual(dbscan(data, { eps, minPoints, plain: true }));
			expect(fit?.clusterCount).toBeGreaterThan(0);
		}
	});
	it('leaves to plain numbers what the kernel of chunks cannot hold', () => {
		const data = fromColumns([
			[0, 1, 2, 1e300],
			[0, 0, 0, 0],
			[0, 0, 0, 0],
			[0, 0, 0, 0]
		]);
		expect(chunkDbscan(data, { eps: 1, minPoints: 2 })).toBeNull();
		expect(Array.from(dbscan(data, { eps: 1, minPoints: 2 }).labels)).toEqual([0, 0, 0, -1]);
		expect(chunkDbscan(data, { eps: 1e290, minPoints: 2 ** 27 })).toBeNull();
	});
	it('searches a tree where a grid would have too many cells', () => {
		const data = fromColumns([
			[0, 1e-9, 2e-9, 1e300, 5],
			[0, 0, 0, 0, 1e300]
		]);
		expect(gridBlocks(data, 1e-8)).toBeNull();
		expect(kernelDbscan(data, { eps: 1e-8, minPoints: 3 })).toBeNull();
		expect(Array.from(dbscan(data, { eps: 1e-8, minPoints: 3 }).labels)).toEqual([0, 0, 0, -1, -1]);
	});
	it('has nothing to say of no rows, and reports up to the end', () => {
		const shares: number[] = [];
		const options = { eps: 1, minPoints: 2, onProgress: (share: number) => shares.push(share) };
		expect(dbscan(fromColumns([[], []]), options)).toEqual({ labels: new Int32Array(0), clusterCount: 0 });
		dbscan(fromColumns([[1, 2, 3]]), options);
		expect(shares.at(-1)).toBe(1);
	});
});
