import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';
import { decimalMarkOf, readPlainNumber } from './plain-number.ts';

const valueOf = (text: string, mark: '.' | ',' = '.') => {
	const read = readPlainNumber(text, mark);
	return read.kind === 'number' ? read.value : read.kind;
};

describe('a number that is typed', () => {
	it.each([
		['60', 60],
		[' 500.25 ', 500.25],
		['500,25', 500.25],
		['+7', 7],
		['-3', -3],
		['.5', 0.5],
		['5.', 5],
		['0,125', 0.125],
		['1,638', 'ambiguous'],
		['1,6385', 1.6385]
	])('“%s” is %s', (text, expected) => expect(valueOf(text)).toBe(expected));

	it.each([
		'',
		' ',
		'.',
		'-',
		'0x10',
		'1e5',
		'1e308',
		'Infinity',
		'NaN',
		'1.2.3',
		'1,000,000',
		'1 000',
		'5 %',
		'٣'
	])('“%s” is none', (text) => expect(valueOf(text)).toBe('none'));

	it('is read by the mark of the reader', () => {
		expect(decimalMarkOf(createFormat('en-GB'))).toBe('.');
		expect(decimalMarkOf(createFormat('de-DE'))).toBe(',');
		expect(valueOf('1,638', ',')).toBe(1.638);
		expect(readPlainNumber('1.638', ',')).toEqual({ kind: 'ambiguous', readings: ['1638', '1,638'] });
	});

	it('is finite whatever is typed, and every plain number reads as itself', () => {
		const typed = fc.oneof(fc.string(), fc.stringMatching(/^[-+]?[0-9.,exE]{0,400}$/));
		fc.assert(
			fc.property(typed, fc.constantFrom('.' as const, ',' as const), (text, mark) => {
				const read = readPlainNumber(text, mark);
				expect(read.kind !== 'number' || Number.isFinite(read.value)).toBe(true);
			}),
			{ seed: 5 }
		);
		const cents = fc.integer({ min: -(10 ** 13), max: 10 ** 13 });
		fc.assert(
			fc.property(cents, fc.constantFrom('.' as const, ',' as const), (n, mark) => {
				const text = (n / 100).toFixed(2);
				expect(valueOf(text.replace('.', mark), mark)).toBe(Number(text));
			}),
			{ seed: 5 }
		);
	});
});
