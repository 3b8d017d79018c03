import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson } from './wilson.ts';

describe('wilson', () => {
	it('equals published limits', () => {
		// Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
		for (const [successes, trials, low, high] of [
			[81, 263, 0.2553, 0.3662],
			[15, 148, 0.0624, 0.1605],
			[0, 20, 0, 0.1611],
			[1, 29, 0.0061, 0.1718]
		] as const) {
			const found = wilson(successes, trials);
			expect(found.low).toBeCloseTo(low, 4);
			expect(found.high).toBeCloseTo(high, 4);
			expect(found.value).toBe(successes / trials);
		}
	});

	it('is open where nothing was tried, and refuses more successes than trials', () => {
		expect(wilson(0, 0)).toEqual({ value: NaN, low: 0, high: 1 });
		expect(() => wilson(2, 1)).toThrow(RangeError);
	});

	it('holds the share, mirrors, and narrows with more trials', () => {
		const counts = fc.tuple(fc.nat(500), fc.nat(500)).filter(([a, b]) => a + b > 0);
		fc.assert(
			fc.property(counts, ([yes, no]) => {
				const found = wilson(yes, yes + no);
				const mirrored = wilson(no, yes + no);
				expect(found.low).toBeGreaterThanOrEqual(0);
				expect(found.low).toBeLessThanOrEqual(found.value);
				expect(found.high).toBeGreaterThanOrEqual(found.value);
				expect(found.high).toBeLessThanOrEqual(1);
				expect(1 - mirrored.low).toBeCloseTo(found.high, 12);
				const wider = wilson(4 * yes, 4 * (yes + no));
				expect(wider.high - wider.low).toBeLessThan(found.high - found.low);
			}),
			{ seed: 8 }
		);
	});
});
