import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberText, readNumber } from './number-text.ts';

describe('a typed number', () => {
	it.each([
		['500', 500],
		[' 1,000 ', 1000],
		['1,234,567.5', 1_234_567.5],
		['1.234.567,5', 1_234_567.5],
		['2,5', 2.5],
		['12.', 12],
		['.5', 0.5],
		['1 000', 1000],
		['£500', 500],
		['30 %', 30],
		['−3', -3],
		['1e3', 1000]
	])('%s is read', (text, value) => {
		expect(readNumber(text)).toEqual({ value });
	});

	it('says what was found and what is needed', () => {
		expect(readNumber('many')).toEqual({ error: 'Found “many”, needs a number such as 500.' });
		expect(readNumber('')).toEqual({ error: 'Found nothing, needs a number such as 500.' });
		expect(readNumber('2.5', { whole: true, least: 1, most: 1000 })).toEqual({
			error: 'Found “2.5”, needs a whole number from 1 to 1000.'
		});
		expect(readNumber('-1', { least: 0 })).toEqual({ error: 'Found “-1”, needs a number of at least 0.' });
		expect(readNumber('9', { most: 5 })).toEqual({ error: 'Found “9”, needs a number of at most 5.' });
	});

	it('reads back what it shows', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
				const plain = value === 0 ? 0 : value;
				expect(readNumber(numberText(plain))).toEqual({ value: plain });
			}),
			{ seed: 31 }
		);
	});
});
