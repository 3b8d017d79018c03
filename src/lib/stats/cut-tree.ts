import type { LinkageTree } from './linkage.ts';

type Tree = Pick<LinkageTree, 'merges'>;

/**
 * Cuts a dendrogram into clusters, as scikit-learn's `AgglomerativeClustering`: the last `clusterCount` − 1 merges are
 * undone. Clusters are numbered by their first row. O(n).
 *
 * @param clusterCount 1 to 250, at most as many as rows
 * @returns one label per row of the tree
 */
export function cutTree(tree: Tree, clusterCount: number): Uint8Array {
	const rowCount = tree.merges.length / 2 + 1;
	const clusterOf = new Int32Array(2 * rowCount - 1).fill(-1);
	nodesAtCut(tree, clusterCount).forEach((node, cluster) => (clusterOf[node] = cluster));
	for (let merge = rowCount - 1 - clusterCount; merge >= 0; merge -= 1) {
		const cluster = clusterOf[rowCount + merge] as number;
		clusterOf[tree.merges[2 * merge] as number] = cluster;
		clusterOf[tree.merges[2 * merge + 1] as number] = cluster;
	}
	return numberedByFirst(clusterOf.subarray(0, rowCount), clusterCount);
}

/** The nodes that a cut into so many clusters leaves whole. */
export function nodesAtCut({ merges }: Tree, clusterCount: number): number[] {
	const mergeCount = merges.length / 2;
	const rowCount = mergeCount + 1;
	const firstUndone = rowCount + mergeCount - (clusterCount - 1);
	const found: number[] = [];
	const open = [2 * rowCount - 2];
	for (let node = open.pop(); node !== undefined; node = open.pop()) {
		if (node < firstUndone || node < rowCount) {
			found.push(node);
			continue;
		}
		const merge = node - rowCount;
		open.push(merges[2 * merge + 1] as number, merges[2 * merge] as number);
	}
	return found;
}

/** A branch of a dendrogram as it is drawn. */
export interface CrownBranch {
	readonly node: number;
	/** The distance at which its parts became one; 0 for a row. */
	readonly height: number;
	/** Rows under it. */
	readonly customers: number;
	/** Null for a row, and where the drawing ends. */
	readonly parts: readonly [CrownBranch, CrownBranch] | null;
}

/** The top of a dendrogram, down to so many branches: what a picture of it has room for. O(branches). */
export function crownOf(tree: LinkageTree, branchCount: number): CrownBranch {
	const rowCount = tree.heights.length + 1;
	const firstUndone = 2 * rowCount - 1 - (branchCount - 1);
	const branchAt = (node: number): CrownBranch => {
		if (node < rowCount) return { node, height: 0, customers: 1, parts: null };
		const merge = node - rowCount;
		const [one, other] = [tree.merges[2 * merge] as number, tree.merges[2 * merge + 1] as number];
		return {
			node,
			height: tree.heights[merge] as number,
			customers: tree.sizes[merge] as number,
			parts: node < firstUndone ? null : [branchAt(one), branchAt(other)]
		};
	};
	return branchAt(2 * rowCount - 2);
}

function numberedByFirst(clusters: Int32Array, clusterCount: number): Uint8Array {
	const numbers = new Int32Array(clusterCount).fill(-1);
	let next = 0;
	return Uint8Array.from(clusters, (cluster) => {
		if (numbers[cluster] === -1) numbers[cluster] = next++;
		return numbers[cluster] as number;
	});
}
