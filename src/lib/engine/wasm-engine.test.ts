import { gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openWasmEngine } from './wasm-engine.ts';

/** A worker that answers nothing, or with one message. */
class FakeWorker extends EventTarget {
	readonly terminate = vi.fn();
	readonly postMessage = vi.fn();
}

const code = gzipSync('code');
const wasm = { url: 'engine.bin', sha256: createHash('sha256').update(code).digest('hex') };

beforeEach(() => vi.stubGlobal('fetch', async () => new Response(code)));
afterEach(() => vi.unstubAllGlobals());

function open(worker: FakeWorker, asset = wasm): Promise<unknown> {
	return openWasmEngine({ createWorker: () => worker as unknown as Worker, wasm: asset });
}

describe('openWasmEngine', () => {
	it('ends the worker when the code is not the right one', async () => {
		const worker = new FakeWorker();
		await expect(open(worker, { ...wasm, sha256: 'other' })).rejects.toMatchObject({
			code: 'engine.unavailable'
		});
		expect(worker.terminate).toHaveBeenCalled();
	});

	it('fails when the worker fails, and does not wait for an answer', async () => {
		const worker = new FakeWorker();
		const opening = open(worker);
		worker.dispatchEvent(
			Object.assign(new Event('error', { cancelable: true }), { message: 'Uncaught Error: boom' })
		);
		await expect(opening).rejects.toMatchObject({ details: { reason: 'Uncaught Error: boom' } });
		expect(worker.terminate).toHaveBeenCalled();
	});

	it('sends the worker the inflated code', async () => {
		const worker = new FakeWorker();
		const sent = new Promise<{ type: string; data: string[] }>((resolve) =>
			worker.postMessage.mockImplementation(resolve)
		);
		const opening = open(worker);
		const { type, data } = await sent;
		expect([type, data[0]]).toEqual(['INSTANTIATE', expect.stringMatching(/^blob:/)]);
		worker.dispatchEvent(new Event('error'));
		await expect(opening).rejects.toMatchObject({ details: { reason: 'the worker of the engine failed' } });
	});
});
