import type { NearBlocks, NeighbourBlocks } from './neighbour-blocks.ts';
import { isLeaf, squaredGap, squaredSpan, type SpatialIndex } from './spatial-index.ts';

/**
 * The rows of an index in blocks for distances up to eps: the largest parts whose rows are all neighbours, and leaves
 * where there are none. O(nodes), and a search of the tree for each block that is asked for.
 */
export function treeBlocks(index: SpatialIndex, eps: number): NeighbourBlocks {
	const limit = eps * eps;
	const { nodeCount, rowCount, columnCount, after, order, values } = index;
	const blockOf = new Int32Array(nodeCount).fill(-1);
	const nodes: number[] = [];
	const isTight: number[] = [];
	for (let node = 0; node < nodeCount;) {
		const tight = squaredSpan(index, node) <= limit;
		if (tight || isLeaf(index, node)) {
			blockOf[node] = nodes.push(node) - 1;
			isTight.push(tight ? 1 : 0);
			node = after[node] as number;
		} else node += 1;
	}
	return {
		...{ columnCount, order, values },
		starts: Int32Array.from([...nodes.map((node) => index.starts[node] as number), rowCount]),
		isTight: Uint8Array.from(isTight),
		walk: () => walk(index, limit, Int32Array.from(nodes), blockOf)
	};
}

function walk(index: SpatialIndex, limit: number, nodes: Int32Array, blockOf: Int32Array): NearBlocks {
	const { after, nodeCount } = index;
	return (block, out) => {
		out[0] = block;
		out[1] = block + 1;
		let written = 2;
		for (let node = 0; node < nodeCount;) {
			const isNear = squaredGap(index, nodes[block] as number, node) <= limit;
			const found = blockOf[node] as number;
			if (isNear && found === -1) {
				node += 1;
				continue;
			}
			if (isNear && found !== block) {
				if (out[written - 1] === found && written > 2) out[written - 1] = found + 1;
				else {
					out[written++] = found;
					out[written++] = found + 1;
				}
			}
			node = after[node] as number;
		}
		return written;
	};
}
