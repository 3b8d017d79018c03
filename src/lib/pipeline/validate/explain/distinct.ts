import { pause } from '#lib/core/pause.ts';
import { throwIfAborted } from '#lib/core/progress.ts';
import { cliffsDeltas } from '#lib/stats/cliffs-delta.ts';
import type { Labeling } from '#lib/stats/labeling.ts';
import { median } from '#lib/stats/quantile.ts';
import type { Compute } from '../../compute.ts';
import type { DistinctValue } from './compute.ts';

/** How far each cluster lies from everyone else, column by column; in the order of columns, then of clusters. */
export const distinct: Compute['distinct'] = async ({ columns, labels, clusterCount }, signal) => {
	const found: DistinctValue[][] = [];
	for (const column of columns) {
		found.push(distinctOf(column, { labels, clusterCount }));
		await pause();
		throwIfAborted(signal);
	}
	return found;
};

function distinctOf(column: Float64Array, labeling: Labeling): DistinctValue[] {
	const { labels } = labeling;
	const isShare = column.every((value) => value === 0 || value === 1 || Number.isNaN(value));
	return cliffsDeltas(column, labeling).map((delta, cluster) => {
		const own = column.filter((value, row) => labels[row] === cluster && Number.isFinite(value));
		const others = column.filter((value, row) => labels[row] !== cluster && Number.isFinite(value));
		const typicalOf = (values: Float64Array): number => {
			if (values.length === 0) return NaN;
			return isShare ? values.reduce((sum, each) => sum + each, 0) / values.length : median(values);
		};
		return { delta, typical: typicalOf(own), typicalOthers: typicalOf(others), told: own.length };
	});
}
