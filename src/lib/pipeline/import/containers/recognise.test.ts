import { readFileSync } from 'node:fs';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { makeWorkbook } from '../../../../../tests/support/make-workbook.ts';
import { recogniseFile } from './recognise.ts';

/** The name never tells anything. */
function recognise(...parts: BlobPart[]) {
	return recogniseFile({ name: 'export.csv', blob: new Blob(parts) });
}

const TEXT = { format: 'text', compression: 'none', sheets: [], isArchive: false };
const workbook = makeWorkbook({ sheets: [{ name: 'Orders', rows: '<row><c><v>1</v></c></row>' }] });

describe('what is read', () => {
	test.each([
		['a CSV', 'id,name\n1,x\n'],
		['a CSV of lists', '[1],[2]\n'],
		['a CSV of braces', '{not json}\n'],
		['a header that starts like a signature', 'ORC id,name\n1,x\n'],
		['Latin text', Uint8Array.from([0x6e, 0xe9, 0x0a])],
		['UTF-16', new Uint8Array(Buffer.from('\uFEFFid,name\n', 'utf16le'))],
		['UTF-16 without a mark', new Uint8Array(Buffer.from('id,name\n1,abc\n', 'utf16le'))]
	])('%s is text', async (_, content) => {
		expect(await recognise(content)).toEqual(TEXT);
	});

	test('gzip', async () => {
		expect(await recognise(gzipSync(strToU8('a,b\n')))).toEqual({ ...TEXT, compression: 'gzip' });
	});

	test('workbooks, packed or not', async () => {
		const expected = { ...TEXT, format: 'xlsx', sheets: ['Orders'] };
		expect(await recognise(workbook)).toEqual(expected);
		const packed = gzipSync(new Uint8Array(await workbook.arrayBuffer()));
		expect(await recognise(packed)).toEqual({ ...expected, compression: 'gzip' });
	});

	test('Parquet', async () => {
		const table = parquetWriteBuffer({ columnData: [{ name: 'a', data: [1], type: 'INT32' }] });
		expect(await recognise(table)).toEqual({ ...TEXT, format: 'parquet' });
	});

	test('archives', async () => {
		expect(await recognise(zipSync({ 'a.csv': strToU8('a\n1\n') }))).toEqual({ ...TEXT, isArchive: true });
		expect(await recognise(zipSync({}))).toEqual({ ...TEXT, isArchive: true });
	});

	test.each([
		['{"a":1}\n{"a":2}\n'],
		['{"a":1}'],
		['[{"a":1}]'],
		['[\n  {"a": 1},\n  {"a": 2}\n]'],
		['\uFEFF{"a":1}\r\n'],
		['{"a":1\n{"a":2}\n'],
		[`{"a":"${'x'.repeat(100_000)}"}\n{"a":1}`]
	])('rows of JSON %#', async (json) => {
		expect(await recognise(json)).toEqual({ ...TEXT, format: 'ndjson' });
	});
});

describe('what is refused', () => {
	test('nothing', async () => {
		await expect(recognise('')).rejects.toMatchObject({ code: 'import.empty' });
		await expect(recognise(gzipSync(new Uint8Array(0)))).rejects.toMatchObject({ code: 'import.empty' });
	});

	const names = (...paths: string[]) =>
		zipSync(Object.fromEntries(paths.map((path) => [path, strToU8('x')])));

	test.each([
		['a PDF document', strToU8('%PDF-1.7\n')],
		[
			'an old Excel file (.xls), or one locked with a password',
			readFileSync('tests/fixtures/xlsx/table.xls')
		],
		['an OpenDocument file (.ods)', readFileSync('tests/fixtures/xlsx/table-output.ods')],
		['a Word document', names('[Content_Types].xml', 'word/document.xml')],
		['an Excel workbook of the binary kind (.xlsb)', names('[Content_Types].xml', 'xl/workbook.bin')],
		['an Apple Numbers document', names('Index/Document.iwa')],
		['a web page or XML', strToU8('<!DOCTYPE html><html>')],
		[
			'an Excel sheet saved as XML',
			strToU8('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>')
		],
		['JSON that is no list of rows', strToU8('{"orders": [{"id": 1}, {"id": 2}]}')],
		['JSON that is no list of rows', strToU8('{\n  "orders": []\n}')],
		['JSON that is no list of rows', strToU8('[[1,2],[3,4]]')],
		['a DuckDB database', Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, ...strToU8('DUCK'), 0])],
		['packed twice with gzip', gzipSync(gzipSync(strToU8('a,b\n')))],
		['binary data', Uint8Array.from({ length: 1000 }, (_, i) => (i * 197) % 256)]
	])('%s', async (found, content) => {
		await expect(recognise(new Uint8Array(content))).rejects.toMatchObject({
			code: 'import.not-text',
			details: { found }
		});
	});

	test('a locked workbook', async () => {
		const ole = new Uint8Array(2048);
		ole.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
		ole.set(Buffer.from('EncryptedPackage', 'utf16le'), 1024);
		await expect(recognise(ole)).rejects.toMatchObject({
			details: { found: 'a workbook locked with a password' }
		});
	});

	test('a workbook or an archive that was cut short', async () => {
		await expect(recognise(workbook.slice(0, 500))).rejects.toMatchObject({
			code: 'import.archive',
			details: { reason: 'It ends in the middle. Download it again.' }
		});
	});
});
