import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisOf, partOf, placeOn, sharesOf, valueAt } from './scatter-axis.ts';

const money = Float64Array.of(3.75, 120, 556, 77_183.6);

describe('axisOf', () => {
	it('keeps all values inside, with a margin', () => {
		for (const kind of ['log', 'linear'] as const) {
			const axis = axisOf(money, kind);
			expect(placeOn(axis, 3.75)).toBeCloseTo(0.0327, 3);
			expect(placeOn(axis, 77_183.6)).toBeCloseTo(0.9673, 3);
			expect(axis.floor).toBeNull();
		}
	});

	it('draws zeros and refunds of a logarithmic axis on a floor below the smallest positive value', () => {
		const axis = axisOf(Float64Array.of(0, -20, 1, 1000), 'log');
		expect(placeOn(axis, 0)).toBe(placeOn(axis, -20));
		expect(placeOn(axis, 0)).toBeGreaterThan(0);
		expect(placeOn(axis, 0)).toBeLessThan(placeOn(axis, 1));
		expect(valueAt(axis, placeOn(axis, 0) - 0.001)).toBe(-20);
	});

	it('survives no values, one value and values without logarithm', () => {
		expect(placeOn(axisOf(new Float64Array(0), 'log'), 5)).not.toBeNaN();
		expect(placeOn(axisOf(Float64Array.of(7, 7), 'linear'), 7)).toBe(0.5);
		expect(placeOn(axisOf(Float64Array.of(7, 7), 'log'), 7)).toBeCloseTo(0.5, 12);
		expect(placeOn(axisOf(Float64Array.of(0, 0), 'log'), 0)).toBe(0.5);
	});
});

describe('valueAt', () => {
	it('is the inverse of placeOn inside the axis and means the extremes at its ends', () => {
		const axis = axisOf(money, 'log');
		fc.assert(
			fc.property(fc.double({ min: 3.75, max: 77_183.6, noNaN: true }), (value) => {
				expect(valueAt(axis, placeOn(axis, value)) / value).toBeCloseTo(1, 9);
			}),
			{ seed: 11 }
		);
		expect(valueAt(axis, 0)).toBe(3.75);
		expect(valueAt(axis, 1)).toBe(77_183.6);
	});
});

describe('sharesOf', () => {
	it('leaves what is no number without a place', () => {
		const axis = axisOf(Float64Array.of(0, 10), 'linear');
		const shares = sharesOf(Float64Array.of(0, 10, NaN), axis);
		expect(shares[0]).toBeLessThan(shares[1] as number);
		expect(shares[2]).toBeNaN();
	});

	it('spreads equal days within their day, the same way each time', () => {
		const days = Float64Array.from({ length: 500 }, (_, i) => 1 + (i % 5));
		const axis = axisOf(days, 'linear', 1);
		const options = { jitter: 1, seed: 7 };
		const shares = sharesOf(days, axis, options);
		expect(sharesOf(days, axis, options)).toEqual(shares);
		const unit = placeOn(axis, 2) - placeOn(axis, 1);
		days.forEach((day, row) => {
			const distance = Math.abs((shares[row] as number) - placeOn(axis, day));
			expect(distance).toBeLessThanOrEqual(unit * 0.4501);
		});
		expect(new Set(shares).size).toBeGreaterThan(450);
	});
});

describe('partOf', () => {
	it('stretches a part over the whole length, and its ends mean the values there', () => {
		const axis = axisOf(money, 'log');
		const part = partOf(axis, 0.25, 0.5);
		expect(placeOn(part, valueAt(axis, 0.3))).toBeCloseTo(0.2, 9);
		expect(valueAt(part, 0)).toBeCloseTo(valueAt(axis, 0.25), 9);
		expect(valueAt(part, 1)).toBeCloseTo(valueAt(axis, 0.5), 9);
		expect(valueAt(partOf(axis, 0, 0.5), 0)).toBe(3.75);
		expect(partOf(axis, 0, 1)).toBe(axis);
	});
});
