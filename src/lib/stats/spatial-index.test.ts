import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromColumns } from '#lib/core/matrix.ts';
import { neighbourDistances } from './neighbour-distances.ts';
import {
	buildSpatialIndex,
	isLeaf,
	siblingOf,
	squaredDistance,
	squaredGap,
	squaredSpan
} from './spatial-index.ts';

const tables = fc.integer({ min: 1, max: 4 }).chain((columnCount) =>
	fc
		.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true, min: -1e9, max: 1e9 })), {
			minLength: columnCount,
			maxLength: 400
		})
		.map((values) => {
			const rowCount = Math.floor(values.length / columnCount);
			return { values: Float64Array.from(values.slice(0, rowCount * columnCount)), rowCount, columnCount };
		})
);

describe('buildSpatialIndex', () => {
	it('holds every row once, in parts whose boxes bound all distances', () => {
		fc.assert(
			fc.property(tables, (data) => {
				const index = buildSpatialIndex(data);
				expect(Array.from(index.order).sort((a, b) => a - b)).toEqual(Array.from(index.order.keys()));
				for (let node = 1; node < index.nodeCount; node += 1) {
					const sibling = siblingOf(index, node);
					const gap = squaredGap(index, node, sibling);
					const [i, j] = [index.starts[node] as number, index.starts[sibling] as number];
					expect(squaredDistance(index, i, j)).toBeGreaterThanOrEqual(gap);
					const last = (index.ends[node] as number) - 1;
					expect(squaredDistance(index, i, last)).toBeLessThanOrEqual(squaredSpan(index, node));
				}
			}),
			{ seed: 3, numRuns: 100 }
		);
	});
	it('keeps equal rows in one leaf', () => {
		const index = buildSpatialIndex(fromColumns([new Float64Array(100).fill(7)]));
		expect([index.nodeCount, isLeaf(index, 0)]).toEqual([1, true]);
	});
	it('is empty without rows', () => {
		expect(buildSpatialIndex(fromColumns([[], []])).nodeCount).toBe(0);
	});
});

describe('neighbourDistances', () => {
	it('agrees with sorting all distances', () => {
		fc.assert(
			fc.property(tables, fc.integer({ min: 1, max: 20 }), (data, rank) => {
				const index = buildSpatialIndex(data);
				const all = neighbourDistances(index, rank);
				const positions = Int32Array.from(index.order.keys());
				for (const i of positions.filter((position) => position % 7 === 0)) {
					const sorted = Float64Array.from(positions, (j) => squaredDistance(index, i, j)).sort();
					expect(all[i]).toBe(Math.sqrt(sorted[Math.min(rank, sorted.length) - 1] as number));
				}
				const some = positions.filter((position) => position % 3 === 1);
				expect(neighbourDistances(index, rank, some)).toEqual(
					Float64Array.from(some, (position) => all[position] as number)
				);
			}),
			{ seed: 4, numRuns: 60 }
		);
	});
});
