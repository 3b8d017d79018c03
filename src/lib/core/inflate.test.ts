import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inflate } from './inflate.ts';

async function unpacked(blob: Blob): Promise<Buffer> {
	return Buffer.from(await new Response(inflate(blob)).arrayBuffer());
}

test('gives back what was packed, across slices and of nothing', async () => {
	const random = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i * 31 + (i >> 3)) % 251);
	for (const bytes of [new Uint8Array(0), new Uint8Array([7]), random]) {
		expect((await unpacked(new Blob([gzipSync(bytes)]))).equals(bytes)).toBe(true);
	}
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
			expect((await unpacked(new Blob([gzipSync(bytes)]))).equals(bytes)).toBe(true);
		}),
		{ numRuns: 30 }
	);
});

test('a file that is cut, damaged or empty fails', async () => {
	const packed = gzipSync('orders'.repeat(1000));
	const damaged = packed.slice();
	damaged[packed.length - 6] = (damaged[packed.length - 6] ?? 0) ^ 0xff;
	for (const bytes of [packed.subarray(0, -4), damaged, new Uint8Array(0)]) {
		await expect(unpacked(new Blob([new Uint8Array(bytes)]))).rejects.toThrow();
	}
});

test('unpacks few bytes at a time', async () => {
	const bytes = Uint8Array.from({ length: 1_000_000 }, (_, i) => ((i * 2_654_435_761) >>> 13) & 255);
	let most = 0;
	const blob = new Blob([gzipSync(bytes)]);
	const spied = {
		size: blob.size,
		slice: (from: number, to: number) => {
			most = Math.max(most, to - from);
			return blob.slice(from, to);
		}
	};
	expect((await unpacked(spied as Blob)).equals(bytes)).toBe(true);
	expect(most).toBeLessThanOrEqual(2 ** 16);
});
