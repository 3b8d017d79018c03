import { expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { missedNames, missedTitle, reachedWords } from './order-words.ts';

const format = createFormat('en', null);

it('says which segments the order leaves out, and whom it reaches', () => {
	expect(missedTitle(2, format)).toBe('2 of your segments are not in the order.');
	expect(missedTitle(1, format)).toBe('1 of your segments is not in the order.');
	expect(missedNames(['Rainy', 'Press'], format)).toBe('Rainy, Press.');
	expect(missedNames(['A', 'B', 'C', 'D', 'E', 'F', 'G'], format)).toBe('A, B, C, D, E and 2 more.');
	expect(reachedWords({ customers: 1954, reached: 812 }, format)).toBe(
		'The order reaches 812 of the 1,954 people in at least one of your segments.'
	);
	expect(reachedWords({ customers: 1, reached: 0 }, format)).toBe(
		'The order reaches 0 of the 1 person in at least one of your segments.'
	);
});
