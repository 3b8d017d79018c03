import { gzipSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readBytes } from './bytes.ts';
import { members } from './gunzip.ts';

const LINES = Array.from({ length: 20_000 }, (_, i) => `${i},line ${i * 7}\n`).join('');

async function textOf(chunks: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<string> {
	const parts: BlobPart[] = [];
	for await (const chunk of chunks) parts.push(chunk);
	return new Blob(parts).text();
}

function unzipped(...parts: BlobPart[]): Promise<string> {
	return textOf(readBytes({ name: 'x.gz', blob: new Blob(parts) }, 'gzip'));
}

describe('gzip', () => {
	const packed = gzipSync(strToU8(LINES));

	test('one member and several', async () => {
		expect(await unzipped(packed)).toBe(LINES);
		expect(await unzipped(packed, gzipSync(strToU8('tail\n')))).toBe(`${LINES}tail\n`);
	});

	test.each([1, 4, 12, 100, 30_000])('that ends %i bytes early says so', async (missing) => {
		await expect(unzipped(packed.slice(0, -missing))).rejects.toMatchObject({
			code: 'import.unreadable-file',
			details: {
				reason: expect.stringMatching(/^It(s content is damaged| ends in the middle)\. Download it again\.$/)
			}
		});
	});

	test('with a wrong checksum is damaged', async () => {
		const bytes = packed.slice();
		bytes[bytes.length - 8] = (bytes[bytes.length - 8] ?? 0) ^ 1;
		await expect(unzipped(bytes)).rejects.toMatchObject({
			details: { reason: 'Its content is damaged. Download it again.' }
		});
	});

	test('a bomb is stopped', async () => {
		await expect(unzipped(gzipSync(new Uint8Array(40_000_000)))).rejects.toMatchObject({
			details: { reason: 'It unpacks to far more than a table.' }
		});
	});
});

describe('members', () => {
	const first = gzipSync(strToU8('first\n'), { filename: 'a.csv' });
	const second = gzipSync(strToU8(LINES));

	test('are all read', async () => {
		const all = await textOf(members(new Blob([first, second, first])));
		expect(all).toBe(`first\n${LINES}first\n`);
	});

	test.each([0, 1])('are checked one by one (%i)', async (which) => {
		const parts = [first.slice(), second.slice()];
		const bytes = parts[which] ?? first;
		bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 1;
		await expect(textOf(members(new Blob(parts)))).rejects.toThrow('Its content is damaged.');
	});
});

test('a signal stops the reading', async () => {
	const reading = readBytes({ name: 'x', blob: new Blob([LINES]) }, 'none', AbortSignal.abort()).next();
	await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});
