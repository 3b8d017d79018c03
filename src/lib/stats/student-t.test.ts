import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import oracle from '../../../tests/oracle/student-t.json' with { type: 'json' };
import { meanInterval, studentCdf, studentQuantile } from './student-t.ts';

describe('Student’s t', () => {
	it.each(oracle.distributions)(
		'equals SciPy with $freedom degrees of freedom',
		({ freedom, quantiles, shares }) => {
			for (const [t = 0, share = 0] of shares) {
				expect(Math.abs(studentCdf(t, freedom) - share)).toBeLessThan(1e-11);
			}
			for (const [p = 0, value = 0] of quantiles) {
				expect(Math.abs(studentQuantile(p, freedom) - value)).toBeLessThan(1e-9 * (1 + Math.abs(value)));
			}
		}
	);

	it('becomes the normal distribution', () => {
		expect(studentQuantile(0.975, 1e15)).toBeCloseTo(1.959963984540054, 6);
	});

	it('refuses shares that are none', () => {
		expect(() => studentQuantile(1, 5)).toThrow(RangeError);
		expect(() => studentQuantile(0.5, 0)).toThrow(RangeError);
	});

	it('turns back', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 0.001, max: 0.999, noNaN: true }),
				fc.double({ min: 1, max: 1e5, noNaN: true }),
				(p, freedom) => {
					expect(studentCdf(studentQuantile(p, freedom), freedom)).toBeCloseTo(p, 9);
				}
			),
			{ seed: 4, numRuns: 60 }
		);
	});
});

describe('meanInterval', () => {
	it('equals SciPy', () => {
		const { values, low, high } = oracle.mean;
		const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
		const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
		const found = meanInterval(values.length, mean, Math.sqrt(squares / (values.length - 1)));
		expect(found.value).toBe(mean);
		expect(found.low).toBeCloseTo(low, 9);
		expect(found.high).toBeCloseTo(high, 9);
	});

	it('says nothing of one value', () => {
		expect(meanInterval(1, 7, 0)).toEqual({ value: 7, low: NaN, high: NaN });
	});
});
