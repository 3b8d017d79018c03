import { describe, expect, test } from 'vitest';
import { foreignFile, foreignText, isBinary, isGzip } from './file-kind.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const ascii = (text: string) => new TextEncoder().encode(text);

describe('foreignFile', () => {
	test.each([
		['a PDF document', ascii('%PDF-1.7')],
		['a PNG picture', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d)],
		['a JPEG picture', bytes(0xff, 0xd8, 0xff, 0xe0)],
		['a GIF picture', ascii('GIF89a')],
		['an old Excel or Office file', bytes(0xd0, 0xcf, 0x11, 0xe0)],
		['a Parquet file', ascii('PAR1')],
		['an Excel workbook', ascii('PK\u0003\u0004....[Content_Types].xml')],
		['a ZIP archive', ascii('PK\u0003\u0004....orders.csv')]
	])('names %s', (found, head) => {
		expect(foreignFile(head)?.found).toBe(found);
		expect(foreignFile(head)?.hint).not.toBe('');
	});

	test('lets text and gzip pass', () => {
		expect(foreignFile(ascii('id,name\n1,2\n'))).toBeNull();
		expect(foreignFile(bytes(0x1f, 0x8b, 8))).toBeNull();
		expect(isGzip(bytes(0x1f, 0x8b, 8))).toBe(true);
	});
});

describe('foreignText', () => {
	test.each(['<!DOCTYPE html><html>', '  <html lang="en">', '<?xml version="1.0"?>'])('names %j', (text) => {
		expect(foreignText(text)?.found).toBe('a web page or XML');
	});

	test.each(['[{"id": 1}]', '{ "orders": [] }', '[\n  {'])('names %j', (text) => {
		expect(foreignText(text)?.found).toBe('JSON');
	});

	test.each(['id,name\n', '{not json}\n', '<id>,name\n', '[1],[2]\n'])('lets %j pass', (text) => {
		expect(foreignText(text)).toBeNull();
	});
});

test('isBinary tells control characters from text with a few stray ones', () => {
	const noise = Uint8Array.from({ length: 1000 }, (_, i) => (i * 197) % 256);
	expect(isBinary(noise)).toBe(true);
	expect(isBinary(ascii('a\tb\r\n"x\u0000y"\n'))).toBe(false);
});
