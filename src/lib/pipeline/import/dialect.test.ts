import { describe, expect, test } from 'vitest';
import { detectLayout } from './dialect.ts';
import { isKnownColumnName } from './synonyms.ts';

const layoutOf = (text: string) => detectLayout({ text, isWhole: true }, isKnownColumnName);

describe('detectLayout', () => {
	test.each([
		[',', 'a,b\n1,x;y\n2,z\n'],
		[';', 'a;b\n1,5;2,5\n3,5;4,5\n'],
		['\t', 'a\tb, c\n1\tx\n2\ty\n'],
		['|', 'a|b\n1|x, y\n2|z\n'],
		[' ', ' 00001 19970101  1   11.77\n 00002 19970112  1   12.00\n'],
		[';', 'sep=;\na;b\n1,5;2\n']
	])('finds the delimiter %j', (delimiter, text) => {
		expect(layoutOf(text)?.layout.delimiter).toBe(delimiter);
	});

	test('does not take delimiters inside quotes for delimiters', () => {
		const found = layoutOf('name;city\n"a,b,c";x\n"d,e,f";y\n');
		expect(found).toMatchObject({ layout: { delimiter: ';' }, columnCount: 2 });
	});

	test('reads a file of one column, commas and all', () => {
		const found = layoutOf('note\nhello, world\nplain\na, b, c\n');
		expect(found?.columnCount).toBe(1);
		expect(found?.records).toEqual([['hello, world'], ['plain'], ['a, b, c']]);
	});

	test('does not take a sentence for a table of blanks', () => {
		expect(layoutOf('good morning\nhello world\nbye now\n')?.columnCount).toBe(1);
	});

	test.each([
		['names over numbers', 'code,price\n1,2.50\n2,3.00\n', true],
		['numbers over numbers', '1,2.50\n2,3.00\n3,4.00\n', false],
		['a date over dates', '19970101,x\n19970202,y\n', false],
		['known names over text', 'customer,country\nanna,France\nben,Spain\n', true],
		['a value that comes back', 'red,blue\nblue,green\nred,green\n', false]
	])('%s', (_, text, hasHeader) => {
		expect(layoutOf(text)?.layout.hasHeader).toBe(hasHeader);
	});

	test('says when it only guesses that the first row holds names', () => {
		expect(layoutOf('colour,shape\nred,round\nblue,square\n')).toMatchObject({
			layout: { hasHeader: true },
			isHeaderGuessed: true
		});
	});

	test('skips comments, titles and blank lines above the table', () => {
		const found = layoutOf('# made by a shop\n\n"All, orders"\n\nid,day,sum\n1,2011-01-01,2.50\n');
		expect(found?.layout).toEqual({ delimiter: ',', skipLines: 4, hasHeader: true });
		expect(found?.header).toEqual(['id', 'day', 'sum']);
	});

	test('gives a header that is shorter than the rows the columns it lacks', () => {
		expect(layoutOf('a,b\n1,2,\n3,4,\n5,6,\n')?.columnCount).toBe(3);
	});

	test('leaves the broken end of a partial sample out', () => {
		const found = detectLayout({ text: 'a,b\n1,2\n3,"4', isWhole: false }, isKnownColumnName);
		expect(found?.records).toEqual([['1', '2']]);
	});

	test('finds nothing in blank lines', () => {
		expect(layoutOf('\n\r\n\n')).toBeNull();
	});
});
