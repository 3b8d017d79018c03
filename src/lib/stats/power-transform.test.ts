import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleaning } from '../../../tests/oracle/cleaning-small.ts';
import { farthest } from '../../../tests/oracle/clustering-small.ts';
import { minimize } from './brent.ts';
import { boxCox, boxCoxLambda, yeoJohnson, yeoJohnsonLambda } from './power-transform.ts';
import { skewness } from './skewness.ts';

/** How far two lists are apart, over the size of the numbers. */
function relativeDistance(actual: readonly number[], expected: readonly number[]): number {
	return farthest(actual, expected) / Math.max(1, ...expected.map(Math.abs));
}

describe.each(cleaning.powers)(
	'power transforms of $name',
	({ values, skew, yeoJohnson: yeo, boxCox: box }) => {
		it('have the exponents of scikit-learn and SciPy', () => {
			expect(yeoJohnsonLambda(values)).toBeCloseTo(yeo.lambda, 6);
			if (box) expect(boxCoxLambda(values)).toBeCloseTo(box.lambda, 6);
		});

		it('have their values', () => {
			const found = values.map((value) => yeoJohnson(value, yeo.lambda));
			expect(relativeDistance(found, yeo.values)).toBeLessThan(1e-8);
			if (!box) return;
			const even = values.map((value) => boxCox(value, box.lambda));
			expect(relativeDistance(even, box.values)).toBeLessThan(1e-8);
			expect(skewness(even)).toBeCloseTo(box.skew, 8);
		});

		it('start from their skewness', () => expect(skewness(values)).toBeCloseTo(skew, 9));
	}
);

describe('the exponents of power transforms', () => {
	it('are 1 where no two numbers differ', () => {
		expect(boxCoxLambda([3, 3, 3])).toBe(1);
		expect(yeoJohnsonLambda([-2, -2])).toBe(1);
		expect(boxCoxLambda([])).toBe(1);
		expect(yeoJohnsonLambda([4])).toBe(1);
	});

	it('stay finite for numbers of any size', () => {
		for (const values of [
			[1e300, 2e300, 5e300, 9e300],
			[1e-300, 3e-300, 1e-299],
			[1e9, 1e9 + 1, 1e9 + 3, 1e9 + 4],
			[1e-5, 1, 1e150]
		]) {
			expect(Number.isFinite(boxCoxLambda(values))).toBe(true);
			expect(Number.isFinite(yeoJohnsonLambda(values))).toBe(true);
			expect(Number.isFinite(yeoJohnsonLambda(values.map((value) => -value)))).toBe(true);
			expect(Number.isFinite(yeoJohnsonLambda([...values, -1, -1e200]))).toBe(true);
		}
	});

	it('do not depend on the unit of Box-Cox, and mirror those of Yeo-Johnson', () => {
		const values = [1, 2, 2.5, 4, 8, 19, 30];
		expect(boxCoxLambda(values.map((value) => value * 1e6))).toBeCloseTo(boxCoxLambda(values), 6);
		const mirrored = yeoJohnsonLambda(values.map((value) => -value));
		expect(mirrored).toBeCloseTo(2 - yeoJohnsonLambda(values), 6);
	});

	it('are refused numbers that the transform cannot take', () => {
		expect(() => boxCoxLambda([1, 0])).toThrow(RangeError);
		expect(() => boxCoxLambda([1, Infinity])).toThrow(RangeError);
		expect(() => yeoJohnsonLambda([1, NaN])).toThrow(RangeError);
	});
});

describe('boxCox and yeoJohnson', () => {
	it('are logarithms where the exponent is 0, and differences where it is 1', () => {
		expect(boxCox(Math.E, 0)).toBe(1);
		expect(boxCox(5, 1)).toBeCloseTo(4, 12);
		expect(yeoJohnson(Math.E - 1, 0)).toBeCloseTo(1, 15);
		expect(yeoJohnson(1 - Math.E, 2)).toBeCloseTo(-1, 15);
		expect(yeoJohnson(-3, 1)).toBeCloseTo(-3, 12);
		expect(boxCox(0, 0.5)).toBeNaN();
		expect(boxCox(-1, 2)).toBeNaN();
		expect(yeoJohnson(NaN, 2)).toBeNaN();
	});

	it('never fall', () => {
		const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
		const lambda = fc.double({ min: -4, max: 4, noNaN: true });
		fc.assert(
			fc.property(value, value, lambda, (a, b, l) => {
				const [low, high] = a < b ? [a, b] : [b, a];
				expect(yeoJohnson(low, l)).toBeLessThanOrEqual(yeoJohnson(high, l));
				if (low > 0) expect(boxCox(low, l)).toBeLessThanOrEqual(boxCox(high, l));
			}),
			{ seed: 5, numRuns: 300 }
		);
	});
});

describe('minimize', () => {
	it.each([
		['a parabola far away', (x: number) => (x - 40) ** 2, 40],
		['a slope before a valley', (x: number) => Math.exp(x) - 3 * x, Math.log(3)],
		['a flat valley', (x: number) => (x + 1) ** 4, -1],
		['a corner', (x: number) => Math.abs(x - 0.3), 0.3]
	] as const)('finds the bottom of %s', (_, objective, bottom) => {
		expect(Math.abs(minimize(objective, -2, 2) - bottom)).toBeLessThan(bottom === -1 ? 1e-3 : 1e-6);
	});
});

describe('skewness', () => {
	it('has no value for fewer than two different numbers', () => {
		expect(skewness([])).toBeNaN();
		expect(skewness([1])).toBeNaN();
		expect(skewness([0.1, 0.1, 0.1])).toBeNaN();
	});

	it('is exact for huge and tiny numbers', () => {
		expect(skewness([1e200, 2e200, 6e200])).toBeCloseTo(skewness([1, 2, 6]), 12);
		expect(skewness([1e-200, 2e-200, 6e-200])).toBeCloseTo(skewness([1, 2, 6]), 12);
		expect(skewness([-1, 0, 1])).toBe(0);
	});
});
