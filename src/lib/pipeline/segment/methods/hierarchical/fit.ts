import { notice } from '#lib/core/errors.ts';
import { rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import { clusterMeans } from '#lib/stats/cluster-means.ts';
import { cutTree } from '#lib/stats/cut-tree.ts';
import { countDistinctRows } from '#lib/stats/distinct.ts';
import { linkage, type LinkageKind } from '#lib/stats/linkage.ts';
import { nearestCentroids, squaredDistanceSum } from '#lib/stats/nearest-centroids.ts';
import type { TreeDetails } from '../../method-details.ts';
import type { ClusterData, Clustering, FitContext } from '../method.ts';
import { limitClusters, requireRows } from '../../require-rows.ts';
import type { HierarchicalParams } from './index.ts';

/** Ward's tree is of all customers up to so many, and so many numbers: a few seconds of one core. */
const MOST_WARD_ROWS = 50_000;
const MOST_WARD_NUMBERS = 400_000;
/** The other trees need a table of all distances: 100 MB for so many. */
const MOST_TABLE_ROWS = 5000;
/** The part of a fit's progress that is the tree. */
const TREE_SHARE = 0.95;

/** A tree, and the rows it is of. */
interface SampledTree {
	readonly sample: Matrix;
	readonly details: TreeDetails;
}

/** Trees by the matrix they are of: the cuts of a sweep share one. */
const trees = new WeakMap<Matrix, Map<LinkageKind, SampledTree>>();

/**
 * Cuts the dendrogram of the rows (`stats/linkage.ts`). Of more rows than a tree is feasible of, it is of a sample, and
 * everyone else belongs to the cluster with the nearest mean. The sample depends on the number of rows alone, so that one
 * tree serves every number of clusters.
 */
export function fit(
	{ numbers: data }: ClusterData,
	params: HierarchicalParams,
	{ onProgress }: FitContext
): Clustering {
	const asked = params.clusterCount;
	requireRows(data, asked);
	const { sample, details } = treeOf(data, params.linkage, (share) => onProgress(share * TREE_SHARE));
	const { clusterCount, notices } = limitClusters(asked, countDistinctRows(sample, asked));
	const labels = labelEveryone(data, sample, details, clusterCount);
	const centroids = clusterMeans(data, { labels, clusterCount });
	onProgress(1);
	const isSample = sample.rowCount < data.rowCount;
	return {
		labels,
		clusterCount,
		hasNoise: false,
		centroids,
		modes: [],
		inertia: squaredDistanceSum(data, centroids, labels),
		iterations: 1,
		confidence: null,
		details,
		notices: [
			...notices,
			...(isSample
				? [notice('segment.sampled-tree', { sample: sample.rowCount, customers: data.rowCount })]
				: [])
		]
	};
}

function treeOf(data: Matrix, kind: LinkageKind, onProgress: (share: number) => void): SampledTree {
	const known = trees.get(data) ?? new Map<LinkageKind, SampledTree>();
	trees.set(data, known);
	const found = known.get(kind);
	if (found !== undefined) return found;
	const most = kind === 'ward' ? mostWardRows(data) : MOST_TABLE_ROWS;
	const rows = sampleWithoutReplacement(seeded(data.rowCount), most, data.rowCount);
	const sample = rows.length === data.rowCount ? data : rowsOf(data, rows);
	const tree: SampledTree = {
		sample,
		details: { kind: 'tree', linkage: kind, rows, ...linkage(sample, kind, { onProgress }) }
	};
	known.set(kind, tree);
	return tree;
}

function mostWardRows({ columnCount }: Matrix): number {
	return Math.min(MOST_WARD_ROWS, Math.floor(MOST_WARD_NUMBERS / columnCount));
}

function labelEveryone(data: Matrix, sample: Matrix, details: TreeDetails, clusterCount: number): Uint8Array {
	const cut = cutTree(details, clusterCount);
	if (sample === data) return cut;
	const labels = nearestCentroids(data, clusterMeans(sample, { labels: cut, clusterCount }));
	details.rows.forEach((row, i) => (labels[row] = cut[i] as number));
	return labels;
}
