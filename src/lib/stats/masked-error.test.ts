import { expect, it } from 'vitest';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import { seeded } from '#lib/core/random.ts';
import { maskedError } from './masked-error.ts';

/** Two columns, the second either made of the first or of nothing. */
function twoColumns(rowCount: number, isRelated: boolean): Matrix {
	const random = seeded(8);
	const first = Float64Array.from({ length: rowCount }, random);
	const second = first.map((value) => (isRelated ? 3 * value + 0.01 * random() : random()));
	return fromColumns([first, second]);
}

it('is small where neighbours tell the value, and near that of the median where they do not', () => {
	const related = maskedError(twoColumns(1000, true), 1, 1, { neighborCount: 5 });
	expect(related.masked).toBe(100);
	expect(related.knn).toBeLessThan(0.05);
	expect(related.median).toBeGreaterThan(0.8);
	const unrelated = maskedError(twoColumns(1000, false), 1, 1, { neighborCount: 5 });
	expect(unrelated.knn).toBeGreaterThan(0.9);
	expect(unrelated.median).toBeCloseTo(1, 0);
});

it('hides at most 500 cells, the same for the same seed, and leaves the data alone', () => {
	const data = twoColumns(6000, true);
	const before = data.values.slice();
	const options = { neighborCount: 5 };
	expect(maskedError(data, 1, 1, options)).toEqual(maskedError(data, 1, 1, options));
	expect(maskedError(data, 1, 2, options)).not.toEqual(maskedError(data, 1, 1, options));
	expect(maskedError(data, 1, 1, options).masked).toBe(500);
	expect(data.values).toEqual(before);
});

it('says nothing of few numbers, or of equal ones', () => {
	const nothing = { masked: 0, knn: NaN, median: NaN };
	expect(maskedError(twoColumns(49, true), 1, 1, { neighborCount: 5 })).toEqual(nothing);
	const equal = fromColumns([Float64Array.from({ length: 100 }, (_, i) => i), new Float64Array(100)]);
	expect(maskedError(equal, 1, 1, { neighborCount: 5 })).toEqual(nothing);
});
