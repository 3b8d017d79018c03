import { describe, expect, test } from 'vitest';
import { foreignFile, foreignText, isBinary, isGzip, zipKind } from './file-kind.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('foreignFile', () => {
	test.each([
		['a PDF document', ascii('%PDF-1.7')],
		['a PNG picture', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d)],
		['a JPEG picture', bytes(0xff, 0xd8, 0xff, 0xe0, 0)],
		['a GIF picture', ascii('GIF89a')],
		[
			'an old Excel file (.xls), or one locked with a password',
			bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)
		],
		['a 7z archive', bytes(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)],
		['a TAR archive', ascii(`a.csv${'\0'.repeat(252)}ustar`)],
		['an SQLite database', ascii('SQLite format 3\0')],
		['an ORC file', ascii('ORC\u0001\0')]
	])('names %s', (found, head) => {
		expect(foreignFile(head)?.found).toBe(found);
		expect(foreignFile(head)?.hint).not.toBe('');
	});

	test('lets text and gzip pass', () => {
		expect(foreignFile(ascii('id,name\n1,2\n'))).toBeNull();
		expect(foreignFile(ascii('BZh,ORC\n1,2\n'))).toBeNull();
		expect(foreignFile(bytes(0x1f, 0x8b, 8))).toBeNull();
		expect(isGzip(bytes(0x1f, 0x8b, 8))).toBe(true);
	});
});

describe('foreignText', () => {
	test.each(['<!DOCTYPE html><html>', '  <html lang="en">', '<?xml version="1.0"?>', '<table><tr>'])(
		'names %j',
		(text) => {
			expect(foreignText(text)?.found).toBe('a web page or XML');
		}
	);

	test.each(['[{"id": 1}]', '{ "orders": [] }', '[\n  {'])('names %j', (text) => {
		expect(foreignText(text)?.found).toBe('JSON that is no list of rows');
	});

	test.each(['id,name\n', '{not json}\n', '<id>,name\n', '[1],[2]\n'])('lets %j pass', (text) => {
		expect(foreignText(text)).toBeNull();
	});
});

describe('zipKind', () => {
	test('tells workbooks from archives', () => {
		expect(zipKind(['[Content_Types].xml', 'xl/workbook.xml'])).toBe('workbook');
		expect(zipKind(['xl\\Workbook.xml', '[content_types].xml'])).toBe('workbook');
		expect(zipKind(['orders.csv'])).toBe('archive');
	});
});

test('isBinary tells control characters from text with a few stray ones', () => {
	const noise = Uint8Array.from({ length: 1000 }, (_, i) => (i * 197) % 256);
	expect(isBinary(noise)).toBe(true);
	expect(isBinary(ascii('a\tb\r\n"x\u0000y"\n'))).toBe(false);
});
