import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnOf } from '#lib/core/matrix.ts';
import { fromRows, small } from '../../../tests/oracle/clustering-small.ts';
import { columnMoments, mean, variance } from './moments.ts';

describe('moments', () => {
	it('divides by the number of values', () => {
		expect(mean([1, 2, 6])).toBe(3);
		expect(variance([1, 2, 6])).toBeCloseTo(14 / 3, 14);
		expect(variance([5])).toBe(0);
		expect(mean([])).toBeNaN();
		expect(variance([])).toBeNaN();
	});
	it('keeps its digits when the mean is large', () => {
		expect(variance([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBeCloseTo(2 / 3, 12);
	});
	it('gives each column what it gives alone', () => {
		const data = fromRows(small.rows);
		const { means, variances } = columnMoments(data);
		for (const column of [0, 1, 2]) {
			expect(means[column]).toBeCloseTo(mean(columnOf(data, column)), 12);
			expect(variances[column]).toBeCloseTo(variance(columnOf(data, column)), 12);
		}
	});
	it('moves with the values, and the variance does not', () => {
		const values = fc.array(fc.double({ noNaN: true, min: -100, max: 100 }), { minLength: 1, maxLength: 30 });
		fc.assert(
			fc.property(values, fc.double({ noNaN: true, min: -100, max: 100 }), (list, shift) => {
				const moved = list.map((value) => value + shift);
				expect(mean(moved)).toBeCloseTo(mean(list) + shift, 9);
				expect(variance(moved)).toBeCloseTo(variance(list), 8);
			}),
			{ seed: 3 }
		);
	});
});
