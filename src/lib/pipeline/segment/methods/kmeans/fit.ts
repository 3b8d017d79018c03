import type { Matrix } from '#lib/core/matrix.ts';
import { countDistinctRows } from '#lib/stats/distinct.ts';
import { kmeans, needsSummary } from '#lib/stats/kmeans.ts';
import { summaryLevels, type SummaryLevels } from '#lib/stats/summary.ts';
import type { ClusterData, Clustering, FitContext } from '../method.ts';
import { limitClusters, requireRows } from '../../require-rows.ts';
import type { KmeansParams } from './index.ts';

/** Summaries by the matrix they summarize: the fits of a sweep share one. */
const summaries = new WeakMap<Matrix, SummaryLevels>();

/** k-means (`stats/kmeans.ts`) to strict convergence on up to 5,000 rows, to scikit-learn's tolerance above. */
export function fit(
	{ numbers: data }: ClusterData,
	params: KmeansParams,
	{ seed, onProgress }: FitContext
): Clustering {
	const asked = params.clusterCount;
	requireRows(data, asked);
	const { clusterCount, notices } = limitClusters(asked, countDistinctRows(data, asked));
	const { labels, centroids, inertia, iterations } = kmeans(data, {
		clusterCount,
		seed,
		initCount: params.initCount,
		tolerance: needsSummary(data) ? 1e-4 : 0,
		...(needsSummary(data) && { summary: summaryOf(data) }),
		onProgress
	});
	return {
		labels,
		clusterCount,
		hasNoise: false,
		modes: [],
		confidence: null,
		details: { kind: 'kmeans' },
		centroids: { values: centroids, rowCount: clusterCount, columnCount: data.columnCount },
		inertia,
		iterations,
		notices
	};
}

function summaryOf(data: Matrix): SummaryLevels {
	const summary = summaries.get(data) ?? summaryLevels(data);
	summaries.set(data, summary);
	return summary;
}
