import { describe, expect, it } from 'vitest';
import { binsBetween, widened } from './bin-range.ts';

describe('binsBetween', () => {
	it('takes the bins in any order', () => {
		expect(binsBetween(4, 2)).toEqual({ first: 2, last: 4 });
		expect(binsBetween(3, 3)).toEqual({ first: 3, last: 3 });
	});
});

describe('widened', () => {
	it.each([
		[null, 3, 4, { first: 3, last: 4 }],
		[{ first: 3, last: 4 }, 4, 5, { first: 3, last: 5 }],
		[{ first: 3, last: 5 }, 5, 4, { first: 3, last: 4 }],
		[{ first: 3, last: 5 }, 3, 2, { first: 2, last: 5 }],
		[{ first: 3, last: 3 }, 3, 2, { first: 2, last: 3 }],
		[{ first: 3, last: 5 }, 9, 10, { first: 9, last: 10 }]
	] as const)('of %o from %i to %i', (range, from, to, expected) => {
		expect(widened(range, from, to)).toEqual(expected);
	});
});
