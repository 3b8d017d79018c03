import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { PLAIN_DIALECT } from '#lib/pipeline/import/schema.ts';
import { delimiterName, dialectWords, layoutName, recognisedWords } from './source-words.ts';

const format = createFormat('en-GB');

describe('dialectWords', () => {
	it('names encoding, delimiter, packing and columns of a text', () => {
		expect(dialectWords(PLAIN_DIALECT, 8, format)).toBe('UTF-8, comma, 8 columns');
		expect(
			dialectWords(
				{
					...PLAIN_DIALECT,
					encoding: 'windows-1252',
					delimiter: ';',
					compression: 'gzip',
					hasHeader: false
				},
				1,
				format
			)
		).toBe('Windows-1252, semicolon, gzip, no column names, 1 column');
		expect(dialectWords({ ...PLAIN_DIALECT, byteOrderMark: true }, 2000, format)).toBe(
			'UTF-8 with byte order mark, comma, 2,000 columns'
		);
	});

	it('names the sheet of a workbook, and says no delimiter where there is none', () => {
		expect(dialectWords({ ...PLAIN_DIALECT, format: 'xlsx', sheet: 'Orders' }, 5, format)).toBe(
			'Excel, sheet “Orders”, 5 columns'
		);
		expect(dialectWords({ ...PLAIN_DIALECT, format: 'parquet' }, 5, format)).toBe('Parquet, 5 columns');
	});
});

it('names delimiters that have no name by themselves', () => {
	expect(delimiterName('\t')).toBe('tab');
	expect(delimiterName('~')).toBe('“~”');
});

it('says what a file was recognised as', () => {
	expect(recognisedWords({ platform: 'shopify_orders', kind: 'orders' })).toMatch(/Shopify|matched/);
	expect(recognisedWords({ platform: null, kind: 'customers' })).toBe('Customers, matched by column');
});

it('names the files of one layout by the first', () => {
	expect(layoutName([{ fileName: 'a.csv' }])).toBe('a.csv');
	expect(layoutName([{ fileName: 'a.csv' }, { fileName: 'b.csv' }, { fileName: 'c.csv' }])).toBe(
		'a.csv and 2 more'
	);
});
