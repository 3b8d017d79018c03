import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairs } from '../../../tests/oracle/drivers.ts';
import { auc, aucInterval, placedInterval, placements } from './auc.ts';

describe('auc', () => {
	it('equals scikit-learn', () => {
		expect(Math.abs(auc(Float64Array.from(pairs.x), pairs.outcome) - pairs.auc)).toBeLessThan(1e-12);
	});

	it('is exact in small cases', () => {
		expect(auc(Float64Array.of(0.1, 0.4, 0.35, 0.8), [0, 0, 1, 1])).toBe(0.75);
		expect(auc(Float64Array.of(1, 2, 3), [0, 0, 1])).toBe(1);
		expect(auc(Float64Array.of(1, 1, 1), [0, 1, 1])).toBe(0.5);
		expect(auc(Float64Array.of(1, 2), [1, 1])).toBeNaN();
		expect(auc(Float64Array.of(1, 2), [0, 0])).toBeNaN();
	});

	it('has the interval of DeLong', () => {
		// Placements of outcome 1: 1, 0.5; of outcome 0: 0.5, 1. Variance 0.125 each, halved twice.
		const { value, low, high } = aucInterval(Float64Array.of(0.1, 0.4, 0.35, 0.8), [0, 0, 1, 1]);
		const half = 1.959963984540054 * Math.sqrt(0.125 / 2 + 0.125 / 2);
		expect(value).toBe(0.75);
		expect(low).toBeCloseTo(0.75 - half, 12);
		expect(high).toBe(1);
		expect(aucInterval(Float64Array.of(1, 2), [0, 1])).toEqual({ value: 1, low: 0, high: 1 });
	});

	it('has no difference between scores and themselves', () => {
		const scores = Float64Array.from(pairs.x);
		const same = placements(scores, pairs.outcome).map(() => 0);
		expect(placedInterval(same, pairs.outcome)).toEqual({ value: 0, low: 0, high: 0 });
	});

	it('mirrors, and asks only for the order', () => {
		const rows = fc
			.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.nat(1)), { minLength: 2, maxLength: 50 })
			.filter((list) => new Set(list.map(([, outcome]) => outcome)).size === 2);
		fc.assert(
			fc.property(rows, (list) => {
				const scores = Float64Array.from(list, ([score]) => score);
				const outcomes = list.map(([, outcome]) => outcome);
				const area = auc(scores, outcomes);
				expect(
					auc(
						scores.map((score) => -score),
						outcomes
					)
				).toBeCloseTo(1 - area, 12);
				expect(
					auc(
						scores.map((score) => Math.exp(score / 5)),
						outcomes
					)
				).toBeCloseTo(area, 12);
				const placed = placements(scores, outcomes);
				const ofZero = placed.filter((_, i) => outcomes[i] === 0);
				expect(ofZero.reduce((sum, each) => sum + each, 0) / ofZero.length).toBeCloseTo(area, 12);
			}),
			{ seed: 6 }
		);
	});
});
