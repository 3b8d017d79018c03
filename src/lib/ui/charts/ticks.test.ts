import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTicks, DAY_TICKS, linearTicks, logTicks, spaced } from './ticks.ts';

describe('countTicks', () => {
	it('gives whole numbers, however few are counted', () => {
		expect(countTicks(1)).toEqual([0, 1]);
		expect(countTicks(2.55)).toEqual([0, 1, 2]);
		expect(countTicks(4218, 3)).toEqual([0, 2000, 4000]);
	});
});

describe('linearTicks', () => {
	it('gives round numbers', () => {
		expect(linearTicks(0, 0.5)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
		expect(linearTicks(0, 4218, 3)).toEqual([0, 2000, 4000]);
	});

	it('never gives more than asked', () => {
		fc.assert(
			fc.property(
				fc.double({ min: -1e6, max: 1e6, noNaN: true }),
				fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
				(lo, span) => {
					expect(linearTicks(lo, lo + span, 5).length).toBeLessThanOrEqual(5);
				}
			),
			{ seed: 3 }
		);
	});
});

describe('logTicks', () => {
	it('gives decades over a wide range', () => {
		expect(logTicks(3, 180_000)).toEqual([10, 100, 1000, 10_000, 100_000]);
	});

	it('thins out decades when there are too many', () => {
		expect(logTicks(0.001, 1e9, 6)).toEqual([0.001, 1, 1000, 1e6, 1e9]);
	});

	it('adds steps between decades over a narrow range', () => {
		expect(logTicks(3, 60)).toEqual([5, 10, 20, 50]);
	});

	it('works inside one decade and refuses what has no logarithm', () => {
		expect(logTicks(21, 24).length).toBeGreaterThan(1);
		expect(logTicks(0, 10)).toEqual([]);
	});
});

describe('spaced', () => {
	it('keeps ticks that have room', () => {
		const place = (day: number) => Math.log(day) * 60;
		const kept = spaced(
			DAY_TICKS.filter((day) => day <= 365),
			place,
			50
		);
		expect(kept).toEqual([1, 7, 30, 90, 365]);
	});
});
