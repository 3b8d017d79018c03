import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { farthest, small } from '../../../tests/oracle/clustering-small.ts';
import { median, quantiles, quantileSorted } from './quantile.ts';

const numbers = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 40 });

describe('quantiles', () => {
	it('interpolates between order statistics', () => {
		expect(quantiles([4, 1, 3, 2], [0, 0.25, 0.5, 1])).toEqual([1, 1.75, 2.5, 4]);
		expect(quantileSorted([7], 0.3)).toBe(7);
		expect(quantileSorted([], 0.5)).toBeNaN();
	});
	it('equals numpy.quantile', () => {
		const first = small.rows.map((row) => row[0] as number);
		expect(farthest(quantiles(first, small.probabilities), small.quantiles)).toBeLessThan(1e-12);
	});
	it('refuses what is no probability', () => {
		expect(() => quantileSorted([1, 2], 1.5)).toThrow('invalid probability: 1.5, expected 0 to 1');
		expect(() => quantileSorted([1, 2], NaN)).toThrow(RangeError);
	});
	it('rises with the probability and stays within the numbers', () => {
		fc.assert(
			fc.property(numbers, fc.double({ noNaN: true, min: 0, max: 1 }), (values, p) => {
				const [low, at, high] = quantiles(values, [0, p, 1]) as [number, number, number];
				return low <= at && at <= high && low === Math.min(...values) && high === Math.max(...values);
			}),
			{ seed: 1 }
		);
	});
});

describe('median', () => {
	it('is the middle, or the mean of the two middle ones', () => {
		expect(median([5, 1, 3])).toBe(3);
		expect(median([4, 1, 3, 2])).toBe(2.5);
		expect(median([])).toBeNaN();
		expect(median([1, NaN, 2])).toBeNaN();
	});
	it('equals the 50 % quantile, also with many ties', () => {
		const tied = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 60 });
		fc.assert(
			fc.property(fc.oneof(numbers, tied), (values) => {
				expect(median(values)).toBeCloseTo(quantiles(values, [0.5])[0] as number, 6);
			}),
			{ seed: 2 }
		);
	});
});
