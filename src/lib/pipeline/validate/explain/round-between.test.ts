import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roundBetween } from './round-between.ts';

it.each([
	[45, 46, 45],
	[0, 1, 0],
	[487.2, 531.9, 500],
	[0.28, 0.37, 0.3],
	[1234.5, 1234.75, 1234.5],
	[-3, 8, 0],
	[-12, -9, -10],
	[43, 58, 50],
	[62, 68, 65],
	[1e300, 2e300, 1e300]
])('from %d to %d it is %d', (below, above, round) => {
	expect(roundBetween(below, above)).toBeCloseTo(round, 9);
});

it('lies between', () => {
	const number = fc.double({ noNaN: true, noDefaultInfinity: true });
	fc.assert(
		fc.property(number, number, (a, b) => {
			fc.pre(a !== b);
			const [below, above] = [Math.min(a, b), Math.max(a, b)];
			const round = roundBetween(below, above);
			expect(round).toBeGreaterThanOrEqual(below);
			expect(round).toBeLessThan(above);
		}),
		{ seed: 61, numRuns: 1000 }
	);
});
