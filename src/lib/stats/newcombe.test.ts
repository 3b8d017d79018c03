import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shareDifference } from './newcombe.ts';

it('agrees with the table of the paper', () => {
	// Newcombe 1998, table II, method 10: 56/70 − 48/80, 9/10 − 3/10, 10/10 − 0/20.
	for (const [a, m, b, n, low, high] of [
		[56, 70, 48, 80, 0.0524, 0.3339],
		[9, 10, 3, 10, 0.1705, 0.809],
		[10, 10, 0, 20, 0.6791, 1]
	] as const) {
		const found = shareDifference({ successes: a, trials: m }, { successes: b, trials: n });
		expect(found.value).toBeCloseTo(a / m - b / n, 12);
		expect(found.low).toBeCloseTo(low, 4);
		expect(found.high).toBeCloseTo(high, 4);
	}
});

it('is undefined without trials, and turns with its sides', () => {
	expect(shareDifference({ successes: 0, trials: 0 }, { successes: 1, trials: 2 }).value).toBeNaN();
	const counted = fc
		.tuple(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }))
		.map(([trials, share]) => ({ trials, successes: Math.round(share * trials) }));
	fc.assert(
		fc.property(counted, counted, (first, second) => {
			const [one, other] = [shareDifference(first, second), shareDifference(second, first)];
			expect(one.low).toBeLessThanOrEqual(one.value);
			expect(one.high).toBeGreaterThanOrEqual(one.value);
			expect(one.low).toBeCloseTo(-other.high, 12);
		}),
		{ seed: 8 }
	);
});
