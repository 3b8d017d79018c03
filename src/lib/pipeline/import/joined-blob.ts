/** Chunks are gathered to this size: a Blob of thousands of small parts is slow to read. */
const PART_BYTES = 4 * 2 ** 20;

/** The bytes of a stream as one Blob, which the browser may keep on disk. `onBytes` is told how many there are so far. */
export async function joinedBlob(
	chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
	onBytes: (bytes: number) => void
): Promise<Blob> {
	const parts: Blob[] = [];
	let gathered: Uint8Array<ArrayBuffer>[] = [];
	let gatheredBytes = 0;
	let bytes = 0;
	for await (const chunk of chunks) {
		gathered.push(chunk);
		gatheredBytes += chunk.length;
		bytes += chunk.length;
		if (gatheredBytes < PART_BYTES) continue;
		parts.push(new Blob(gathered));
		gathered = [];
		gatheredBytes = 0;
		onBytes(bytes);
	}
	return new Blob([...parts, ...gathered], { type: 'text/csv' });
}
