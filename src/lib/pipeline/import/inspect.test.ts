import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { inspectFile } from './inspect.ts';
import { makeWorkbook } from '../../../../tests/support/make-workbook.ts';
import { PLAIN_DIALECT } from './schema.ts';

const FIXTURES = new URL('../../../../tests/fixtures/', import.meta.url);

async function inspect(path: string) {
	const blob = new Blob([await readFile(new URL(path, FIXTURES))]);
	return inspectFile({ name: path.split('/').at(-1) ?? path, blob });
}

function sheetRows(rows: readonly (readonly string[])[]): string {
	const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
	return rows.map((cells) => `<row>${cells.map(cell).join('')}</row>`).join('');
}

describe('inspectFile', () => {
	test.each([
		['malformed/empty.csv', { code: 'import.empty' }],
		['malformed/line-ends-only.csv', { code: 'import.empty' }],
		[
			'malformed/header-only.csv',
			{ code: 'import.header-only', details: { columns: ['order_id', 'order_date', 'customer', 'amount'] } }
		],
		['malformed/picture.csv', { code: 'import.not-text', details: { found: 'a PNG picture' } }],
		['malformed/page.csv', { code: 'import.not-text', details: { found: 'a web page or XML' } }]
	])('refuses %s', async (path, error) => {
		await expect(inspect(path)).rejects.toMatchObject(error);
	});

	test('refuses random bytes', async () => {
		const noise = Uint8Array.from({ length: 100_000 }, (_, i) => (Math.imul(i, 2_654_435_761) >>> 13) % 256);
		const file = { name: 'noise.csv', blob: new Blob([noise]) };
		await expect(inspectFile(file)).rejects.toMatchObject({ code: 'import.not-text' });
	});

	test('refuses one line of 60 MB without reading all of it', async () => {
		const blob = new Blob(Array<string>(60).fill('x'.repeat(2 ** 20)));
		await expect(inspectFile({ name: 'one-line.csv', blob })).rejects.toMatchObject({
			code: 'import.record-too-long',
			details: { line: 1, bytes: 17 * 2 ** 20 }
		});
	});

	test('refuses a damaged gzip file', async () => {
		const packed = await readFile(new URL('malformed/packed.csv.gz', FIXTURES));
		const file = { name: 'packed.csv.gz', blob: new Blob([packed.subarray(0, packed.length - 30)]) };
		await expect(inspectFile(file)).rejects.toMatchObject({ code: 'import.unreadable-file' });
	});

	test('stops when the signal is aborted', async () => {
		const file = { name: 'orders.csv', blob: new Blob(['a,b\n1,2\n']) };
		await expect(inspectFile(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({
			name: 'AbortError'
		});
	});

	test('describes columns by their values', async () => {
		const { columns, sampleRecords, sizeBytes } = await inspect('malformed/semicolon.csv');
		expect(columns.map(({ name, kind, filled }) => [name, kind, filled])).toEqual([
			['Bestellnummer', 'integer', 1],
			['Bestelldatum', 'date', 1],
			['Kunde', 'text', 1],
			['Gesamtbetrag', 'number', 1]
		]);
		expect(columns[2]?.samples).toEqual(['anna@example.com', 'ben@example.com']);
		expect(sampleRecords[0]).toEqual(['1001', '01.03.2025', 'anna@example.com', '12,50']);
		expect(sizeBytes).toBe(165);
	});

	test('proposes a whole source', async () => {
		const { source, notices } = await inspect('malformed/semicolon.csv');
		expect(source).toEqual({
			fileName: 'semicolon.csv',
			platform: null,
			kind: 'orders',
			dialect: { ...PLAIN_DIALECT, delimiter: ';' },
			columns: ['Bestellnummer', 'Bestelldatum', 'Kunde', 'Gesamtbetrag'],
			mapping: {
				order_id: 'Bestellnummer',
				date: 'Bestelldatum',
				customer: 'Kunde',
				order_total: 'Gesamtbetrag'
			},
			constants: {},
			reading: { dateOrder: 'dmy', decimalMark: ',', orderFieldsOnFirstRow: false, isUtc: false },
			withheld: [],
			idSystem: 'own'
		});
		expect(notices).toEqual([]);
	});

	test('keeps columns that are named like parts of an object', async () => {
		const { source, notices } = await inspect('malformed/names.csv');
		expect(source.columns).toEqual(['id', 'ID (2)', 'column 3', '__proto__', 'constructor', 'id (3)']);
		expect(source.kind).toBe('report');
		expect(notices.map(({ code }) => code)).toEqual(['import.renamed-columns']);
	});

	test('obeys an encoding that was set, and calls only what is damaged so', async () => {
		const file = { name: 'names.csv', blob: new Blob(['name,date\nZoë,2024-01-01\n']) };
		const utf8 = await inspectFile(file, { fixed: { encoding: 'utf-8', delimiter: ';' } });
		expect(utf8.source.dialect).toMatchObject({ encoding: 'utf-8', isDamaged: false, delimiter: ';' });
		const wrong = await inspectFile(file, { fixed: { encoding: 'windows-1252' } });
		expect(wrong.sampleRecords).toEqual([['ZoÃ«', '2024-01-01']]);
		const latin = { name: 'latin.csv', blob: new Blob(['name\nZo', Uint8Array.of(0xeb), '\n']) };
		const damaged = await inspectFile(latin, { fixed: { encoding: 'utf-8' } });
		expect(damaged.source.dialect.isDamaged).toBe(true);
		expect(damaged.sampleRecords).toEqual([['Zo\uFFFD']]);
		expect(damaged.notices.map(({ code }) => code)).toContain('import.damaged-text');
	});

	test('passes over a cover sheet for the first sheet that is a list', async () => {
		const blob = makeWorkbook({
			sheets: [
				{ name: 'Notes', rows: sheetRows([['Export of'], ['2024-06-01']]) },
				{
					name: 'Orders',
					rows: sheetRows([
						['order_id', 'customer', 'order_date', 'total'],
						['1', 'ann@example.com', '2024-01-01', '10.50'],
						['2', 'bob@example.com', '2024-01-02', '11.50']
					])
				}
			]
		});
		const { source } = await inspectFile({ name: 'book.xlsx', blob });
		expect(source).toMatchObject({ kind: 'orders', dialect: { sheet: 'Orders' } });
		const cover = await inspectFile({ name: 'book.xlsx', blob }, { fixed: { sheet: 'Notes' } });
		expect(cover.source.dialect.sheet).toBe('Notes');
	});

	test('says how it read Windows-1252', async () => {
		const { source, notices } = await inspect('malformed/windows-1252.csv');
		expect(source.dialect.encoding).toBe('windows-1252');
		expect(notices.map(({ code }) => code)).toEqual(['import.encoding']);
	});

	test('reads CDNOW, with a header and without', async () => {
		const master = await inspect('cdnow/master.txt');
		expect(master.source).toMatchObject({
			dialect: { delimiter: ' ', hasHeader: true },
			mapping: { customer: 'customer_id', date: 'date', amount: 'dollar_value' },
			reading: { dateOrder: 'ymd' }
		});
		const bare = await inspect('cdnow/sample.txt');
		expect(bare.source).toMatchObject({
			dialect: { delimiter: ' ', hasHeader: false },
			columns: ['column 1', 'column 2', 'column 3', 'column 4', 'column 5'],
			mapping: { customer: 'column 1', date: 'column 3', amount: 'column 5' }
		});
		expect(bare.notices.map(({ code }) => code)).toContain('import.header-guessed');
	});

	test('reads a whole gzip file of 320,705 rows', async () => {
		const { source } = await inspect('online_retail/orders.csv.gz');
		expect(source).toMatchObject({ platform: 'online-retail', dialect: { compression: 'gzip' } });
	});
});
