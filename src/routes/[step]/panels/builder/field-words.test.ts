import { describe, expect, it } from 'vitest';
import { meantBy, textsOfNobody, type Suggestions } from './field-words.ts';

const told = (words: readonly [string, number][], isComplete = true): Suggestions => ({
	words: words.map(([text, count]) => ({ text, count, hint: String(count) })),
	isComplete
});
const COUNTRIES = told([
	['United Kingdom', 900],
	['Germany', 90],
	['West Germany', 9],
	['EIRE', 5],
	['Unspecified', 0]
]);

describe('what is meant by half a text', () => {
	it.each([
		['ger', 'Germany'],
		[' WEST', 'West Germany'],
		['kingdom', 'United Kingdom'],
		['un', 'United Kingdom'],
		['eire', 'EIRE']
	])('%j is %s', (typed, text) => {
		expect(meantBy(typed, COUNTRIES.words)?.text).toBe(text);
	});

	it('is the same text before a more frequent one that begins with it', () => {
		expect(
			meantBy(
				'red',
				told([
					['Red hat', 9],
					['Red', 1]
				]).words
			)?.text
		).toBe('Red');
	});

	it('is nothing where no text has it', () => {
		expect(meantBy('Atlantis', COUNTRIES.words)).toBeNull();
		expect(meantBy('  ', COUNTRIES.words)).toBeNull();
	});
});

describe('a text that nobody has', () => {
	it('is told as each operator compares', () => {
		expect(textsOfNobody('is', [' germany ', 'Ger', 'unspecified'], COUNTRIES)).toEqual([
			'Ger',
			'unspecified'
		]);
		expect(textsOfNobody('contains', ['land'], COUNTRIES)).toEqual(['land']);
		expect(textsOfNobody('contains', ['king'], COUNTRIES)).toEqual([]);
		expect(textsOfNobody('starts_with', ['king'], COUNTRIES)).toEqual(['king']);
		expect(textsOfNobody('ends_with', ['dom'], COUNTRIES)).toEqual([]);
	});

	it('is not told where not every text is known', () => {
		expect(textsOfNobody('is', ['Atlantis'], undefined)).toEqual([]);
		expect(textsOfNobody('is', ['Atlantis'], told([['Germany', 9]], false))).toEqual([]);
	});
});
