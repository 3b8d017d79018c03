import { describe, expect, test } from 'vitest';
import { encodeText } from '../../../../tests/support/encode-text.ts';
import { detectEncoding, ENCODING_WORDS } from './encoding.ts';
import { ENCODINGS } from './schema.ts';

async function detect(...parts: BlobPart[]) {
	const blob = new Blob(parts);
	const head = new Uint8Array(await blob.slice(0, 131_072).arrayBuffer());
	return detectEncoding({ name: 'orders.csv', blob }, 'none', head);
}

const TEXT = 'id,name\n1,Zoë\n';
const PLAIN_ROWS = 'id,name\n' + '1,plain\n'.repeat(400_000);
const CYRILLIC = 'номер,имя\n' + '1,Иванов Сергей Петрович\n'.repeat(20);
const JAPANESE = '番号,名前\n' + '1,田中太郎\n'.repeat(20);
const MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

describe('detectEncoding', () => {
	test.each([
		['UTF-8', [TEXT], 'utf-8', false],
		['UTF-8 with a mark', [MARK, TEXT], 'utf-8', true],
		['UTF-16 with a mark', [encodeText(`\uFEFF${TEXT}`, 'utf-16le')], 'utf-16le', true],
		['UTF-16 big endian with a mark', [encodeText(`\uFEFF${TEXT}`, 'utf-16be')], 'utf-16be', true],
		['UTF-16', [encodeText(TEXT, 'utf-16le')], 'utf-16le', false],
		['UTF-16 big endian', [encodeText(TEXT, 'utf-16be')], 'utf-16be', false],
		['Cyrillic UTF-16', [encodeText(CYRILLIC, 'utf-16le')], 'utf-16le', false],
		['Cyrillic UTF-16 big endian', [encodeText(CYRILLIC, 'utf-16be')], 'utf-16be', false],
		['Japanese UTF-16', [encodeText(JAPANESE, 'utf-16le')], 'utf-16le', false],
		['Japanese UTF-16 big endian', [encodeText(JAPANESE, 'utf-16be')], 'utf-16be', false],
		['Windows-1252', ['id,name\n1,Zo', Uint8Array.of(0xeb), '\n'], 'windows-1252', false],
		['Windows-1252 under a mark of UTF-8', [MARK, 'id\nZo', Uint8Array.of(0xeb), '\n'], 'windows-1252', true],
		['Windows-1252 that ends in an accent', ['id,name\n1,Zo', Uint8Array.of(0xeb)], 'windows-1252', false],
		['Windows-1251', [encodeText(CYRILLIC, 'windows-1251')], 'windows-1251', false],
		['Shift JIS', [encodeText(JAPANESE, 'shift_jis')], 'shift_jis', false]
	] as const)('finds %s', async (_, parts, encoding, byteOrderMark) => {
		await expect(detect(...parts)).resolves.toEqual({ encoding, byteOrderMark, isDamaged: false });
	});

	test('looks at the whole file, not at its start', async () => {
		await expect(detect(PLAIN_ROWS, Uint8Array.of(0xe9), '\n')).resolves.toMatchObject({
			encoding: 'windows-1252'
		});
		const late = encodeText('2,Łukasz Wałęsa\n3,Dąbrowski\n', 'windows-1250');
		await expect(detect(PLAIN_ROWS, late)).resolves.toMatchObject({ encoding: 'windows-1250' });
	});

	test('keeps characters that stand across two pieces', async () => {
		const upToBorder = 'x'.repeat(2 ** 20 - 1);
		await expect(detect(upToBorder, 'é', upToBorder)).resolves.toMatchObject({ encoding: 'utf-8' });
	});

	test('stays with UTF-8 when a few bytes are damaged, and leaves it when many are', async () => {
		const damaged = Uint8Array.of(0x5a, 0x6f, 0xeb, 0x0a);
		const cutOff = Uint8Array.of(0xc3);
		const utf8 = { encoding: 'utf-8', isDamaged: true };
		await expect(detect(TEXT.repeat(9), damaged)).resolves.toMatchObject(utf8);
		await expect(detect(TEXT.repeat(30), 'Zo', cutOff)).resolves.toMatchObject(utf8);
		await expect(detect(TEXT.repeat(8), damaged)).resolves.toMatchObject({
			encoding: 'windows-1252',
			isDamaged: false
		});
	});

	test('does not take stray NUL characters for UTF-16', async () => {
		await expect(detect('id,na\0me\n1,a\0b\n2,c\0d\n3,plain\n')).resolves.toMatchObject({
			encoding: 'utf-8'
		});
	});

	test('tells how far it is', async () => {
		const blob = new Blob([PLAIN_ROWS]);
		let checked = 0;
		await detectEncoding({ name: 'x', blob }, 'none', new Uint8Array(4), undefined, (bytes) => {
			checked += bytes;
		}).catch(() => undefined);
		expect(checked).toBe(blob.size);
	});

	test.each([
		['noise', Uint8Array.from({ length: 5_000 }, (_, i) => (i * i * 31) % 256)],
		['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 0x41, 0, 0, 0)]
	])('refuses %s', async (_, bytes) => {
		await expect(detect(bytes)).rejects.toMatchObject({ code: 'import.not-text' });
	});
});

test('every encoding has a name for people', () => {
	expect(Object.keys(ENCODING_WORDS)).toEqual([...ENCODINGS]);
	expect(new Set(Object.values(ENCODING_WORDS)).size).toBe(ENCODINGS.length);
});
