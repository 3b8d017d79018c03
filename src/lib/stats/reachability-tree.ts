import { DisjointSets } from './disjoint-sets.ts';
import { isLeaf, siblingOf, squaredDistance, squaredGap, type SpatialIndex } from './spatial-index.ts';

/** The edges of a tree over n positions: n − 1, by rising length. */
export interface SpanningTree {
	/** Pairs of positions, 2 (n − 1) numbers. */
	readonly pairs: Int32Array;
	readonly lengths: Float64Array;
}

/**
 * The shortest tree over all rows by mutual reachability, which is the largest of a pair's distance and the core distances
 * of both (Campello, Moulavi and Sander 2013). Borůvka's algorithm on a spatial index (March, Ram and Gray 2010): in each
 * round every part finds its nearest row outside, looking past boxes that are too far or wholly its own. About
 * O(n·log² n) in few dimensions.
 *
 * @param coreDistances by position
 */
export function reachabilityTree(
	index: SpatialIndex,
	coreDistances: Float64Array,
	onProgress?: (share: number) => void
): SpanningTree {
	const { rowCount } = index;
	const state = startRounds(index, coreDistances);
	const edges: Edge[] = [];
	while (edges.length < rowCount - 1) {
		markParts(state);
		state.lengths.fill(Infinity);
		for (const leaf of state.leaves) searchFrom(state, leaf);
		addEdges(state, edges);
		onProgress?.(edges.length / Math.max(rowCount - 1, 1));
	}
	edges.sort((a, b) => a.squares - b.squares);
	return {
		pairs: Int32Array.from(edges.flatMap(({ from, to }) => [from, to])),
		lengths: Float64Array.from(edges, ({ squares }) => Math.sqrt(squares))
	};
}

interface Edge {
	readonly squares: number;
	readonly from: number;
	readonly to: number;
}

/** What the rounds share. Lengths are squared throughout. */
interface Rounds {
	readonly index: SpatialIndex;
	readonly leaves: readonly number[];
	readonly cores: Float64Array;
	/** Per node the least core distance of its rows. */
	readonly leastCores: Float64Array;
	readonly sets: DisjointSets;
	/** Per position its part, by its least position. */
	readonly parts: Int32Array;
	/** Per node the part that all of its rows are of, or −1. */
	readonly nodeParts: Int32Array;
	/** Per part its shortest edge outward in this round, and the edge's ends. */
	readonly lengths: Float64Array;
	readonly froms: Int32Array;
	readonly tos: Int32Array;
}

function startRounds(index: SpatialIndex, coreDistances: Float64Array): Rounds {
	const { rowCount, nodeCount } = index;
	const cores = coreDistances.map((distance) => distance * distance);
	const leaves: number[] = [];
	for (let node = 0; node < nodeCount; node += 1) if (isLeaf(index, node)) leaves.push(node);
	const leastCores = new Float64Array(nodeCount).fill(Infinity);
	for (const leaf of leaves) {
		for (let i = index.starts[leaf] as number; i < (index.ends[leaf] as number); i += 1) {
			leastCores[leaf] = Math.min(leastCores[leaf] as number, cores[i] as number);
		}
	}
	for (let node = nodeCount - 1; node > 0; node -= 1) {
		const parent = index.parents[node] as number;
		leastCores[parent] = Math.min(leastCores[parent] as number, leastCores[node] as number);
	}
	return {
		...{ index, leaves, cores, leastCores },
		sets: new DisjointSets(rowCount),
		parts: new Int32Array(rowCount),
		nodeParts: new Int32Array(nodeCount),
		lengths: new Float64Array(rowCount),
		froms: new Int32Array(rowCount),
		tos: new Int32Array(rowCount)
	};
}

/** Says of each position and node which part it is of. */
function markParts({ index, sets, parts, nodeParts }: Rounds): void {
	const { starts, ends, after, nodeCount, rowCount } = index;
	for (let i = 0; i < rowCount; i += 1) parts[i] = sets.find(i);
	for (let node = nodeCount - 1; node >= 0; node -= 1) {
		if (isLeaf(index, node)) {
			const own = parts[starts[node] as number] as number;
			let isOne = true;
			for (let i = (starts[node] as number) + 1; i < (ends[node] as number); i += 1)
				isOne &&= parts[i] === own;
			nodeParts[node] = isOne ? own : -1;
		} else {
			const first = nodeParts[node + 1] as number;
			nodeParts[node] = first === nodeParts[after[node + 1] as number] ? first : -1;
		}
	}
}

/** Looks for edges from the rows of a leaf, in ever larger surroundings. */
function searchFrom(state: Rounds, leaf: number): void {
	const { index, leastCores, nodeParts } = state;
	const { after, parents } = index;
	if (nodeParts[leaf] === -1) compareLeaves(state, leaf, leaf);
	let bound = boundOf(state, leaf);
	for (let own = leaf; own > 0; own = parents[own] as number) {
		if ((leastCores[leaf] as number) >= bound) return;
		const part = siblingOf(index, own);
		const end = after[part] as number;
		for (let node = part; node < end;) {
			const isOwn = nodeParts[node] !== -1 && nodeParts[node] === nodeParts[leaf];
			if (isOwn || (leastCores[node] as number) >= bound || squaredGap(index, leaf, node) >= bound) {
				node = after[node] as number;
				continue;
			}
			if (after[node] === node + 1) {
				compareLeaves(state, leaf, node);
				bound = boundOf(state, leaf);
			}
			node += 1;
		}
	}
}

/** No edge from a leaf's rows is of use unless it is shorter. */
function boundOf({ index, parts, lengths, nodeParts }: Rounds, leaf: number): number {
	const only = nodeParts[leaf] as number;
	if (only !== -1) return lengths[only] as number;
	let bound = 0;
	for (let i = index.starts[leaf] as number; i < (index.ends[leaf] as number); i += 1) {
		const length = lengths[parts[i] as number] as number;
		if (length > bound) bound = length;
	}
	return bound;
}

function compareLeaves(
	{ index, cores, parts, lengths, froms, tos }: Rounds,
	leaf: number,
	other: number
): void {
	const { starts, ends } = index;
	const [from, to] = [starts[other] as number, ends[other] as number];
	const end = ends[leaf] as number;
	for (let i = starts[leaf] as number; i < end; i += 1) {
		const part = parts[i] as number;
		const core = cores[i] as number;
		let least = lengths[part] as number;
		if (core >= least) continue;
		for (let j = from; j < to; j += 1) {
			if (parts[j] === part || (cores[j] as number) >= least) continue;
			const length = Math.max(squaredDistance(index, i, j), core, cores[j] as number);
			if (length >= least) continue;
			least = length;
			lengths[part] = length;
			froms[part] = i;
			tos[part] = j;
		}
	}
}

/** Adds the shortest edge of each part, the shortest first, so that equal ones make no ring. */
function addEdges({ index, sets, parts, lengths, froms, tos }: Rounds, edges: Edge[]): void {
	const found: Edge[] = [];
	for (let i = 0; i < index.rowCount; i += 1) {
		if (parts[i] !== i) continue;
		found.push({ squares: lengths[i] as number, from: froms[i] as number, to: tos[i] as number });
	}
	found.sort((a, b) => a.squares - b.squares);
	for (const edge of found) if (sets.join(edge.from, edge.to)) edges.push(edge);
}
