import { AppError } from '#lib/core/errors.ts';
import type { Matrix } from '#lib/core/matrix.ts';

/** Squares of larger numbers could not be told apart. */
const LARGEST = 1e150;

/**
 * @throws `segment.missing-values` when a value is not a finite number, `segment.value-too-large` when distances from it
 *   cannot be computed: each names the first such column
 */
export function requireNumbers({ values, columnCount }: Matrix): void {
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
