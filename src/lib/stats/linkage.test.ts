import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromColumns, rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { below, seeded } from '#lib/core/random.ts';
import oracle from '../../../tests/oracle/linkage.json' with { type: 'json' };
import { adjustedRand } from './adjusted-rand.ts';
import { crownOf, cutTree, nodesAtCut, type CrownBranch } from './cut-tree.ts';
import { linkage, type LinkageKind, type LinkageTree } from './linkage.ts';

const KINDS = ['ward', 'average', 'complete'] as const satisfies readonly LinkageKind[];

/** Three numbers per row, in blobs. */
function blobs(rowCount: number, columnCount = 3): Matrix {
	const random = seeded(9);
	const values = Float64Array.from({ length: rowCount * columnCount }, () => random() + 3 * below(random, 2));
	return { values, rowCount, columnCount };
}

describe.each(oracle)('the rows “$name”', ({ values, columnCount, trees }) => {
	const data = { values: Float64Array.from(values), rowCount: values.length / columnCount, columnCount };
	it.each(KINDS)('%s linkage equals SciPy', (kind) => {
		const expected = trees[kind];
		const tree = linkage(data, kind);
		expect(Array.from(tree.merges)).toEqual(expected.merges);
		expect(Array.from(tree.sizes)).toEqual(expected.sizes);
		tree.heights.forEach((height, merge) => {
			const right = expected.heights[merge] as number;
			expect(Math.abs(height - right)).toBeLessThanOrEqual(1e-12 * right);
		});
	});
	it.each(KINDS)('cuts of %s linkage equal scikit-learn', (kind) => {
		const tree = linkage(data, kind);
		for (const [count, labels] of Object.entries(trees[kind].cuts)) {
			expect(Array.from(cutTree(tree, Number(count)))).toEqual(labels);
		}
	});
});

describe('linkage', () => {
	it.each([
		['ward', [1, Math.sqrt((2 * 2) / 3) * 3.5]],
		['average', [1, 3.5]],
		['complete', [1, 4]]
	] as const)('of three rows by hand: %s', (kind, heights) => {
		const tree = linkage(fromColumns([[0, 1, 4]]), kind);
		expect(Array.from(tree.merges)).toEqual([0, 1, 2, 3]);
		expect(Array.from(tree.sizes)).toEqual([2, 3]);
		tree.heights.forEach((height, merge) => expect(height).toBeCloseTo(heights[merge] as number, 12));
	});
	it.each(KINDS)('%s: one row and no rows have no merges', (kind) => {
		expect(linkage(fromColumns([[3]]), kind).heights).toHaveLength(0);
		expect(linkage(fromColumns([[]]), kind).heights).toHaveLength(0);
	});
	it.each(KINDS)('%s: copies of a row unite at exactly 0', (kind) => {
		const data = fromColumns([[0.1, 0.7, 0.1, 0.1, 0.7, 0.1, 0.1]]);
		const { heights } = linkage(data, kind);
		expect(Array.from(heights.subarray(0, 5))).toEqual([0, 0, 0, 0, 0]);
		expect(heights[5]).toBeGreaterThan(0);
	});
	it.each(KINDS)('%s: values near the end of the range', (kind) => {
		const { heights, merges } = linkage(fromColumns([[1e300, 2e300, -1e300, 5, 6, 7]]), kind);
		expect(heights.every(Number.isFinite)).toBe(true);
		expect(heights).toEqual(heights.toSorted());
		expect(merges).toHaveLength(10);
	});
	it('tells progress that rises and ends at 1', () => {
		const shares: number[] = [];
		linkage(blobs(3000), 'ward', { onProgress: (share) => shares.push(share) });
		expect(shares.length).toBeGreaterThan(3);
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(shares.at(-1)).toBe(1);
	});
	it.each(KINDS)('%s: whatever the order and the scale of the rows', (kind) => {
		const data = blobs(300);
		const order = Int32Array.from({ length: 300 }, (_, row) => (row * 77) % 300);
		const moved = rowsOf({ ...data, values: data.values.map((value) => 1024 * value) }, order);
		const [before, after] = [linkage(data, kind), linkage(moved, kind)];
		after.heights.forEach((height, merge) =>
			expect(height / 1024).toBeCloseTo(before.heights[merge] as number, 11)
		);
		const labels = cutTree(before, 6);
		const same = { labels: order.map((row) => labels[row] as number), clusterCount: 6 };
		expect(adjustedRand(same, { labels: cutTree(after, 6), clusterCount: 6 })).toBe(1);
	});
	it.each([1, 2, 3, 5, 9])('Ward of many rows is what the definition says, %d columns', (columnCount) => {
		const data = blobs(300, columnCount);
		const { heights } = linkage(data, 'ward');
		wardHeights(data).forEach((height, merge) => expect(heights[merge]).toBeCloseTo(height, 9));
	});
	it.each([1, 2, 3, 7])('Ward is the same with the kernel and without, %d columns', (columnCount) => {
		const values = blobs(2000, columnCount).values.map((value) => Math.round(8 * value));
		const data = { values, rowCount: 2000, columnCount };
		expect(linkage(data, 'ward', { plain: true })).toEqual(linkage(data, 'ward'));
	});
});

/** The heights by the definition: the two means whose union costs least become one, over and over. O(n³·d). */
function wardHeights({ values, rowCount, columnCount }: Matrix): number[] {
	let clusters = Array.from({ length: rowCount }, (_, row) => ({
		size: 1,
		mean: Array.from(values.subarray(row * columnCount, (row + 1) * columnCount))
	}));
	const heights: number[] = [];
	while (clusters.length > 1) {
		let [least, a, b] = [Infinity, 0, 0];
		for (const [i, one] of clusters.entries()) {
			for (let j = 0; j < i; j += 1) {
				const other = clusters[j] as (typeof clusters)[number];
				let sum = 0;
				for (let c = 0; c < columnCount; c += 1)
					sum += ((one.mean[c] as number) - (other.mean[c] as number)) ** 2;
				const cost = (sum * 2 * one.size * other.size) / (one.size + other.size);
				if (cost < least) [least, a, b] = [cost, i, j];
			}
		}
		const [one, other] = [clusters[a], clusters[b]] as [(typeof clusters)[number], (typeof clusters)[number]];
		const size = one.size + other.size;
		const mean = one.mean.map(
			(value, c) => (value * one.size + (other.mean[c] as number) * other.size) / size
		);
		clusters = [...clusters.filter((cluster) => cluster !== one && cluster !== other), { size, mean }];
		heights.push(Math.sqrt(least));
	}
	return heights;
}

describe('a tree', () => {
	const rows = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
		minLength: 2,
		maxLength: 60
	});
	const treeOf = (pairs: readonly (readonly [number, number])[], kind: LinkageKind): LinkageTree =>
		linkage(fromColumns([pairs.map(([x]) => x), pairs.map(([, y]) => y)]), kind);

	it('rises, and holds every row once', () => {
		fc.assert(
			fc.property(rows, fc.constantFrom(...KINDS), (pairs, kind) => {
				const { merges, heights, sizes } = treeOf(pairs, kind);
				expect(heights).toEqual(heights.toSorted());
				expect(sizes.at(-1)).toBe(pairs.length);
				expect(Array.from(merges).sort((a, b) => a - b)).toEqual(
					Array.from({ length: 2 * pairs.length - 2 }, (_, node) => node)
				);
				merges.forEach((node, at) => expect(node).toBeLessThan(pairs.length + Math.floor(at / 2)));
			}),
			{ seed: 3 }
		);
	});
	it('is cut into so many clusters, each inside one of a coarser cut', () => {
		fc.assert(
			fc.property(rows, fc.constantFrom(...KINDS), fc.nat(), (pairs, kind, draw) => {
				const tree = treeOf(pairs, kind);
				const count = 1 + (draw % pairs.length);
				const labels = cutTree(tree, count);
				expect(new Set(labels).size).toBe(count);
				const coarser = cutTree(tree, Math.max(1, count - 1));
				const inside = new Set(Array.from(labels, (label, row) => `${label} in ${coarser[row]}`));
				expect(inside.size).toBe(count);
			}),
			{ seed: 4 }
		);
	});
	it('is drawn down to as many branches as there is room for', () => {
		const tree = linkage(blobs(200), 'ward');
		const ends = (branch: CrownBranch): CrownBranch[] => branch.parts?.flatMap(ends) ?? [branch];
		const drawn = ends(crownOf(tree, 12));
		expect(drawn.map(({ node }) => node).sort()).toEqual(nodesAtCut(tree, 12).sort());
		expect(drawn.reduce((sum, { customers }) => sum + customers, 0)).toBe(200);
		const sizes = new Map(drawn.map(({ customers, node }) => [node, customers]));
		const labels = cutTree(tree, 12);
		const counts = Array.from({ length: 12 }, (_, own) => labels.filter((label) => label === own).length);
		expect([...sizes.values()].sort()).toEqual(counts.sort());
		expect(crownOf(linkage(fromColumns([[1]]), 'ward'), 12)).toEqual({
			...{ node: 0, height: 0, customers: 1, parts: null }
		});
		expect(ends(crownOf(linkage(fromColumns([[1, 2, 4]]), 'ward'), 3))).toHaveLength(3);
	});
});
