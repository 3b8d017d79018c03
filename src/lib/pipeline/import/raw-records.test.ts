import { expect, test } from 'vitest';
import { readRecords, streamRecords, type RawRecord } from './raw-records.ts';
import { RecordScanner } from './records.ts';
import { PLAIN_DIALECT } from './schema.ts';
import { scanFormat, type ScannedSource } from './scan.ts';

const SOURCE: ScannedSource = {
	fileName: 'orders.csv',
	dialect: PLAIN_DIALECT,
	columns: ['id', 'note']
};
const RECORD_COUNT = 2_000;
const LINES = Array.from({ length: RECORD_COUNT }, (_, i) => {
	if (i === 700) return '701,"never closed';
	return i % 5 === 0 ? `${i + 1},"two\nlines"` : `${i + 1},é`;
});
const TEXT = `id,note\n${LINES.join('\n')}\n`;
const BLOB = new Blob([TEXT]);

async function allRecords(blob: Blob, source: ScannedSource): Promise<RawRecord[]> {
	const records: RawRecord[] = [];
	for await (const batch of streamRecords(blob, source)) records.push(...batch);
	return records;
}

function index() {
	const scanner = new RecordScanner(scanFormat(SOURCE), () => undefined);
	scanner.feed(new TextEncoder().encode(TEXT));
	return scanner.finish().index;
}

test('streamRecords gives every record with its line', async () => {
	const records = await allRecords(BLOB, SOURCE);
	expect(records).toHaveLength(RECORD_COUNT);
	expect(records.map(({ raw }) => raw)).toEqual(LINES);
	expect(records.slice(0, 3).map(({ record, line }) => [record, line])).toEqual([
		[1, 2],
		[2, 4],
		[3, 5]
	]);
});

test('readRecords finds the same records with the index and without it', async () => {
	const wanted = [1, 256, 257, 701, 1_500, 2_000, 9_999];
	const records = await allRecords(BLOB, SOURCE);
	const expected = records.filter(({ record }) => wanted.includes(record));
	expect(await readRecords(BLOB, SOURCE, wanted)).toEqual(expected);
	expect(await readRecords(BLOB, SOURCE, wanted, index())).toEqual(expected);
	expect(expected.find(({ record }) => record === 701)).toMatchObject({ problem: 'unclosed_quote' });
});

test('readRecords reads a packed file from its start', async () => {
	const packed = await new Response(BLOB.stream().pipeThrough(new CompressionStream('gzip'))).blob();
	const source = { ...SOURCE, dialect: { ...SOURCE.dialect, compression: 'gzip' as const } };
	expect(await readRecords(packed, source, [2], index())).toEqual([
		{ record: 2, line: 4, problem: null, raw: '2,é' }
	]);
});

test('readRecords answers nothing for no record', async () => {
	expect(await readRecords(BLOB, SOURCE, [])).toEqual([]);
});
