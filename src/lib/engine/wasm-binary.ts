import { AppError } from '#lib/core/errors.ts';
import { inflate } from '#lib/core/inflate.ts';
import type { OnProgress } from '#lib/core/progress.ts';

/** The engine's code as it is served: gzipped, under a name that no host serves with `Content-Encoding`. */
export interface WasmAsset {
	readonly url: string;
	/** SHA-256 of the gzipped bytes, in lower-case hexadecimal. */
	readonly sha256: string;
}

/** Checked code by hash, so that an engine that has to start again asks for nothing. */
const checked = new Map<string, Uint8Array<ArrayBuffer>>();

/**
 * Fetches the engine's code, checks it and inflates it. Progress is the share of the download.
 * Throws `engine.unavailable` when it cannot be fetched or is not the code this page was built with.
 */
export async function loadWasm(asset: WasmAsset, onProgress?: OnProgress): Promise<Blob> {
	const bytes = checked.get(asset.sha256) ?? (await downloadChecked(asset, onProgress));
	checked.set(asset.sha256, bytes);
	// The type is what lets the browser compile while it reads.
	return new Response(inflate(new Blob([bytes])), { headers: { 'content-type': 'application/wasm' } }).blob();
}

async function downloadChecked(
	asset: WasmAsset,
	onProgress: OnProgress | undefined
): Promise<Uint8Array<ArrayBuffer>> {
	const bytes = await download(asset.url, onProgress);
	const found = await sha256(bytes);
	if (found !== asset.sha256) {
		throw new AppError('engine.unavailable', {
			reason: `the engine file has hash ${found}, not ${asset.sha256}`
		});
	}
	return bytes;
}

async function download(url: string, onProgress: OnProgress | undefined): Promise<Uint8Array<ArrayBuffer>> {
	try {
		const response = await fetch(url);
		if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
		const total = Number(response.headers.get('content-length'));
		return await readAll(response.body, (loaded) => {
			onProgress?.({ what: 'engine', share: total > 0 ? Math.min(loaded / total, 1) : null });
		});
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new AppError('engine.unavailable', { reason }, { cause: error });
	}
}

async function readAll(
	stream: ReadableStream<Uint8Array<ArrayBuffer>>,
	onLoaded: (bytes: number) => void
): Promise<Uint8Array<ArrayBuffer>> {
	const pieces: Uint8Array<ArrayBuffer>[] = [];
	const reader = stream.getReader();
	for (let loaded = 0; ;) {
		const { done, value } = await reader.read();
		if (done) break;
		pieces.push(value);
		loaded += value.length;
		onLoaded(loaded);
	}
	return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
