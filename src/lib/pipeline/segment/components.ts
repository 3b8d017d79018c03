import { throwIfAborted } from '#lib/core/progress.ts';
import type { Compute } from '#lib/pipeline/compute.ts';
import { pca, projectRows } from '#lib/stats/pca.ts';
import { applyScaler } from '#lib/stats/scale.ts';
import { columnShapes } from './column-shapes.ts';

/** The principal components of scaled customers. */
export const components: Compute['components'] = async ({ data, scaler }, signal) => {
	throwIfAborted(signal);
	const scaled = applyScaler(data, scaler);
	const found = pca(scaled);
	return {
		scores: projectRows(scaled, found, 2),
		loadings: found.loadings,
		eigenvalues: Array.from(found.eigenvalues),
		explained: Array.from(found.explained),
		columns: columnShapes(data, scaled)
	};
};
