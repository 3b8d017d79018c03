import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '#lib/core/progress.ts';
import { loadWasm } from './wasm-binary.ts';

afterEach(() => vi.unstubAllGlobals());

function serve(text: string, options: { status?: number; size?: boolean } = {}) {
	const bytes = gzipSync(text);
	const headers = options.size === false ? {} : { 'content-length': String(bytes.length) };
	const asked = vi.fn(async () => new Response(bytes, { status: options.status ?? 200, headers }));
	vi.stubGlobal('fetch', asked);
	return { asked, url: 'engine.bin', sha256: createHash('sha256').update(bytes).digest('hex') };
}

describe('loadWasm', () => {
	it('inflates code whose hash is right', async () => {
		const asset = serve('code');
		const progress: Progress[] = [];
		const blob = await loadWasm(asset, (step) => progress.push(step));
		expect(await blob.text()).toBe('code');
		expect(blob.type).toBe('application/wasm');
		expect(progress.at(-1)).toEqual({ what: 'engine', share: 1 });
	});

	it('asks once for the same code', async () => {
		const asset = serve('same code');
		await loadWasm(asset);
		expect(await (await loadWasm(asset)).text()).toBe('same code');
		expect(asset.asked).toHaveBeenCalledTimes(1);
	});

	it('does not know how far it is when the size is not told', async () => {
		const asset = serve('code of unknown size', { size: false });
		const shares: (number | null)[] = [];
		await loadWasm(asset, ({ share }) => shares.push(share));
		expect(shares).toEqual([null]);
	});

	it('refuses other code, and asks again the next time', async () => {
		const asset = { ...serve('changed code'), sha256: 'ab' };
		await expect(loadWasm(asset)).rejects.toMatchObject({ code: 'engine.unavailable' });
		await expect(loadWasm(asset)).rejects.toMatchObject({
			details: { reason: expect.stringMatching(/hash [0-9a-f]{64}, not ab/) }
		});
		expect(asset.asked).toHaveBeenCalledTimes(2);
	});

	it('says why a download failed', async () => {
		const asset = serve('missing', { status: 404 });
		await expect(loadWasm(asset)).rejects.toMatchObject({ details: { reason: 'the server answered 404' } });
		vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
		await expect(loadWasm(asset)).rejects.toMatchObject({ details: { reason: 'Failed to fetch' } });
	});
});
