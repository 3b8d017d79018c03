import { Gunzip } from 'fflate';
import { inflate } from '#lib/core/inflate.ts';
import { Crc32 } from './crc32.ts';
import { DAMAGED, UnpackError } from './unpack-error.ts';

/**
 * The content of a gzip file (RFC 1952). Browsers unpack it, but refuse files of several members, one behind the
 * other, as logs and parallel packers write them; those go on in script, checksums and all.
 * @throws whatever the browser or the packed data gives
 */
export async function* gunzip(blob: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	let given = 0;
	try {
		for await (const chunk of native(blob)) {
			given += chunk.length;
			yield chunk;
		}
	} catch (error) {
		// The file itself cannot be read: there is nothing to try again.
		if (error instanceof DOMException) throw error;
		yield* skipped(members(blob), given);
	}
}

async function* native(blob: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const reader = inflate(blob).getReader();
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return;
			yield value;
		}
	} finally {
		// A stream that has failed refuses to be cancelled; its own error is the one to report.
		await reader.cancel().catch(() => undefined);
	}
}

/** Few bytes at a time: each may unpack to a thousand. */
const SLICE_BYTES = 2 ** 15;
const TRAILER_BYTES = 8;

/**
 * All members of a gzip file, each checked against its checksum.
 * @throws `UnpackError`, and what the inflater throws
 */
export async function* members(blob: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const checks: { readonly end: number; readonly crc: number }[] = [];
	let out: Uint8Array<ArrayBuffer>[] = [];
	let crc = new Crc32();
	const unpacker = new Gunzip((chunk) => {
		crc.add(chunk);
		if (chunk.length > 0) out.push(chunk);
	});
	unpacker.onmember = (offset) => {
		checks.push({ end: offset, crc: crc.value });
		crc = new Crc32();
	};
	for (let offset = 0; offset < blob.size; offset += SLICE_BYTES) {
		const end = Math.min(blob.size, offset + SLICE_BYTES);
		unpacker.push(new Uint8Array(await blob.slice(offset, end).arrayBuffer()), end === blob.size);
		yield* out;
		out = [];
	}
	checks.push({ end: blob.size, crc: crc.value });
	for (const { end, crc: found } of checks) {
		const trailer = await blob.slice(end - TRAILER_BYTES, end).arrayBuffer();
		if (new DataView(trailer).getUint32(0, true) !== found) throw new UnpackError(DAMAGED);
	}
}

async function* skipped(
	chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
	bytes: number
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	let left = bytes;
	for await (const chunk of chunks) {
		if (chunk.length > left) yield chunk.subarray(left);
		left = Math.max(0, left - chunk.length);
	}
}
