import { AppError } from '#lib/core/errors.ts';
import type { Matrix } from '#lib/core/matrix.ts';
import { componentCount, pca, projectRows } from '#lib/stats/pca.ts';
import { applyScaler, fitScaler } from '#lib/stats/scale.ts';
import type { ClusteringParams, ClusteringResult, Projection, Scaler } from './schema.ts';

/** Where customers are compared: their features on a scale, or the first principal components of those. */
export type Space = Pick<ClusteringResult, 'scaler' | 'projection'>;

/** What decides on a space: how to scale, a scale that is kept, and the share of the variance that components hold. */
export type SpaceParams = Pick<ClusteringParams, 'scaling' | 'scaler' | 'componentShare'>;

/**
 * The space of some customers. A kept scale is used as it is; components are those of the customers at hand.
 *
 * @param data unscaled: one row per customer, one column per feature
 * @throws `segment.scale-mismatch` when the kept scale is of another kind or for another number of features
 */
export function fitSpace(data: Matrix, { scaling, scaler: kept, componentShare }: SpaceParams): Space {
	if (kept !== null) checkKeptScale(kept, scaling, data.columnCount);
	const scaler = kept ?? plainScaler(data, scaling);
	if (componentShare === null) return { scaler, projection: null };
	return { scaler, projection: firstComponents(applyScaler(data, scaler), componentShare) };
}

/** Customers in a space that was fitted before, on these or on others: the same numbers for the same features. */
export function toSpace(data: Matrix, { scaler, projection }: Space): Matrix {
	const scaled = applyScaler(data, scaler);
	if (projection === null) return scaled;
	const loadings = {
		values: Float64Array.from(projection.loadings.flat()),
		rowCount: projection.loadings.length,
		columnCount: data.columnCount
	};
	return projectRows(scaled, { loadings, means: projection.means }, loadings.rowCount);
}

/** @throws `segment.scale-mismatch` */
export function checkKeptScale(kept: Scaler, scaling: Scaler['scaling'], featureCount: number): void {
	const lengths = [kept.centers, kept.scales, ...(kept.lambdas ? [kept.lambdas] : [])].map(
		({ length }) => length
	);
	const hasPowers = kept.lambdas !== null;
	const needsPowers = kept.scaling === 'box-cox' || kept.scaling === 'yeo-johnson';
	const fits = lengths.every((length) => length === featureCount) && hasPowers === needsPowers;
	if (fits && kept.scaling === scaling) return;
	throw new AppError('segment.scale-mismatch', {
		kept: kept.centers.length,
		features: featureCount,
		isOtherKind: kept.scaling !== scaling
	});
}

function plainScaler(data: Matrix, scaling: Scaler['scaling']): Scaler {
	const { centers, scales, lambdas } = fitScaler(data, scaling);
	return { scaling, centers: [...centers], scales: [...scales], lambdas: lambdas && [...lambdas] };
}

function firstComponents(scaled: Matrix, share: number): Projection {
	const { means, loadings, explained } = pca(scaled);
	const count = componentCount(explained, share);
	const { columnCount } = scaled;
	return {
		means: Array.from(means),
		loadings: Array.from({ length: count }, (_, component) =>
			Array.from(loadings.values.subarray(component * columnCount, (component + 1) * columnCount))
		),
		explained: Array.from(explained.subarray(0, count))
	};
}
