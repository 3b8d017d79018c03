import type { Matrix } from '#lib/core/matrix.ts';
import { condense, type CondensedTree } from './condensed-tree.ts';
import { neighbourDistances } from './neighbour-distances.ts';
import { reachabilityTree } from './reachability-tree.ts';
import { buildSpatialIndex } from './spatial-index.ts';

export interface HdbscanOptions {
	/** So many rows, itself included, make out how dense it is around a row. */
	readonly minPoints: number;
	/** Fewest rows of a cluster, at least 2. */
	readonly minClusterSize: number;
	/** Told how much is done, rising from 0 to 1. */
	readonly onProgress?: (share: number) => void;
}

export interface HdbscanFit {
	/** Per row its cluster, −1 for noise. Clusters are numbered by their first row. */
	readonly labels: Int32Array;
	readonly clusterCount: number;
	/** Per row how deep inside its cluster it is, 0 for noise to 1. */
	readonly strengths: Float64Array;
	/** Per cluster its excess of mass: how long its rows stay together as the density rises. */
	readonly stabilities: Float64Array;
	/** Per row the distance to the `minPoints`-th nearest, itself being the first. */
	readonly coreDistances: Float64Array;
}

/**
 * Density-based clusters of different densities (HDBSCAN*; Campello, Moulavi and Sander 2013; the tree as condensed by
 * McInnes and Healy 2017): the clusters of all DBSCAN runs at once as a tree, of which those are chosen that together last
 * longest as the density rises. The whole is never a cluster. Rows at equal distances join at once, so that neither the
 * order of rows nor ties decide; without ties it agrees with scikit-learn's `HDBSCAN`. About O(n·log² n) in few
 * dimensions, O(n²) at worst.
 */
export function hdbscan(data: Matrix, { minPoints, minClusterSize, onProgress }: HdbscanOptions): HdbscanFit {
	const index = buildSpatialIndex(data);
	const cores = neighbourDistances(index, minPoints, null, (share) => onProgress?.(share * 0.4));
	const spanning = reachabilityTree(index, cores, (share) => onProgress?.(0.4 + share * 0.5));
	const tree = condense(spanning, data.rowCount, minClusterSize);
	const chosen = chooseClusters(tree);
	const fit = label(tree, chosen, index.order);
	onProgress?.(1);
	const coreDistances = new Float64Array(data.rowCount);
	index.order.forEach((row, position) => (coreDistances[row] = cores[position] as number));
	return { ...fit, coreDistances };
}

/**
 * Per cluster of the tree the cluster that was chosen and holds it, itself or one above, −1 where there is none: of each
 * cluster and the best choice below it, the one with more mass is kept; the cluster itself where they are equal.
 */
function chooseClusters({ parents, stabilities }: CondensedTree): Int32Array {
	const best = stabilities.slice();
	const below = new Float64Array(parents.length);
	const isKept = new Uint8Array(parents.length);
	for (let cluster = parents.length - 1; cluster > 0; cluster -= 1) {
		isKept[cluster] = (best[cluster] as number) >= (below[cluster] as number) ? 1 : 0;
		best[cluster] = Math.max(best[cluster] as number, below[cluster] as number);
		below[parents[cluster] as number]! += best[cluster] as number;
	}
	const chosen = new Int32Array(parents.length).fill(-1);
	for (let cluster = 1; cluster < parents.length; cluster += 1) {
		const above = chosen[parents[cluster] as number] as number;
		chosen[cluster] = above !== -1 ? above : isKept[cluster] === 1 ? cluster : -1;
	}
	return chosen;
}

type Labels = Pick<HdbscanFit, 'labels' | 'clusterCount' | 'strengths' | 'stabilities'>;

function label(tree: CondensedTree, chosen: Int32Array, order: Int32Array): Labels {
	const labels = new Int32Array(order.length).fill(-1);
	const strengths = new Float64Array(order.length);
	const numbers = new Map<number, number>();
	const positions = new Int32Array(order.length);
	order.forEach((row, position) => (positions[row] = position));
	positions.forEach((position, row) => {
		const cluster = chosen[tree.clusters[position] as number] as number;
		if (cluster === -1) return;
		const number = numbers.get(cluster) ?? numbers.size;
		numbers.set(cluster, number);
		labels[row] = number;
		strengths[row] = Math.min((tree.densities[position] as number) / (tree.deaths[cluster] as number), 1);
	});
	return {
		...{ labels, strengths },
		clusterCount: numbers.size,
		stabilities: Float64Array.from(numbers.keys(), (cluster) => tree.stabilities[cluster] as number)
	};
}
