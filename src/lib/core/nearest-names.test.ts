import { describe, expect, it } from 'vitest';
import { editDistance, nearestNames } from './nearest-names.ts';

describe('the edit distance', () => {
	it.each([
		['', '', 0],
		['', 'abc', 3],
		['form', 'from', 1],
		['custmer_id', 'customer_id', 1],
		['kitten', 'sitting', 3],
		['ca', 'abc', 3]
	])('of %j and %j is %i', (a, b, distance) => {
		expect(editDistance(a, b)).toBe(distance);
		expect(editDistance(b, a)).toBe(distance);
	});
});

describe('the nearest names', () => {
	it('come first, whatever the case, and far ones not at all', () => {
		expect(nearestNames('amuont', ['Amount', 'amounts', 'customer_id'])).toEqual(['Amount', 'amounts']);
	});

	it('are found behind the schema too', () => {
		expect(nearestNames('ordrs', ['clean.orders', 'clean.customers'])).toEqual(['clean.orders']);
	});

	it('are none for a word that is like none', () => {
		expect(nearestNames('integr', ['JSON'])).toEqual([]);
	});
});
