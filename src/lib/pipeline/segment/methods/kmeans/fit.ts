import { AppError, notice } from '#lib/core/errors.ts';
import type { Matrix } from '#lib/core/matrix.ts';
import { countDistinctRows } from '#lib/stats/distinct.ts';
import { kmeans, needsSummary } from '#lib/stats/kmeans.ts';
import { summarize, type Summary } from '#lib/stats/summary.ts';
import type { Clustering, FitContext } from '../method.ts';
import type { KmeansParams } from './index.ts';

/** Summaries by the matrix they summarize: the fits of a sweep share one. */
const summaries = new WeakMap<Matrix, Summary>();

/** k-means (`stats/kmeans.ts`) to strict convergence on up to 5,000 rows, to scikit-learn's tolerance above. */
export function fit(data: Matrix, params: KmeansParams, { seed, onProgress }: FitContext): Clustering {
	requireNumbers(data);
	const asked = params.clusterCount;
	const distinct = countDistinctRows(data, asked);
	if (distinct === 0) throw new AppError('segment.too-few-customers', { customers: 0, of: 0, needed: asked });
	const clusterCount = Math.min(asked, distinct);
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
		centroids: { values: centroids, rowCount: clusterCount, columnCount: data.columnCount },
		inertia,
		iterations,
		notices: distinct < asked ? [notice('segment.distinct-points', { distinct, asked })] : []
	};
}

function summaryOf(data: Matrix): Summary {
	const summary = summaries.get(data) ?? summarize(data);
	summaries.set(data, summary);
	return summary;
}

function requireNumbers({ values, columnCount }: Matrix): void {
	const at = values.findIndex((value) => !Number.isFinite(value));
	if (at < 0) return;
	const column = at % columnCount;
	const customers = values.filter((value, i) => i % columnCount === column && !Number.isFinite(value)).length;
	throw new AppError('segment.missing-values', { feature: `column ${column + 1}`, customers });
}
