import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FoundPair } from '#lib/pipeline/clean/duplicates/pairs.ts';
import { decisionsOn, groupsOf, LARGEST_GROUP, mergeAllOf, openPairs, sampleOf } from './duplicate-review.ts';

const NOTHING = { merges: [], apart: [] };

function pair(number: number, a: string, b: string, probability = 0.99): FoundPair {
	return { pair: number, a, b, probability, apartBy: null };
}

const CHAIN = [
	pair(1, 'a', 'b', 0.9999),
	pair(2, 'b', 'c', 0.95),
	pair(3, 'a', 'c', 0.6),
	pair(4, 'x', 'y', 0.999)
];

describe('decisionsOn', () => {
	test('what two merges say of a third pair needs no answer', () => {
		const merges = [
			{ a: 'a', b: 'b' },
			{ a: 'b', b: 'c' }
		];
		expect(decisionsOn(CHAIN, { merges, apart: [] })).toEqual(['merged', 'merged', 'merged', 'open']);
		expect(openPairs(CHAIN, { merges, apart: [] }, 0)).toEqual([CHAIN[3]]);
	});

	test('who is kept apart from one is kept apart from whom that one was merged with', () => {
		const decided = { merges: [{ a: 'a', b: 'b' }], apart: [{ a: 'a', b: 'c' }] };
		expect(decisionsOn(CHAIN, decided)).toEqual(['merged', 'apart', 'apart', 'open']);
	});

	test('who was told apart by another account stays apart until that is taken back', () => {
		const known = { ...pair(9, 'p', 'q'), apartBy: 'old+older' };
		expect(decisionsOn([known], { merges: [], apart: [{ a: 'old', b: 'older' }] })).toEqual(['apart']);
		expect(decisionsOn([known], NOTHING)).toEqual(['open']);
	});
});

describe('mergeAllOf', () => {
	test('takes all above the limit, and counts the people who would be fewer', () => {
		expect(mergeAllOf(CHAIN, NOTHING, 0.9)).toEqual({
			pairs: [CHAIN[0], CHAIN[1], CHAIN[3]],
			fewer: 3,
			heldBack: 0
		});
	});

	test('leaves large groups, and those with people who are kept apart, for the review', () => {
		const long = Array.from({ length: LARGEST_GROUP }, (_, i) => pair(i, `p${i}`, `p${i + 1}`));
		expect(mergeAllOf(long, NOTHING, 0.9)).toEqual({ pairs: [], fewer: 0, heldBack: 1 });
		expect(mergeAllOf(CHAIN, { merges: [], apart: [{ a: 'a', b: 'c' }] }, 0.9)).toMatchObject({
			pairs: [CHAIN[3]],
			heldBack: 1
		});
	});

	test('never joins whom the user keeps apart, and merging is the end of it', () => {
		const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
		const two = fc.tuple(name, name).filter(([a, b]) => a < b);
		fc.assert(
			fc.property(fc.array(two, { maxLength: 10 }), fc.array(two, { maxLength: 3 }), (found, told) => {
				const pairs = found.map(([a, b], i) => pair(i, a, b));
				const apart = told.map(([a, b]) => ({ a, b }));
				const { pairs: merged, fewer } = mergeAllOf(pairs, { merges: [], apart }, 0.9);
				const after = { merges: merged.map(({ a, b }) => ({ a, b })), apart };
				const names = new Set(pairs.flatMap(({ a, b }) => [a, b]));
				const groups = groupsOf(merged);
				expect(names.size - fewer).toBe(names.size - groups.reduce((sum, { people }) => sum + people - 1, 0));
				const asPairs = apart.map(({ a, b }, i) => pair(100 + i, a, b));
				expect(decisionsOn(asPairs, after)).not.toContain('merged');
				expect(mergeAllOf(pairs, after, 0.9).pairs).toEqual([]);
			}),
			{ seed: 5 }
		);
	});
});

test('a sample has the first, the last and some between', () => {
	expect(sampleOf([1, 2, 3], 5)).toEqual([1, 2, 3]);
	expect(sampleOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 3)).toEqual([0, 5, 10]);
});
