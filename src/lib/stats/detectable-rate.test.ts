import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectableRate } from './detectable-rate.ts';

const usual = { alpha: 0.05, power: 0.8 };

describe('the least rate that an experiment finds', () => {
	// Percent, by baseline and people per arm; two-sided 5 %, power 80 %.
	it.each([
		[0.01, 50, 16.7],
		[0.01, 250, 5.4],
		[0.02, 500, 5.3],
		[0.02, 10_000, 2.6],
		[0.05, 1000, 8.1],
		[0.1, 2500, 12.5],
		[0.2, 5000, 22.3],
		[0.2, 50, 46.0]
	])('is, of a baseline of %d with %i per arm, %d %%', (baseline, people, percent) => {
		const found = detectableRate({ baseline, control: people, treated: people, ...usual }) ?? NaN;
		expect(Math.round(1000 * found) / 10).toBe(percent);
	});
	it('falls as people are added, and rises with how sure it has to be', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 0.005, max: 0.5, noNaN: true }),
				fc.integer({ min: 100, max: 20_000 }),
				fc.integer({ min: 100, max: 20_000 }),
				(baseline, control, treated) => {
					const of = (change: object) =>
						detectableRate({ baseline, control, treated, ...usual, ...change }) ?? 1;
					expect(of({})).toBeGreaterThan(baseline);
					expect(of({ treated: treated * 2 })).toBeLessThanOrEqual(of({}));
					expect(of({ power: 0.9 })).toBeGreaterThanOrEqual(of({}));
					expect(of({ alpha: 0.01 })).toBeGreaterThanOrEqual(of({}));
				}
			),
			{ seed: 1 }
		);
	});
	it('is none where even everybody would not be found, everybody does it anyway, or nobody is asked', () => {
		expect(detectableRate({ baseline: 0.5, control: 3, treated: 3, ...usual })).toBeNull();
		expect(detectableRate({ baseline: 0.5, control: 0, treated: 90, ...usual })).toBeNull();
		expect(detectableRate({ baseline: 1, control: 90, treated: 90, ...usual })).toBeNull();
		expect(() => detectableRate({ baseline: 2, control: 9, treated: 9, ...usual })).toThrow(/baseline of 2/);
	});
});
