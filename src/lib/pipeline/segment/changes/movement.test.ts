import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movedCount, movementOf, segmentCategories, turnoverOf, wholePercentages } from './movement.ts';

const MOVEMENT = movementOf(
	'segment',
	['a', 'b'],
	[
		{ from: 0, to: 0, customers: 5 },
		{ from: 0, to: 1, customers: 2 },
		{ from: 1, to: null, customers: 3 },
		{ from: null, to: 0, customers: 4 }
	]
);

describe('movementOf', () => {
	it('has a last row of who is new and a last column of who is gone', () => {
		expect(MOVEMENT.counts).toEqual([
			[5, 2, 0],
			[0, 0, 3],
			[4, 0, 0]
		]);
	});

	it('refuses a category that there is not', () => {
		expect(() => movementOf('segment', ['a'], [{ from: 2, to: 0, customers: 1 }])).toThrow(RangeError);
	});
});

describe('turnoverOf', () => {
	it('tells who entered, left and stayed', () => {
		expect(turnoverOf(MOVEMENT)).toEqual([
			{ category: 0, before: 7, now: 9, stayed: 5, entered: 4, left: 2 },
			{ category: 1, before: 3, now: 2, stayed: 0, entered: 2, left: 3 }
		]);
	});

	it('counts those who changed category, without new and gone ones', () => {
		expect(movedCount(MOVEMENT)).toBe(2);
	});
});

it('makes one list of segments of before and now', () => {
	expect(segmentCategories(['Cooling', 'Regulars'], ['Regulars', 'New faces', 'New faces'])).toEqual([
		'Regulars',
		'New faces',
		'Cooling'
	]);
});

describe('wholePercentages', () => {
	it('gives what is left to the largest remainders, then to the first', () => {
		expect(wholePercentages([1, 1, 1])).toEqual([34, 33, 33]);
		expect(wholePercentages([2, 5, 0])).toEqual([29, 71, 0]);
		expect(wholePercentages([0, 0])).toEqual([0, 0]);
	});

	it('adds up to 100, each within one of the exact share', () => {
		const counts = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 12 });
		fc.assert(
			fc.property(counts, (values) => {
				const total = values.reduce((sum, value) => sum + value, 0);
				const shares = wholePercentages(values);
				expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total === 0 ? 0 : 100);
				shares.forEach((share, i) => {
					if (total > 0) expect(Math.abs(share - (100 * (values[i] ?? 0)) / total)).toBeLessThan(1);
				});
			}),
			{ seed: 11 }
		);
	});
});
