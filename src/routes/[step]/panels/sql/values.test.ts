import { describe, expect, it } from 'vitest';
import { columnTypeWords, durationText, placeIn, tabSeparated, valueText } from './values.ts';

describe('a value', () => {
	it.each([
		[null, 'text', '–'],
		[1234.5, 'number', '1,234.5'],
		[0.1 + 0.2, 'number', '0.3'],
		[NaN, 'number', 'NaN'],
		[
			'170141183460469231731687303715884105727',
			'exact',
			'170,141,183,460,469,231,731,687,303,715,884,105,727'
		],
		['1234.5000', 'exact', '1,234.50'],
		['-0.1230', 'exact', '-0.123'],
		['12.0000', 'exact', '12'],
		['inf', 'exact', 'inf'],
		[true, 'boolean', 'yes'],
		['2024-01-31 00:00:00', 'time', '2024-01-31'],
		['=1+1', 'text', '=1+1']
	] as const)('%s of a column of %s is %s', (value, kind, text) => {
		expect(valueText(value, kind, 'en-GB')).toBe(text);
	});
	it('keeps the decimal mark of the place', () => {
		expect(valueText('1234.5', 'exact', 'de-DE')).toBe('1.234,50');
	});
});

it('has a word for every type', () => {
	expect(
		['VARCHAR', 'DECIMAL(18,4)', 'BIGINT', 'DATE', 'TIMESTAMP', 'BOOLEAN', 'INTEGER[]', 'BLOB'].map(
			columnTypeWords
		)
	).toEqual(['text', 'number', 'number', 'day', 'time', 'yes or no', 'integer[]', 'blob']);
});

it('says how long something took', () => {
	expect([0.2, 48.4, 1440, 125_000].map(durationText)).toEqual(['1 ms', '48 ms', '1.4 s', '2 min 5 s']);
});

it('makes rows to paste', () => {
	expect(
		tabSeparated([
			['a', 'b'],
			['1\t2', 'x\ny']
		])
	).toBe('a\tb\n1 2\tx y');
});

it('finds the place of an error', () => {
	const text = 'SELECT x,\n  amuont FROM t';
	expect(placeIn(text, 2, 3, 'amuont')).toEqual({ from: 12, to: 18 });
	expect(placeIn(text, 2, 10, null)).toEqual({ from: 19, to: 23 });
	expect(placeIn(text, 9, 9, null)).toEqual({ from: text.length, to: text.length });
});
