import type { Format } from '#lib/core/format.ts';
import type { ScaledColumn } from '#lib/pipeline/segment/column-shapes.ts';
import type { ClusteringResult } from '#lib/pipeline/segment/schema.ts';
import { skewText } from '#lib/session/component-words.ts';
import { featureValue } from '../feature-words.ts';

/** A feature before and after it was scaled, as texts and counts. */
export interface ShapeRow {
	readonly name: string;
	readonly least: string;
	readonly most: string;
	readonly before: readonly number[];
	readonly after: readonly number[];
	readonly skewBefore: string;
	readonly skewAfter: string;
	readonly center: string;
	readonly scale: string;
	/** A dash where the scaling has no exponents. */
	readonly power: string;
	readonly weight: string;
}

/** One row for each feature that is compared. */
export function shapeRows(
	columns: readonly ScaledColumn[],
	{ features, scaler }: Pick<ClusteringResult, 'features' | 'scaler'>,
	names: readonly string[],
	format: Format
): ShapeRow[] {
	return columns.map(({ before, after, weight }, c) => {
		const feature = features[c] ?? '';
		return {
			name: names[c] ?? feature,
			least: featureValue(feature, before.min, format),
			most: featureValue(feature, before.max, format),
			before: before.counts,
			after: after.counts,
			skewBefore: skewText(before.skewness, format),
			skewAfter: skewText(after.skewness, format),
			center: format.decimal(scaler.centers[c] ?? NaN, 3),
			scale: format.decimal(scaler.scales[c] ?? NaN, 3),
			power: format.decimal(scaler.lambdas?.[c] ?? NaN, 3),
			// Equal weights differ in their last bits, which must not round them apart.
			weight: format.percent(Math.round(weight * 1e9) / 1e9)
		};
	});
}
