import type { Matrix } from '#lib/core/matrix.ts';
import { adjustedMutualInformation } from '#lib/stats/adjusted-mutual-information.ts';
import { countDistinctRows } from '#lib/stats/distinct.ts';
import { categoryShare, defaultGamma, kPrototypes, type MixedData } from '#lib/stats/k-prototypes.ts';
import type { Labeling } from '#lib/stats/labeling.ts';
import type { ClusterData, Clustering, FitContext } from '../method.ts';
import { limitClusters, requireRows } from '../../require-rows.ts';
import type { KPrototypesParams } from './index.ts';

/** k-prototypes (`stats/k-prototypes.ts`). Its inertia holds what categories that differ count. */
export function fit(
	data: ClusterData,
	params: KPrototypesParams,
	{ seed, onProgress }: FitContext
): Clustering {
	const { numbers } = data;
	const asked = params.clusterCount;
	requireRows(numbers, asked);
	const { clusterCount, notices } = limitClusters(asked, countDistinct(data, params.gamma !== 0, asked));
	const mixed = mixedOf(data);
	const gamma = params.gamma ?? defaultGamma(numbers);
	const options = { clusterCount, gamma, seed, initCount: params.initCount, onProgress };
	const { labels, centroids, modes, cost, iterations } = kPrototypes(mixed, options);
	const width = data.categories.length;
	return {
		labels,
		clusterCount,
		hasNoise: false,
		centroids: { values: centroids, rowCount: clusterCount, columnCount: numbers.columnCount },
		modes:
			width === 0
				? []
				: Array.from({ length: clusterCount }, (_, cluster) =>
						Array.from(modes.subarray(cluster * width, (cluster + 1) * width))
					),
		inertia: cost,
		iterations,
		confidence: null,
		details: {
			kind: 'prototypes',
			gamma,
			categoryShare: categoryShare(mixed, gamma),
			categoryEffects: categoryEffects(data, { labels, clusterCount })
		},
		notices
	};
}

/** Rows that differ in what counts, counted up to a limit. */
function countDistinct(
	{ numbers, categories }: ClusterData,
	doCategoriesCount: boolean,
	limit: number
): number {
	if (!doCategoriesCount || categories.length === 0) return countDistinctRows(numbers, limit);
	const { values, rowCount, columnCount } = numbers;
	const width = columnCount + categories.length;
	const all: Matrix = { values: new Float64Array(rowCount * width), rowCount, columnCount: width };
	for (let row = 0; row < rowCount; row += 1) {
		all.values.set(values.subarray(row * columnCount, (row + 1) * columnCount), row * width);
		categories.forEach(({ codes }, c) => (all.values[row * width + columnCount + c] = codes[row] as number));
	}
	return countDistinctRows(all, limit);
}

function mixedOf({ numbers, categories }: ClusterData): MixedData {
	const codes = new Int32Array(numbers.rowCount * categories.length);
	categories.forEach((column, c) =>
		column.codes.forEach((code, row) => (codes[row * categories.length + c] = code))
	);
	return { numbers, codes, levelCounts: categories.map(({ levels }) => levels.length) };
}

/** How well each category alone tells the clusters; nothing tells one cluster. */
function categoryEffects({ categories }: ClusterData, labeling: Labeling): number[] {
	if (labeling.clusterCount < 2) return categories.map(() => 0);
	return categories.map(({ codes, levels }) =>
		adjustedMutualInformation(labeling, { labels: codes, clusterCount: levels.length })
	);
}
