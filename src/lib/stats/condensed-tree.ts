import { DisjointSets } from './disjoint-sets.ts';
import type { SpanningTree } from './reachability-tree.ts';

/** Clusters as the density rises; cluster 0 is the whole, and each stands after the one it comes from. */
export interface CondensedTree {
	/** Per cluster the one that it comes from; −1 for the whole. */
	readonly parents: Int32Array;
	/** Per cluster the sum over its rows of how much denser it gets before they leave. */
	readonly stabilities: Float64Array;
	/** Per cluster the density at which the last of its rows leave it, or it splits. */
	readonly deaths: Float64Array;
	/** Per position the last cluster that it is in, and the density at which it leaves. */
	readonly clusters: Int32Array;
	readonly densities: Float64Array;
}

/**
 * Takes a spanning tree apart from its longest edge on. Where a part of a cluster with fewer than `minClusterSize` rows
 * comes off, its rows leave the cluster; where two or more larger ones part, each is a new cluster. Density is 1 / length;
 * rows at distance 0 stay together up to the density of the least distance above 0. O(n).
 */
export function condense(spanning: SpanningTree, rowCount: number, minClusterSize: number): CondensedTree {
	const merges = mergeLevels(spanning, rowCount);
	const tree: Growing = {
		...{ merges, minClusterSize },
		parents: [-1],
		births: [0],
		stabilities: [0],
		deaths: [0],
		clusters: new Int32Array(rowCount),
		densities: new Float64Array(rowCount)
	};
	const tops: Part[] = rowCount === 0 ? [] : [{ node: rowCount + merges.heights.length - 1, cluster: 0 }];
	for (let part = tops.pop(); part !== undefined; part = tops.pop()) tops.push(...takeApart(tree, part));
	const { clusters, densities } = tree;
	return {
		...{ clusters, densities },
		parents: Int32Array.from(tree.parents),
		stabilities: Float64Array.from(tree.stabilities),
		deaths: Float64Array.from(tree.deaths)
	};
}

/** What edges of one length join at once. Nodes below `rowCount` are positions, node `rowCount + m` is merge m. */
interface Merges {
	readonly rowCount: number;
	readonly heights: readonly number[];
	/** Per merge the nodes that it joins: two or more. */
	readonly children: readonly (readonly number[])[];
	/** Per merge how many rows it holds. */
	readonly sizes: readonly number[];
	/** The least height above 0; 1 where there is none. */
	readonly leastHeight: number;
}

function mergeLevels({ pairs, lengths }: SpanningTree, rowCount: number): Merges {
	const sets = new DisjointSets(rowCount);
	// The node of each set, by its least position.
	const nodes = Int32Array.from({ length: rowCount }, (_, i) => i);
	const heights: number[] = [];
	const children: number[][] = [];
	const sizes: number[] = [];
	const sizeOf = (node: number): number => (node < rowCount ? 1 : (sizes[node - rowCount] as number));
	for (let start = 0, end = 0; start < lengths.length; start = end) {
		while (end < lengths.length && lengths[end] === lengths[start]) end += 1;
		const members = new Set<number>();
		for (let edge = 2 * start; edge < 2 * end; edge += 1) members.add(sets.find(pairs[edge] as number));
		for (let edge = start; edge < end; edge += 1)
			sets.join(pairs[2 * edge] as number, pairs[2 * edge + 1] as number);
		const joined = new Map<number, number[]>();
		for (const member of members) {
			const set = sets.find(member);
			const others = joined.get(set);
			if (others === undefined) joined.set(set, [nodes[member] as number]);
			else others.push(nodes[member] as number);
		}
		for (const [set, parts] of joined) {
			sizes.push(parts.reduce((sum, part) => sum + sizeOf(part), 0));
			heights.push(lengths[start] as number);
			nodes[set] = rowCount + children.push(parts) - 1;
		}
	}
	return { rowCount, heights, children, sizes, leastHeight: heights.find((height) => height > 0) ?? 1 };
}

interface Growing {
	readonly merges: Merges;
	readonly minClusterSize: number;
	readonly parents: number[];
	/** Per cluster the density at which it comes to be. */
	readonly births: number[];
	readonly stabilities: number[];
	readonly deaths: number[];
	readonly clusters: Int32Array;
	readonly densities: Float64Array;
}

/** A node that is still to be taken apart, and the cluster that it is in. */
interface Part {
	readonly node: number;
	readonly cluster: number;
}

function takeApart(tree: Growing, { node, cluster }: Part): Part[] {
	const { merges, minClusterSize } = tree;
	const { rowCount, sizes, heights, leastHeight } = merges;
	const sizeOf = (child: number): number => (child < rowCount ? 1 : (sizes[child - rowCount] as number));
	if (node < rowCount) {
		leave(tree, node, cluster, 1 / leastHeight);
		return [];
	}
	const density = 1 / Math.max(heights[node - rowCount] as number, leastHeight);
	const children = merges.children[node - rowCount] ?? [];
	const large = children.filter((child) => sizeOf(child) >= minClusterSize);
	for (const child of children) {
		if (sizeOf(child) < minClusterSize)
			for (const row of rowsUnder(merges, child)) leave(tree, row, cluster, density);
	}
	if (large.length < 2) return large.map((child) => ({ node: child, cluster }));
	return large.map((child) => {
		count(tree, cluster, density, sizeOf(child));
		tree.births.push(density);
		tree.stabilities.push(0);
		tree.deaths.push(density);
		return { node: child, cluster: tree.parents.push(cluster) - 1 };
	});
}

function leave(tree: Growing, row: number, cluster: number, density: number): void {
	tree.clusters[row] = cluster;
	tree.densities[row] = density;
	count(tree, cluster, density, 1);
}

/** Counts rows that leave a cluster. */
function count(
	{ births, stabilities, deaths }: Growing,
	cluster: number,
	density: number,
	rows: number
): void {
	stabilities[cluster]! += rows * (density - (births[cluster] as number));
	deaths[cluster] = Math.max(deaths[cluster] as number, density);
}

function* rowsUnder({ rowCount, children }: Merges, top: number): Generator<number> {
	const open = [top];
	for (let node = open.pop(); node !== undefined; node = open.pop()) {
		if (node < rowCount) yield node;
		else open.push(...(children[node - rowCount] ?? []));
	}
}
