import { describe, expect, test } from 'vitest';
import { textDecoding, toUtf8 } from './decode-text.ts';
import { ENCODINGS } from './schema.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

async function* chunks(...parts: Uint8Array<ArrayBuffer>[]) {
	yield* parts;
}

async function utf8Of(encoding: (typeof ENCODINGS)[number], ...parts: Uint8Array<ArrayBuffer>[]) {
	const pieces: Uint8Array<ArrayBuffer>[] = [];
	for await (const piece of toUtf8(chunks(...parts), encoding)) pieces.push(piece);
	return new Blob(pieces).text();
}

describe('textDecoding', () => {
	test.each(ENCODINGS)('knows %s', (encoding) => {
		const ascii = encoding.startsWith('utf-16')
			? null
			: textDecoding(encoding).decode(bytes(0x41, 0x2c, 0x0a));
		expect(ascii).toBe(ascii === null ? null : 'A,\n');
	});

	test('reads the quotes, dashes and the euro sign of Windows-1252', () => {
		const text = textDecoding('windows-1252').decode(
			bytes(0x80, 0x85, 0x92, 0x93, 0x94, 0x96, 0x99, 0x9f, 0xe9)
		);
		expect(text).toBe('€…’“”–™Ÿé');
	});

	test.each(['utf-8', 'windows-1252', 'shift_jis'] as const)('drops a mark of UTF-8 above %s', (encoding) => {
		expect(textDecoding(encoding).decode(bytes(0xef, 0xbb, 0xbf, 0x69, 0x64))).toBe('id');
	});

	test('keeps those three bytes where they are no mark', () => {
		const decoding = textDecoding('windows-1252');
		decoding.decode(bytes(0x69), true);
		expect(decoding.decode(bytes(0xef, 0xbb, 0xbf))).toBe('ï»¿');
	});
});

describe('toUtf8', () => {
	test('joins characters that are split between chunks', async () => {
		await expect(utf8Of('shift_jis', bytes(0x93), bytes(0x8c, 0x8b), bytes(0x9e))).resolves.toBe('東京');
		await expect(utf8Of('utf-16le', bytes(0xff, 0xfe, 0x41), bytes(0, 0x42, 0))).resolves.toBe('AB');
	});

	test('puts a sign for what means nothing', async () => {
		await expect(utf8Of('utf-8', bytes(0x61, 0xe9, 0x2c), bytes(0xc3))).resolves.toBe('a\ufffd,\ufffd');
	});
});
