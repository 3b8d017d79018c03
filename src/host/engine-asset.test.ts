import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { engineAsset } from './engine-asset.ts';

const ENTRY = '\0entry';

/** Builds a page of one module that uses the asset, into memory. */
async function built() {
	const entry = {
		name: 'entry',
		resolveId: (source: string) => (source === ENTRY ? ENTRY : undefined),
		load: (id: string) => (id === ENTRY ? `export * from 'virtual:engine-asset';` : undefined)
	};
	const output = await build({
		configFile: false,
		logLevel: 'silent',
		base: './',
		plugins: [engineAsset(), entry],
		build: { write: false, minify: false, rollupOptions: { input: ENTRY, preserveEntrySignatures: 'strict' } }
	});
	if (!('output' in output)) throw new Error('one output expected');
	return output.output;
}

describe('engineAsset', () => {
	it('emits the gzipped code and the worker, with addresses relative to the module and the hash', async () => {
		const files = await built();
		const assets = files.filter((file) => file.type === 'asset');
		const wasm = assets.find(({ fileName }) => /engine-[\w-]+\.bin$/.test(fileName));
		const worker = assets.find(({ fileName }) => /engine\.worker-[\w-]+\.js$/.test(fileName));
		const bytes = wasm?.source as Uint8Array;
		expect([...gunzipSync(bytes).subarray(0, 4)]).toEqual([0, 0x61, 0x73, 0x6d]);
		expect(bytes.length).toBeLessThan(20_000_000);
		expect(String(worker?.source)).not.toContain('sourceMappingURL');

		const code = files.find((file) => file.type === 'chunk')?.code ?? '';
		expect(code).toContain(createHash('sha256').update(bytes).digest('hex'));
		for (const { fileName } of [wasm, worker].filter((file) => file !== undefined)) {
			expect(code).toMatch(
				new RegExp(`new URL\\(['"\`][^'"\`]*${fileName.split('/').pop()}['"\`], import\\.meta\\.url\\)`)
			);
		}
	});
});
