import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { fromColumns } from '#lib/core/matrix.ts';
import type { TreeDetails } from '#lib/pipeline/segment/method-details.ts';
import { crownOf, cutTree } from '#lib/stats/cut-tree.ts';
import { linkage } from '#lib/stats/linkage.ts';
import { branchWords, cutTitle, segmentBranches } from './nested-groups.ts';

/** Pairs of people: two far to the left, four to the right, two of them a little apart. */
const tree: TreeDetails = {
	...{ kind: 'tree', linkage: 'ward', rows: Int32Array.from({ length: 6 }, (_, row) => row) },
	...linkage(fromColumns([[0, 1, 50, 51, 70, 71]]), 'ward')
};
const nameOf = (segment: number) => ['Left', 'Middle', 'Right'][segment] as string;

describe('branches of a tree', () => {
	const segments = segmentBranches(tree, cutTree(tree, 3), 3);
	const [root, right] = [10, 9];
	it('have the names of the segments in use', () => {
		expect([...segments.nodes.keys()].sort()).toEqual([0, 1, 2]);
		for (const [segment, node] of segments.nodes) {
			expect(branchWords(segments, node, nameOf)).toEqual({ name: nameOf(segment), index: segment });
		}
	});
	it('say which segments they hold, or of which they are a part', () => {
		expect(branchWords(segments, right, nameOf).name).toBe('Middle and Right');
		expect(branchWords(segments, root, nameOf).name).toBe('3 segments together');
		expect(branchWords(segments, 0, nameOf)).toEqual({ name: 'Part of Left', index: 0 });
	});
	it('tell how far apart the groups are that would be joined next', () => {
		const format = createFormat('en');
		const crown = crownOf(tree, 6);
		const ratio = (tree.heights[4] as number) / (tree.heights[3] as number);
		expect(cutTitle(crown, 2, format)).toContain(`${ratio.toFixed(1)} times as far apart`);
		expect(cutTitle(crown, 6, format)).toMatch(/people are alike/);
		expect(cutTitle(crown, 5, format)).toMatch(/hardly farther/);
	});
});
