import { AppError, isAbort } from '#lib/core/errors.ts';
import { throwIfAborted } from '#lib/core/progress.ts';
import type { Dialect } from './schema.ts';

/** A file as the import step sees it. */
export interface NamedBlob {
	readonly name: string;
	readonly blob: Blob;
}

type Bytes = Uint8Array<ArrayBuffer>;

const SLICE_BYTES = 2 ** 20;
const MAX_UNPACKED_BYTES = 2 ** 31;
const MAX_RATIO = 200;
const RATIO_CHECKED_FROM = 2 ** 28;

/**
 * The bytes of a file, unpacked where it is compressed. The next slice is read while the caller works on this one.
 * @throws `import.unreadable-file` when the file changed or is damaged, or unpacks to more than 2 GB
 */
export async function* readBytes(
	{ name, blob }: NamedBlob,
	compression: Dialect['compression'],
	signal?: AbortSignal
): AsyncGenerator<Bytes> {
	const chunks = compression === 'gzip' ? unpack(name, blob) : slices(blob);
	try {
		for await (const chunk of chunks) {
			throwIfAborted(signal);
			yield chunk;
		}
	} catch (error) {
		if (error instanceof AppError || isAbort(error)) throw error;
		throw new AppError(
			'import.unreadable-file',
			{ fileName: name, reason: reasonOf(error) },
			{ cause: error }
		);
	}
}

/** The bytes of a file as UTF-8, in the encoding its dialect names. */
export async function* readUtf8(
	file: NamedBlob,
	dialect: Pick<Dialect, 'compression' | 'encoding'>,
	signal?: AbortSignal
): AsyncGenerator<Bytes> {
	const chunks = readBytes(file, dialect.compression, signal);
	if (dialect.encoding === 'utf-8') {
		yield* chunks;
		return;
	}
	const decoder = new TextDecoder(dialect.encoding);
	const encoder = new TextEncoder();
	for await (const chunk of chunks) yield encoder.encode(decoder.decode(chunk, { stream: true }));
	yield encoder.encode(decoder.decode());
}

async function* slices(blob: Blob): AsyncGenerator<Bytes> {
	let next = sliceAt(blob, 0);
	for (let offset = 0; offset < blob.size; offset += SLICE_BYTES) {
		const chunk = await next;
		next = sliceAt(blob, offset + SLICE_BYTES);
		// A read-ahead that the caller never asks for must not count as unhandled.
		next.catch(() => undefined);
		yield chunk;
	}
}

async function sliceAt(blob: Blob, offset: number): Promise<Bytes> {
	return new Uint8Array(await blob.slice(offset, offset + SLICE_BYTES).arrayBuffer());
}

async function* unpack(fileName: string, blob: Blob): AsyncGenerator<Bytes> {
	const reader = blob.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
	let total = 0;
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return;
			total += value.byteLength;
			const bomb = total > RATIO_CHECKED_FROM && total > MAX_RATIO * blob.size;
			if (bomb || total > MAX_UNPACKED_BYTES) {
				throw new AppError('import.unreadable-file', {
					fileName,
					reason: 'it unpacks to far more than a table'
				});
			}
			yield value as Bytes;
		}
	} finally {
		// A stream that has failed refuses to be cancelled; its own error is the one to report.
		await reader.cancel().catch(() => undefined);
	}
}

function reasonOf(error: unknown): string {
	if (error instanceof DOMException) return 'it changed or went away while it was being read';
	return error instanceof Error ? error.message : String(error);
}
