import { describe, expect, test } from 'vitest';
import { detectEncoding } from './encoding.ts';

async function detect(...parts: BlobPart[]) {
	const blob = new Blob(parts);
	const head = new Uint8Array(await blob.slice(0, 131_072).arrayBuffer());
	return detectEncoding({ name: 'orders.csv', blob }, 'none', head);
}

const TEXT = 'id,name\n1,Zoë\n';

function utf16(text: string, isBigEndian: boolean): Uint8Array<ArrayBuffer> {
	const view = new DataView(new ArrayBuffer(2 * text.length));
	for (let i = 0; i < text.length; i += 1) view.setUint16(2 * i, text.charCodeAt(i), !isBigEndian);
	return new Uint8Array(view.buffer);
}

describe('detectEncoding', () => {
	test.each([
		['UTF-8', [TEXT], 'utf-8', false],
		['UTF-8 with a mark', ['\uFEFF', TEXT], 'utf-8', true],
		['UTF-16 with a mark', [utf16(`\uFEFF${TEXT}`, false)], 'utf-16le', true],
		['UTF-16 big endian with a mark', [utf16(`\uFEFF${TEXT}`, true)], 'utf-16be', true],
		['UTF-16', [utf16(TEXT, false)], 'utf-16le', false],
		['UTF-16 big endian', [utf16(TEXT, true)], 'utf-16be', false],
		['Windows-1252', ['id,name\n1,Zo', Uint8Array.of(0xeb), '\n'], 'windows-1252', false]
	] as const)('finds %s', async (_, parts, encoding, byteOrderMark) => {
		await expect(detect(...parts)).resolves.toEqual({ encoding, byteOrderMark });
	});

	test('looks at the whole file, not at its start', async () => {
		const start = 'id,name\n' + '1,plain\n'.repeat(1_000_000);
		await expect(detect(start, Uint8Array.of(0xe9), '\n')).resolves.toMatchObject({
			encoding: 'windows-1252'
		});
	});

	test('refuses bytes that are no text', async () => {
		const noise = Uint8Array.from({ length: 5_000 }, (_, i) => (i * i * 31) % 256);
		await expect(detect(noise)).rejects.toMatchObject({ code: 'import.not-text' });
	});
});
