import { NO_NOTES } from './schema.ts';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import type { Progress } from '#lib/core/progress.ts';
import type { Engine, Row } from '#lib/engine/engine.ts';
import { id, join, sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { makeSource } from '../../../../tests/support/raw-tables.ts';
import { splitRecord } from './fields.ts';
import { inspectFile } from './inspect.ts';
import { loadSource, MAX_FILE_BYTES, type LoadedSource, type LoadOptions } from './load.ts';
import { streamRecords, type RawRecord } from './raw-records.ts';
import type { ScannedSource } from './scan.ts';
import { PLAIN_DIALECT, rawColumn, rawTable, type Dialect, type SourceParams } from './schema.ts';

const FIXTURES = new URL('../../../../tests/fixtures/', import.meta.url);
const ROLES_IN_ORDER = ['customer', 'date', 'order_id', 'amount'] as const;

/** A source whose columns all have a role. */
function sourceOf(columnCount: number, dialect: Partial<Dialect> = {}): SourceParams {
	const columns = Array.from({ length: columnCount }, (_, i) => `column ${i + 1}`);
	const mapping = Object.fromEntries(
		ROLES_IN_ORDER.map((role, i) => [role, columns[i]]).slice(0, columnCount)
	);
	return {
		...makeSource(columns, mapping),
		fileName: 'orders.csv',
		dialect: { ...PLAIN_DIALECT, ...dialect }
	};
}

const BIG = { plainBytes: 0, pieceBytes: 2_000 };

function load(
	engine: Engine,
	source: SourceParams,
	blob: Blob,
	{ signal = new AbortController().signal, ...options }: LoadOptions & { signal?: AbortSignal } = {}
) {
	return loadSource({ engine, signal, onProgress: () => undefined }, source, { blob }, options);
}

async function rowCount(engine: Engine, source: SourceParams): Promise<number | undefined> {
	const query = sql`SELECT count(*)::INTEGER AS rows FROM ${id(...rawTable(source.id))}`;
	const [row] = await engine.rows<{ rows: number }>(query);
	return row?.rows;
}

/** The cells of the raw table, each row behind its record number. */
async function cellsOf(engine: Engine, source: SourceParams): Promise<(string | number)[][]> {
	const columns = join([id('row'), ...source.columns.map((_, i) => id(rawColumn(i)))], ', ');
	const rows = await engine.rows<Row>(
		sql`SELECT ${columns} FROM ${id(...rawTable(source.id))} ORDER BY ${id('row')}`
	);
	return rows.map((row) => [row.row as number, ...source.columns.map((_, i) => row[rawColumn(i)] as string)]);
}

async function inspected(path: string): Promise<{ source: SourceParams; blob: Blob }> {
	const blob = new Blob([await readFile(new URL(path, FIXTURES))]);
	const { source } = await inspectFile({ name: path, blob });
	return { source: { id: 's1', ...source, series: 's1', version: 1, notes: NO_NOTES }, blob };
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
							.map(({ record, raw }) => [record, ...splitRecord(raw, chosen, source.dialect)])
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
		const stopped = load(engine(), source, blob, { signal: stop.signal });
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

	test('loads a big file in pieces as it loads a small one', async () => {
		const record = fc.constantFrom('1,a', '"2","b, c"', '3,"d\ne"', '"4\r\n",f', '5', ' "6" ,g', '7,h,i', '');
		await fc.assert(
			fc.asyncProperty(
				fc.array(record, { minLength: 700, maxLength: 1_500 }),
				fc.constantFrom('\n', '\r\n'),
				fc.boolean(),
				async (records, lineEnd, hasHeader) => {
					const source = sourceOf(2, { hasHeader });
					const blob = new Blob([['h,k', ...records].join(lineEnd)]);
					const small = await load(engine(), source, blob);
					const cells = await cellsOf(engine(), source);
					const big = await load(engine(), source, blob, BIG);
					expect(await cellsOf(engine(), source)).toEqual(cells);
					expect(big.result).toEqual({ ...small.result, loadedColumns: [0, 1] });
					expect(big.index).toEqual(small.index);
				}
			),
			{ seed: 23, numRuns: 6, endOnFailure: true }
		);
	});

	test('keeps of a big file what has a role, and a hash of every column', async () => {
		const lines = Array.from({ length: 2_000 }, (_, i) => `${i},"x, ${i % 7}",${i % 3},note`);
		const source = { ...sourceOf(4), mapping: { customer: 'column 1', amount: 'column 3' } };
		const { result } = await load(engine(), source, new Blob(['h,h,h,h\n', lines.join('\n')]), BIG);
		expect(result).toMatchObject({ rowsRead: 2_000, loadedColumns: [0, 2] });
		const table = id(...rawTable(source.id));
		const columns = await engine().rows(sql`SELECT column_name::VARCHAR AS name FROM duckdb_columns()
			WHERE schema_name = 'import' AND table_name = ${source.id} ORDER BY column_index`);
		expect(columns.map(({ name }) => name)).toEqual(['c0', 'c2', 'row_hash', 'row']);
		const different = sql`SELECT count(*)::INTEGER AS rows FROM ${table}
			WHERE row_hash <> hash(c0, 'x, ' || (row - 1) % 7, c2, 'note') ORDER BY rows`;
		expect(await engine().rows(different)).toEqual([{ rows: 0 }]);
	});

	test.each([{}, BIG])('lets no withheld column into the engine: %o', async (options) => {
		const source: SourceParams = {
			...sourceOf(3),
			withheld: [
				{ column: 'column 2', reason: 'password', action: 'dropped' },
				{ column: 'column 3', reason: 'card_number', action: 'masked' }
			]
		};
		await load(engine(), source, new Blob(['a,b,c\n1,secret,4111111111111111\n']), options);
		expect(await cellsOf(engine(), source)).toEqual([[1, '1', '', '…1111']]);
	});

	test.each([{}, BIG])('tells how far it is, never back: %o', async (options) => {
		const source = sourceOf(2);
		const blob = new Blob(['a,b\n', '1,22222222\n'.repeat(2_000)]);
		const told: Progress[] = [];
		const context = {
			engine: engine(),
			signal: new AbortController().signal,
			onProgress: (progress: Progress) => told.push(progress)
		};
		await loadSource(context, source, { blob }, options);
		expect(told.length).toBeGreaterThan(1);
		for (const of of ['share', 'bytes'] as const) {
			const values = told.map((progress) => progress[of] ?? 0);
			expect(values).toEqual([...values].sort((a, b) => a - b));
		}
		expect(told.at(-1)).toMatchObject({ share: 1, rows: 2_000, bytes: blob.size, totalBytes: blob.size });
	});

	test.each([0.01, 0.5, 0.95])('stops at %d of a big file, and leaves nothing behind', async (share) => {
		const source = sourceOf(2);
		const blob = new Blob(['a,b\n', '1,22222222\n'.repeat(20_000)]);
		await load(engine(), source, new Blob(['a,b\n1,2\n']));
		const stop = new AbortController();
		const onProgress = (progress: Progress) => {
			if ((progress.share ?? 0) >= share) stop.abort();
		};
		const stopped = loadSource({ engine: engine(), signal: stop.signal, onProgress }, source, { blob }, BIG);
		await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
		const tables = sql`SELECT table_name::VARCHAR AS name FROM duckdb_tables()
			WHERE schema_name = 'import' ORDER BY name`;
		expect(await engine().rows(tables)).toEqual([]);
	});

	test('refuses a file over the limit before it reads it', async () => {
		const blob = Object.defineProperty(new Blob(['a\n1\n']), 'size', { value: MAX_FILE_BYTES + 1 });
		await expect(load(engine(), sourceOf(1), blob)).rejects.toMatchObject({
			code: 'import.too-large',
			details: { bytes: MAX_FILE_BYTES + 1, limit: MAX_FILE_BYTES }
		});
	});
});
