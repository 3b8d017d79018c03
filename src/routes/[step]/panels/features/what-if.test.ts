import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loyaltyRanks } from '#lib/pipeline/features/loyalty.ts';
import { compareRankings, isSameWeights, rankBy } from './what-if.ts';

/** Customer 0 is the most recent, customer 9 buys most often. */
const COLUMNS = new Map([
	['recency', Float64Array.from({ length: 10 }, (_, i) => 1 + i)],
	['frequency', Float64Array.from({ length: 10 }, (_, i) => i)]
]);
const ranks = loyaltyRanks(COLUMNS);

describe('rankBy', () => {
	it('turns the order around with the weights', () => {
		const recent = rankBy(ranks, { recency: 1, frequency: 0 }, 3);
		expect(recent.first).toEqual([0, 1, 2]);
		expect([...recent.tenths]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		const often = rankBy(ranks, { recency: 0, frequency: 1 }, 3);
		expect(often.first).toEqual([9, 8, 7]);
		expect(compareRankings(recent, often)).toEqual({ moved: 10, fresh: 3, before: [null, null, null] });
		expect(compareRankings(recent, recent)).toEqual({ moved: 0, fresh: 0, before: [0, 1, 2] });
	});

	it('gives equal scores one tenth, and the order of idx', () => {
		const even = rankBy(ranks, { recency: 1, frequency: 1 }, 4);
		expect(new Set(even.tenths).size).toBe(1);
		expect(even.first).toEqual([0, 1, 2, 3]);
	});

	it('finds the same first ones as a sort of everybody', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }), (values) => {
				const own = loyaltyRanks(new Map([['frequency', Float64Array.from(values)]]));
				const { scores, first } = rankBy(own, { frequency: 1 }, 5);
				const sorted = [...scores.keys()].sort(
					(a, b) => (scores[b] as number) - (scores[a] as number) || a - b
				);
				expect(first).toEqual(sorted.slice(0, 5));
			}),
			{ seed: 37, numRuns: 200 }
		);
	});

	it('ranks a hundred thousand customers', () => {
		const many = loyaltyRanks(
			new Map([['money', Float64Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 100_003)]])
		);
		const { tenths, first } = rankBy(many, { money: 2 }, 20);
		expect(first).toHaveLength(20);
		const sizes = new Array<number>(10).fill(0);
		for (const tenth of tenths) sizes[tenth] = (sizes[tenth] ?? 0) + 1;
		expect(sizes).toEqual(new Array(10).fill(10_000));
	});
});

it('weights are the same when every part counts the same share', () => {
	expect(isSameWeights({ recency: 1, money: 2 }, { recency: 2, money: 4 })).toBe(true);
	expect(isSameWeights({ recency: 1, money: 2 }, { recency: 2, money: 2 })).toBe(false);
	expect(isSameWeights({}, { recency: 0 })).toBe(true);
	expect(isSameWeights({}, { recency: 1 })).toBe(false);
});
