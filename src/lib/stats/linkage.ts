import type { Matrix } from '#lib/core/matrix.ts';
import { DisjointSets } from './disjoint-sets.ts';
import { matrixUnions } from './matrix-linkage.ts';
import { squareUnit } from './square-unit.ts';
import { wardUnions } from './ward.ts';

/** How far two clusters are apart: growth of the inertia, mean distance, or greatest distance of their rows. */
export type LinkageKind = 'ward' | 'average' | 'complete';

/** Two clusters that became one, each named by one of its rows, and the distance at which they did. */
export interface Union {
	readonly first: number;
	readonly second: number;
	readonly height: number;
}

/** A dendrogram. Nodes 0 … n − 1 are the rows, node n + i is what merge i made. */
export interface LinkageTree {
	/** Pairs of nodes, the lower number first: 2 (n − 1) numbers. */
	readonly merges: Int32Array;
	/** By rising distance. */
	readonly heights: Float64Array;
	/** Rows under what each merge made. */
	readonly sizes: Int32Array;
}

export interface LinkageOptions {
	/** Told how much is done, 0 to 1. */
	readonly onProgress?: (share: number) => void;
	/** Plain TypeScript in place of the kernel; the tree is the same. */
	readonly plain?: boolean;
}

/**
 * Hierarchical clustering: the two clusters that are nearest become one until one is left. The same tree as SciPy's
 * `linkage` with Euclidean distances, heights to 1e-12 of the greatest; where distances are equal the order of such
 * merges may differ. Cost: see `wardUnions` and `matrixUnions`.
 */
export function linkage(data: Matrix, kind: LinkageKind, options: LinkageOptions = {}): LinkageTree {
	const { onProgress = () => undefined } = options;
	const unit = squareUnit(data);
	const scaled = unit === 1 ? data : { ...data, values: data.values.map((value) => value / unit) };
	const unions =
		kind === 'ward' ? wardUnions(scaled, { ...options, onProgress }) : matrixUnions(scaled, kind, onProgress);
	onProgress(1);
	return treeOf(unions, unit);
}

/** Unions by rising height, their clusters named by node instead of row. */
function treeOf(unions: readonly Union[], unit: number): LinkageTree {
	const rowCount = unions.length + 1;
	const merges = new Int32Array(2 * unions.length);
	const sizes = new Int32Array(unions.length);
	const sets = new DisjointSets(rowCount);
	const nodes = Int32Array.from({ length: rowCount }, (_, row) => row);
	const ascending = unions.toSorted((a, b) => a.height - b.height);
	ascending.forEach(({ first, second }, merge) => {
		const [one, other] = [nodes[sets.find(first)] as number, nodes[sets.find(second)] as number];
		merges.set([Math.min(one, other), Math.max(one, other)], 2 * merge);
		for (const node of [one, other]) {
			sizes[merge]! += node < rowCount ? 1 : (sizes[node - rowCount] as number);
		}
		sets.join(first, second);
		nodes[sets.find(first)] = rowCount + merge;
	});
	return { merges, heights: Float64Array.from(ascending, ({ height }) => height * unit), sizes };
}
