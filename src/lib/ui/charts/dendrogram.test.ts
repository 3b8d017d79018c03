import { describe, expect, it } from 'vitest';
import { branchesAtCut, countAtHeight, dendrogramLayout, heightsAtCut, type Branch } from './dendrogram.ts';

const end = (node: number, height: number, customers: number): Branch => ({
	...{ node, height, customers, parts: null }
});
const small = { node: 20, height: 4, customers: 30, parts: [end(10, 1, 10), end(11, 2, 20)] as const };
const large = { node: 21, height: 6, customers: 70, parts: [end(12, 3, 30), end(13, 0, 40)] as const };
const root: Branch = { node: 22, height: 10, customers: 100, parts: [small, large] };

describe('a dendrogram', () => {
	it('is cut by undoing the latest joins', () => {
		const nodes = (count: number) =>
			branchesAtCut(root, count)
				.map(({ node }) => node)
				.sort((a, b) => a - b);
		expect(nodes(1)).toEqual([22]);
		expect(nodes(2)).toEqual([20, 21]);
		expect(nodes(3)).toEqual([12, 13, 20]);
		expect(nodes(4)).toEqual([10, 11, 12, 13]);
		expect(nodes(9)).toEqual(nodes(4));
	});
	it('knows between which heights a cut lies, and what a height leaves', () => {
		expect(heightsAtCut(root, 2)).toEqual([6, 10]);
		expect(heightsAtCut(root, 3)).toEqual([4, 6]);
		for (const count of [2, 3, 4]) {
			const [kept, undone] = heightsAtCut(root, count);
			expect(countAtHeight(root, (kept + undone) / 2)).toBe(count);
		}
		expect(countAtHeight(root, 11)).toBe(1);
	});
	it('has the root at the left, height 0 at the right, and the larger part above', () => {
		const { branches, placeHeight, heightAt, left, right } = dendrogramLayout(800, root);
		const placed = (node: number) => branches.find(({ branch }) => branch.node === node)!;
		expect(placeHeight(10)).toBe(left);
		expect(placeHeight(0)).toBe(right);
		expect(heightAt(placeHeight(7))).toBeCloseTo(7, 9);
		expect(placed(21).bottom).toBe(placed(20).top);
		expect(placed(22).partsY).toEqual([placed(21).y, placed(20).y]);
		expect(placed(13).x).toBe(right);
		expect(placed(13).fromX).toBe(placed(21).x);
		expect(placed(13).y).toBeLessThan(placed(12).y);
	});
	it('stays inside narrow plots, and takes a tree of one', () => {
		const { right, nameRoom } = dendrogramLayout(300, root);
		expect(right + nameRoom).toBeLessThanOrEqual(300);
		expect(dendrogramLayout(300, end(0, 0, 1)).branches).toHaveLength(1);
	});
});
