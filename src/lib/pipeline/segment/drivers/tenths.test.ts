import { expect, it } from 'vitest';
import { wilson } from '#lib/stats/wilson.ts';
import { byTenths, meanOf } from './tenths.ts';

it('counts the outcome in tenths, with what is missing last', () => {
	const values = Float64Array.from({ length: 101 }, (_, i) => (i === 100 ? NaN : i));
	const outcome = Float64Array.from(values, (_, i) => (i >= 50 ? 1 : 0));
	const tenths = byTenths(values, outcome, true);
	expect(tenths).toHaveLength(11);
	expect(tenths[0]).toEqual({ from: 0, to: 9, customers: 10, outcome: wilson(0, 10) });
	expect(tenths[9]).toEqual({ from: 90, to: 99, customers: 10, outcome: wilson(10, 10) });
	expect(tenths[10]).toEqual({ from: null, to: null, customers: 1, outcome: wilson(1, 1) });
});

it('keeps equal values together', () => {
	const values = Float64Array.from({ length: 100 }, (_, i) => (i < 70 ? 1 : i));
	const tenths = byTenths(values, new Float64Array(100), true);
	expect(tenths.map(({ customers }) => customers)).toEqual([70, 10, 10, 10]);
	expect(tenths.reduce((sum, { customers }) => sum + customers, 0)).toBe(100);
});

it('gives the mean of a number with ± 1.96 standard errors', () => {
	const { value, low, high } = meanOf(Float64Array.of(1, 2, 3, 99), [0, 1, 2]);
	expect(value).toBe(2);
	expect(high - value).toBeCloseTo(1.959964 / Math.sqrt(3), 5);
	expect(value - low).toBeCloseTo(high - value, 12);
	expect(meanOf(Float64Array.of(5), [0])).toEqual({ value: 5, low: -Infinity, high: Infinity });
});
