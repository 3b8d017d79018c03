import { gzipSync, strToU8, zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { below, seeded, type Random } from '#lib/core/random.ts';
import { makeWorkbook } from '../../../../../tests/support/make-workbook.ts';
import { readUtf8 } from '../byte-source.ts';
import { expandArchive, recogniseFile } from './index.ts';

/** Reads a file as far as it goes; what is thrown must be in words. */
async function open(bytes: Uint8Array<ArrayBuffer>): Promise<'read' | 'refused'> {
	const file = { name: 'file', blob: new Blob([bytes]) };
	try {
		const { isArchive, sheets, ...format } = await recogniseFile(file);
		if (isArchive) await expandArchive(file);
		else
			await drain(
				readUtf8(file, { ...format, sheet: sheets[0] ?? null, encoding: 'utf-8', isDamaged: false })
			);
		return 'read';
	} catch (error) {
		expect(error).toBeInstanceOf(AppError);
		return 'refused';
	}
}

async function drain(chunks: AsyncIterable<unknown>): Promise<void> {
	for await (const chunk of chunks) expect(chunk).toBeInstanceOf(Uint8Array);
}

function flipped(bytes: Uint8Array<ArrayBuffer>, random: Random): Uint8Array<ArrayBuffer> {
	const copy = bytes.slice();
	const flips = 1 + below(random, 4);
	for (let i = 0; i < flips; i += 1) copy[below(random, copy.length)] = below(random, 256);
	return copy;
}

const csv = strToU8(Array.from({ length: 40 }, (_, i) => `${i},customer ${i % 7}\n`).join(''));
const rows = Array.from(
	{ length: 20 },
	(_, i) => `<row r="${i + 1}"><c t="s"><v>${i % 2}</v></c><c s="1"><v>4538${i % 9}</v></c></row>`
);
const book = makeWorkbook({
	sheets: [{ name: 'Orders', rows: rows.join('') }],
	strings: '<si><t>a</t></si><si><t>b</t></si>',
	formats: [0, 14]
});
const table = (codec: 'SNAPPY' | 'UNCOMPRESSED') =>
	parquetWriteBuffer({
		columnData: [
			{ name: 'id', data: Array.from({ length: 40 }, (_, i) => BigInt(i)), type: 'INT64' },
			{
				name: 'name',
				data: Array.from({ length: 40 }, (_, i) => (i % 5 === 0 ? null : `n${i % 3}`)),
				type: 'STRING'
			},
			{ name: 'tags', data: Array.from({ length: 40 }, (_, i) => [`t${i}`]) }
		] as Parameters<typeof parquetWriteBuffer>[0]['columnData'],
		codec
	});

const files: [string, () => Promise<Uint8Array<ArrayBuffer>>][] = [
	['a workbook', async () => new Uint8Array(await book.arrayBuffer())],
	['an archive', async () => zipSync({ 'a.csv': csv, 'b/c.csv': [csv, { level: 0 }] })],
	['a gzip file', async () => gzipSync(csv)],
	['a Parquet file', async () => new Uint8Array(table('SNAPPY'))],
	['a plain Parquet file', async () => new Uint8Array(table('UNCOMPRESSED'))],
	['lines of JSON', async () => strToU8('{"a":1,"b":{"c":"x"}}\n{"a":2,"b":null}\n'.repeat(20))]
];

describe.each(files)('%s', (_, make) => {
	test('opens when it is whole', async () => {
		expect(await open(await make())).toBe('read');
	});

	test('cut anywhere fails in words, if it fails', async () => {
		const bytes = await make();
		for (let length = 0; length < bytes.length; length += Math.max(1, Math.floor(bytes.length / 150))) {
			await open(bytes.slice(0, length));
		}
	});

	test('with bytes changed fails in words, if it fails', async () => {
		const bytes = await make();
		const random = seeded(20_240_331);
		for (let run = 0; run < 300; run += 1) await open(flipped(bytes, random));
	});
});
