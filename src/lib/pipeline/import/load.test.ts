import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import type { Engine, Row } from '#lib/engine/engine.ts';
import { id, sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { splitRecord } from './fields.ts';
import { inspectFile } from './inspect.ts';
import { loadSource, type LoadedSource } from './load.ts';
import { streamRecords, type RawRecord } from './raw-records.ts';
import type { ScannedSource } from './scan.ts';
import { rawColumn, rawTable, type Dialect, type SourceParams } from './schema.ts';

const FIXTURES = new URL('../../../../tests/fixtures/', import.meta.url);
const DIALECT: Dialect = {
	compression: 'none',
	encoding: 'utf-8',
	byteOrderMark: false,
	delimiter: ',',
	quote: '"',
	skipLines: 0,
	hasHeader: true
};

function sourceOf(columnCount: number, dialect: Partial<Dialect> = {}): SourceParams {
	return {
		id: 's1',
		fileName: 'orders.csv',
		platform: null,
		dialect: { ...DIALECT, ...dialect },
		columns: Array.from({ length: columnCount }, (_, i) => `column ${i + 1}`),
		mapping: {},
		reading: { dateOrder: null, decimalMark: '.', orderFieldsOnFirstRow: false }
	};
}

function load(engine: Engine, source: SourceParams, blob: Blob, signal = new AbortController().signal) {
	return loadSource({ engine, signal, onProgress: () => undefined }, source, { blob });
}

async function rowCount(engine: Engine, source: SourceParams): Promise<number | undefined> {
	const query = sql`SELECT count(*)::INTEGER AS rows FROM ${id(...rawTable(source.id))}`;
	const [row] = await engine.rows<{ rows: number }>(query);
	return row?.rows;
}

/** The cells of the raw table, each row behind its record number. */
async function cellsOf(engine: Engine, source: SourceParams): Promise<(string | number)[][]> {
	const rows = await engine.rows<Row>(sql`SELECT * FROM ${id(...rawTable(source.id))} ORDER BY ${id('row')}`);
	return rows.map((row) => [row.row as number, ...source.columns.map((_, i) => row[rawColumn(i)] as string)]);
}

async function inspected(path: string): Promise<{ source: SourceParams; blob: Blob }> {
	const blob = new Blob([await readFile(new URL(path, FIXTURES))]);
	const { source } = await inspectFile({ name: path, blob });
	return { source: { id: 's1', ...source }, blob };
}

async function allRecords(blob: Blob, source: ScannedSource): Promise<RawRecord[]> {
	const records: RawRecord[] = [];
	for await (const batch of streamRecords(blob, source)) records.push(...batch);
	return records;
}

function readCount({ result }: LoadedSource): [read: number, unreadable: number] {
	return [result.rowsRead, result.unreadable.length];
}

/** A table as RFC 4180 text: quotes where they are needed, and elsewhere at random. */
const csvTable = fc
	.record({
		columnCount: fc.integer({ min: 1, max: 4 }),
		rowCount: fc.integer({ min: 1, max: 12 }),
		lineEnd: fc.constantFrom('\n', '\r\n'),
		endsWithLineEnd: fc.boolean(),
		hasHeader: fc.boolean()
	})
	.chain((shape) => {
		const cell = fc.string({
			unit: fc.constantFrom('a', '7', ',', '"', '\n', '\r\n', ' ', 'é', '😀', ';'),
			maxLength: 8
		});
		const cells = fc.array(fc.tuple(cell, fc.boolean()), {
			minLength: shape.columnCount * shape.rowCount,
			maxLength: shape.columnCount * shape.rowCount
		});
		return fc.record({ shape: fc.constant(shape), cells });
	})
	.map(({ shape, cells }) => {
		const rows = Array.from({ length: shape.rowCount }, (_, r) =>
			cells.slice(r * shape.columnCount, (r + 1) * shape.columnCount)
		);
		const header = Array.from({ length: shape.columnCount }, (_, i) => `h${i}`).join(',');
		const lines = rows.map((row) => row.map(([text, isQuoted]) => rendered(text, isQuoted)).join(','));
		const text = [...(shape.hasHeader ? [header] : []), ...lines].join(shape.lineEnd);
		return {
			...shape,
			csv: text + (shape.endsWithLineEnd ? shape.lineEnd : ''),
			table: rows.map((row) => row.map(([cellText]) => cellText))
		};
	});

function rendered(text: string, isQuoted: boolean): string {
	const needsQuotes = isQuoted || text === '' || /[",\n\r]/.test(text);
	return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
}

describeEngines('loadSource', (engine) => {
	test('loads every valid CSV exactly, and as it is below a header', async () => {
		await fc.assert(
			fc.asyncProperty(csvTable, async ({ csv, table, columnCount, hasHeader }) => {
				const source = sourceOf(columnCount, { hasHeader });
				const { result, prepared } = await load(engine(), source, new Blob([csv]));
				if (hasHeader) expect(prepared).toBeNull();
				expect(result).toMatchObject({ rowsRead: table.length, unreadable: [] });
				expect(await cellsOf(engine(), source)).toEqual(table.map((row, i) => [i + 1, ...row]));
			}),
			{ seed: 21, numRuns: 150 }
		);
	});

	test('loads every readable record of any text, and lists the others', async () => {
		const text = fc.string({
			unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', '\r\n'),
			maxLength: 80
		});
		const delimiter = fc.constantFrom(',' as const, ' ' as const);
		await fc.assert(
			fc.asyncProperty(
				text,
				delimiter,
				fc.boolean(),
				fc.nat(2),
				async (csv, chosen, hasHeader, skipLines) => {
					const source = sourceOf(2, { delimiter: chosen, hasHeader, skipLines });
					const blob = new Blob([csv]);
					const { result } = await load(engine(), source, blob);
					const records = await allRecords(blob, source);
					expect(result.rowsRead).toBe(records.length);
					expect(result.unreadable.map(({ record }) => record)).toEqual(
						records.filter(({ problem }) => problem !== null).map(({ record }) => record)
					);
					expect(await cellsOf(engine(), source)).toEqual(
						records
							.filter(({ problem }) => problem === null)
							.map(({ record, raw }) => [record, ...splitRecord(raw, chosen)])
					);
				}
			),
			{ seed: 22, numRuns: 250 }
		);
	});

	test.each([
		['malformed/bom.csv', 4, 0],
		['malformed/windows-1252.csv', 2, 0],
		['malformed/utf-16.csv', 2, 0],
		['malformed/utf-16be-unmarked.csv', 4, 0],
		['malformed/packed.csv.gz', 4, 0],
		['malformed/semicolon.csv', 3, 0],
		['malformed/tab.tsv', 4, 0],
		['malformed/pipe.csv', 4, 0],
		['malformed/sep-line.csv', 4, 0],
		['malformed/preamble.csv', 2, 0],
		['malformed/cr-only.csv', 4, 0],
		['malformed/mixed-line-ends.csv', 3, 0],
		['malformed/one-column.csv', 3, 0],
		['malformed/names.csv', 2, 0],
		['malformed/inches.csv', 3, 0],
		['malformed/all-invalid.csv', 3, 0],
		['malformed/no-date.csv', 3, 0],
		['malformed/ragged.csv', 5, 2],
		['malformed/unclosed-quote.csv', 4, 1],
		['shopify/orders.csv', 344, 0],
		['stripe/payments.csv', 190, 0],
		['square/items.csv', 358, 0],
		['woocommerce/orders.csv', 190, 0],
		['cdnow/master.txt', 216, 0],
		['cdnow/sample.txt', 605, 0],
		['online_retail/orders.csv.gz', 320_705, 0]
	])('accounts for every row of %s', async (path, read, unreadable) => {
		const { source, blob } = await inspected(path);
		expect(readCount(await load(engine(), source, blob))).toEqual([read, unreadable]);
		expect(await rowCount(engine(), source)).toBe(read - unreadable);
	});

	test('keeps accents and signs of other encodings', async () => {
		const { source, blob } = await inspected('malformed/windows-1252.csv');
		await load(engine(), source, blob);
		expect((await cellsOf(engine(), source))[0]).toEqual([
			1,
			'1001',
			'2025-03-01',
			'anna@example.com',
			'Café “blend”',
			'€12.50'
		]);
	});

	test('numbers rows by their record in the file', async () => {
		const { source, blob } = await inspected('malformed/ragged.csv');
		const { result } = await load(engine(), source, blob);
		expect((await cellsOf(engine(), source)).map(([row, orderId]) => [row, orderId])).toEqual([
			[1, '1001'],
			[3, '1003'],
			[5, '1005']
		]);
		expect(result.unreadable).toEqual([
			{ record: 2, line: 3, problem: 'too_few_fields', fields: 3, raw: '1002,2025-03-02,ben@example.com' },
			{
				record: 4,
				line: 5,
				problem: 'too_many_fields',
				fields: 6,
				raw: '1004,2025-03-16,cleo@example.com,5.75,late,gift'
			}
		]);
	});

	test('loads a file with thousands of unreadable rows', async () => {
		const lines = Array.from({ length: 9_000 }, (_, i) => (i % 3 === 1 ? `${i}` : `${i},x`));
		const source = sourceOf(2, { hasHeader: false });
		const loaded = await load(engine(), source, new Blob([lines.join('\n')]));
		expect(readCount(loaded)).toEqual([9_000, 3_000]);
		const cells = await cellsOf(engine(), source);
		expect(cells.every(([row, first]) => Number(first) === (row as number) - 1)).toBe(true);
	});

	test('keeps empty cells as empty texts', async () => {
		const source = sourceOf(2);
		await load(engine(), source, new Blob(['a,b\n,""\n1,\n']));
		expect(await cellsOf(engine(), source)).toEqual([
			[1, '', ''],
			[2, '1', '']
		]);
	});

	test('replaces what an earlier load of the source left', async () => {
		const source = sourceOf(1);
		await load(engine(), source, new Blob(['a\n1\n2\n']));
		await load(engine(), source, new Blob(['a\n3\n']));
		expect(await cellsOf(engine(), source)).toEqual([[1, '3']]);
	});

	test('reads a cell of 3 MB and refuses a record of 17 MB', async () => {
		const source = sourceOf(2);
		await load(engine(), source, new Blob(['a,b\n1,', 'x'.repeat(3_000_000), '\n2,y\n']));
		expect((await cellsOf(engine(), source)).map((row) => String(row[2]).length)).toEqual([3_000_000, 1]);
		const tooLong = load(engine(), source, new Blob(['a,b\n1,', 'x'.repeat(17 * 2 ** 20), '\n']));
		await expect(tooLong).rejects.toMatchObject({ code: 'import.record-too-long', details: { line: 2 } });
	});

	test('stops when the signal is aborted, and can load afterwards', async () => {
		const source = sourceOf(2);
		const blob = new Blob(['a,b\n', '1,2\n'.repeat(200_000)]);
		const stop = new AbortController();
		const stopped = load(engine(), source, blob, stop.signal);
		stop.abort();
		await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
		expect(readCount(await load(engine(), source, blob))).toEqual([200_000, 0]);
	});

	test('says that a file is not what its dialect says', async () => {
		const notPacked = load(engine(), sourceOf(2, { compression: 'gzip' }), new Blob(['a,b\n1,2\n']));
		await expect(notPacked).rejects.toMatchObject({ code: 'import.unreadable-file' });
		const notUtf8 = load(engine(), sourceOf(2), new Blob(['a,b\n1,', Uint8Array.of(0xff), '\n']));
		await expect(notUtf8).rejects.toBeInstanceOf(AppError);
	});
});
