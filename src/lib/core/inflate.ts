/** Packed bytes that are unpacked at a time: a browser unpacks what it is handed in one go, on the thread that asks. */
const SLICE_BYTES = 2 ** 16;

/**
 * The content of a gzip file of one member, unpacked by the browser. It fails with what the Blob fails with, and with a
 * TypeError where the file is damaged or goes on with another member.
 */
export function inflate(blob: Blob): ReadableStream<Uint8Array<ArrayBuffer>> {
	return slices(blob).pipeThrough(new DecompressionStream('gzip'));
}

function slices(blob: Blob): ReadableStream<Uint8Array<ArrayBuffer>> {
	let offset = 0;
	return new ReadableStream({
		async pull(controller) {
			const end = Math.min(blob.size, offset + SLICE_BYTES);
			if (end > offset) controller.enqueue(new Uint8Array(await blob.slice(offset, end).arrayBuffer()));
			offset = end;
			if (offset === blob.size) controller.close();
		}
	});
}
