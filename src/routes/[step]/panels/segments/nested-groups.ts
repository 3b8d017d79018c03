import type { Format } from '#lib/core/format.ts';
import type { TreeDetails } from '#lib/pipeline/segment/method-details.ts';
import { nodesAtCut } from '#lib/stats/cut-tree.ts';
import type { Branch } from '#lib/ui/charts/dendrogram.ts';
import { branchesAtCut, heightsAtCut } from '#lib/ui/charts/dendrogram.ts';

/** The segments in use, as branches of the tree they were cut from. */
export interface SegmentBranches {
	/** The node of each segment. */
	readonly nodes: ReadonlyMap<number, number>;
	/** The segment of the first row under a node. */
	readonly firstOf: (node: number) => number;
	/** The segments that lie under a node, or around it, largest first. */
	readonly under: (node: number) => readonly number[];
}

/** @param labels the segment of each customer */
export function segmentBranches(
	{ merges, rows, sizes }: TreeDetails,
	labels: ArrayLike<number>,
	clusterCount: number
): SegmentBranches {
	const rowCount = rows.length;
	const firstOf = (node: number): number => {
		let at = node;
		while (at >= rowCount) at = merges[2 * (at - rowCount)] as number;
		return labels[rows[at] as number] as number;
	};
	const sizeOf = (node: number): number => sizes[node - rowCount] ?? 1;
	const cut = nodesAtCut({ merges }, Math.min(clusterCount, rowCount));
	const nodes = new Map(cut.map((node) => [firstOf(node), node]));
	const below = (node: number): number[] =>
		nodes.get(firstOf(node)) === node
			? [node]
			: [0, 1].flatMap((side) => below(merges[2 * (node - rowCount) + side] as number));
	const under = (node: number): number[] => {
		const own = firstOf(node);
		if (sizeOf(node) <= sizeOf(nodes.get(own) as number)) return [own];
		return below(node)
			.toSorted((a, b) => sizeOf(b) - sizeOf(a))
			.map(firstOf);
	};
	return { nodes, firstOf, under };
}

/** What a branch is called by the segments in use, and whose colour it has. */
export function branchWords(
	{ nodes, under }: SegmentBranches,
	node: number,
	nameOf: (segment: number) => string
): { name: string; index: number } {
	const segments = under(node);
	const [first = 0, second] = segments;
	if (segments.length > 2) return { name: `${segments.length} segments together`, index: first };
	if (second !== undefined) return { name: `${nameOf(first)} and ${nameOf(second)}`, index: first };
	return { name: nodes.get(first) === node ? nameOf(first) : `Part of ${nameOf(first)}`, index: first };
}

/** The finding: how much farther apart the groups are that would be joined next than those that were last. */
export function cutTitle(root: Branch, count: number, format: Format): string {
	const [kept, undone] = heightsAtCut(root, count);
	const lead = `Cut into ${format.count(branchesAtCut(root, count).length)} groups`;
	if (kept === 0 || undone / kept >= 100) return `${lead}: inside them people are alike`;
	if (undone / kept < 1.05) return `${lead}: the next two are hardly farther apart than the last two joined`;
	return `${lead}: the next two are ${format.decimal(undone / kept, 1)} times as far apart as the last two joined`;
}
