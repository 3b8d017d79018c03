import { AppError, notice } from '#lib/core/errors.ts';
import type { Matrix } from '#lib/core/matrix.ts';
import type { Clustering } from './methods/method.ts';

/** Sums of the squared distances of millions of such numbers are finite; those of larger ones may not be. */
const LARGEST = 1e150;

/**
 * Makes sure that there are rows, and that distances between them can be computed.
 *
 * @param needed how many customers are asked for where there are none
 * @throws `segment.too-few-customers` without rows, `segment.missing-values` when a value is not a finite number,
 *   `segment.value-too-large` when squares of it are none: the last two name the first such column
 */
export function requireRows({ values, rowCount, columnCount }: Matrix, needed = 1): void {
	if (rowCount === 0) throw new AppError('segment.too-few-customers', { customers: 0, of: 0, needed });
	const at = values.findIndex((value) => !Number.isFinite(value));
	if (at >= 0) {
		const column = at % columnCount;
		const isLacking = (value: number, i: number): boolean =>
			i % columnCount === column && !Number.isFinite(value);
		const customers = values.filter(isLacking).length;
		throw new AppError('segment.missing-values', { feature: `column ${column + 1}`, customers });
	}
	const large = values.findIndex((value) => Math.abs(value) > LARGEST);
	if (large < 0) return;
	throw new AppError('segment.value-too-large', {
		feature: `column ${(large % columnCount) + 1}`,
		value: values[large] as number,
		largest: LARGEST
	});
}

/** As many clusters as were asked for, or as there are different rows, with a notice where those are fewer. */
export function limitClusters(asked: number, distinct: number): Pick<Clustering, 'clusterCount' | 'notices'> {
	if (distinct >= asked) return { clusterCount: asked, notices: [] };
	return { clusterCount: distinct, notices: [notice('segment.distinct-points', { distinct, asked })] };
}
