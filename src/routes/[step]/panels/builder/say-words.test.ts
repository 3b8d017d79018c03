import { describe, expect, it } from 'vitest';
import { completed, isTypable, noteOn } from './say-words.ts';

describe('words that could come next', () => {
	it('are offered where they can stand as they are', () => {
		expect(
			['who', '“Champions”', 'a number', 'a text in quotes', 'the end of the sentence'].map(isTypable)
		).toEqual([true, true, false, false, false]);
	});

	it.each([
		['Customers ', 10, 'who', 'Customers who ', 14],
		['Customers', 9, 'who', 'Customers who ', 14],
		['Customers wh', 12, 'whose', 'Customers whose ', 16],
		['Customers who are in “Cha', 25, '“Champions”', 'Customers who are in “Champions” ', 33],
		['Customers and whose x', 10, 'who', 'Customers who and whose x', 14],
		['(', 1, 'who', '(who ', 5]
	])('%j with %s', (text, place, words, next, caret) => {
		expect(completed(text, place, words)).toEqual({ text: next, caret });
	});
});

describe('a note on a word', () => {
	it('says what active is taken to mean', () => {
		expect(noteOn('Active in the last 30 days')).toMatch(/^Active means with an order/);
		expect(noteOn('not active for 90 days')).toMatch(/^Active/);
		expect(noteOn('Customers who are active in several channels')).toBeNull();
		expect(noteOn('Customers who bought')).toBeNull();
	});
});
