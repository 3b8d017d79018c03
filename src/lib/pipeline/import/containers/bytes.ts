import { AppError, isAbort } from '#lib/core/errors.ts';
import { breathe } from '#lib/core/pause.ts';
import { throwIfAborted } from '#lib/core/progress.ts';
import type { Dialect } from '../schema.ts';
import { gunzip } from './gunzip.ts';
import { CHANGED, DAMAGED, TOO_BIG, TRUNCATED, UnpackError } from './unpack-error.ts';

/** A file as the import step sees it. */
export interface NamedBlob {
	readonly name: string;
	readonly blob: Blob;
}

/** Bytes that may be handed on, be it to a Blob or to another thread. */
export type Bytes = Uint8Array<ArrayBuffer>;

const SLICE_BYTES = 2 ** 20;

/** The most that a compressed file may unpack to. */
export const MAX_UNPACKED_BYTES = 2 ** 31;

/** No table is packed tighter than this, once there is enough of it to tell. */
const MAX_RATIO = 200;
const RATIO_CHECKED_FROM = 2 ** 24;

/**
 * Stops what unpacks to far more than a table. `packed` is the size it really has; sizes that a file declares are
 * never trusted.
 * @throws `UnpackError`
 */
export function checkUnpacked(unpacked: number, packed: number): void {
	const isBomb = unpacked > RATIO_CHECKED_FROM && unpacked > MAX_RATIO * packed;
	if (isBomb || unpacked > MAX_UNPACKED_BYTES) throw new UnpackError(TOO_BIG);
}

/**
 * The bytes of a file, unpacked where it is compressed. The next slice is read while the caller works on this one;
 * however long that takes, others get their turn between slices.
 * @throws `import.unreadable-file` when the file changed or is damaged, or unpacks to more than 2 GB
 */
export async function* readBytes(
	{ name, blob }: NamedBlob,
	compression: Dialect['compression'],
	signal?: AbortSignal
): AsyncGenerator<Bytes> {
	const chunks = compression === 'gzip' ? unpack(blob) : blobSlices(blob);
	try {
		for await (const chunk of chunks) {
			await breathe();
			throwIfAborted(signal);
			yield chunk;
		}
	} catch (error) {
		throw asUnreadable(name, error);
	}
}

/**
 * The file as it is without its gzip wrapping, for formats that are read from several places.
 * @throws `import.unreadable-file`
 */
export async function unwrapped(
	{ name, blob }: NamedBlob,
	compression: Dialect['compression'],
	signal?: AbortSignal
): Promise<NamedBlob> {
	if (compression === 'none') return { name, blob };
	return { name, blob: await collectBlob(readBytes({ name, blob }, compression, signal)) };
}

/** Bytes of a Blob that are held in memory before they are handed to the browser, which may keep them on disk. */
const COLLECTED_BYTES = 2 ** 24;

/** All chunks as one Blob, without ever holding them as one array. */
export async function collectBlob(chunks: AsyncIterable<Bytes>): Promise<Blob> {
	const blobs: Blob[] = [];
	let parts: Bytes[] = [];
	let held = 0;
	for await (const chunk of chunks) {
		parts.push(chunk);
		held += chunk.length;
		if (held < COLLECTED_BYTES) continue;
		blobs.push(new Blob(parts));
		parts = [];
		held = 0;
	}
	return new Blob([...blobs, ...parts]);
}

/** The bytes of a Blob in slices of 1 MB; the next one is read ahead. */
export async function* blobSlices(blob: Blob): AsyncGenerator<Bytes> {
	let next = sliceAt(blob, 0);
	for (let offset = 0; offset < blob.size; offset += SLICE_BYTES) {
		const chunk = await next;
		next = sliceAt(blob, offset + SLICE_BYTES);
		// A read-ahead that the caller never asks for must not count as unhandled.
		next.catch(() => undefined);
		yield chunk;
	}
}

/** Any failure while a file is read, in words; an abort stays one, and so does what is in words already. */
export function asUnreadable(fileName: string, error: unknown): unknown {
	if (error instanceof AppError || isAbort(error)) return error;
	return new AppError('import.unreadable-file', { fileName, reason: reasonOf(error) }, { cause: error });
}

/** What went wrong while bytes were read or unpacked, as a sentence. */
export function reasonOf(error: unknown): string {
	if (error instanceof UnpackError) return error.message;
	if (error instanceof DOMException) return CHANGED;
	const text = error instanceof Error ? error.message : String(error);
	return /unexpected e(nd|of)|truncat/i.test(text) ? TRUNCATED : DAMAGED;
}

async function sliceAt(blob: Blob, offset: number): Promise<Bytes> {
	return new Uint8Array(await blob.slice(offset, offset + SLICE_BYTES).arrayBuffer());
}

async function* unpack(blob: Blob): AsyncGenerator<Bytes> {
	let total = 0;
	for await (const chunk of gunzip(blob)) {
		total += chunk.byteLength;
		checkUnpacked(total, blob.size);
		yield chunk;
	}
}
