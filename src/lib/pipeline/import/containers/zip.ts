import { Inflate } from 'fflate';
import { blobSlices, checkUnpacked, type Bytes } from './bytes.ts';
import { Crc32 } from './crc32.ts';
import { DAMAGED, TRUNCATED, UnpackError } from './unpack-error.ts';

/** One file of a zip archive, as its directory tells. Its unpacked size is not here: it is never trusted. */
export interface ZipEntry {
	readonly name: string;
	readonly isFolder: boolean;
	readonly isEncrypted: boolean;
	readonly method: number;
	readonly packedBytes: number;
	readonly crc: number;
	readonly headerOffset: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const LOCATOR64_BYTES = 20;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const SIZE_IN_EXTRA = 0xffffffff;
const EXTRA_64 = 1;
const STORED = 0;
const DEFLATED = 8;
const AES = 99;

/** A directory larger than this belongs to no archive of tables. */
const MAX_DIRECTORY_BYTES = 2 ** 24;

/** Few packed bytes at a time: each may unpack to a thousand. */
const PUSHED_BYTES = 2 ** 16;

/**
 * The files of a zip archive, in the order of its directory (APPNOTE 6.3, zip64 included).
 * @throws `UnpackError`
 */
export async function readZipDirectory(blob: Blob): Promise<readonly ZipEntry[]> {
	const { offset, size, shift } = await findDirectory(blob);
	if (size > MAX_DIRECTORY_BYTES || offset + size > blob.size) throw new UnpackError(DAMAGED);
	const view = await viewOf(blob, offset, offset + size);
	const entries: ZipEntry[] = [];
	for (let at = 0; at + ENTRY_BYTES <= view.byteLength && view.getUint32(at, true) === ENTRY;) {
		const tail = at + ENTRY_BYTES;
		const nameBytes = view.getUint16(at + 28, true);
		const extraBytes = view.getUint16(at + 30, true);
		const next = tail + nameBytes + extraBytes + view.getUint16(at + 32, true);
		if (next > view.byteLength) throw new UnpackError(DAMAGED);
		entries.push(entryAt(view, at, nameBytes, extraBytes, shift));
		at = next;
	}
	return entries;
}

/**
 * The content of one file of an archive, checked against its checksum at the end.
 * @throws `UnpackError`, and what the inflater throws
 */
export async function* unpackEntry(blob: Blob, entry: ZipEntry): AsyncGenerator<Bytes> {
	if (entry.isEncrypted) throw new UnpackError('It is locked with a password.');
	const packed = await packedBlob(blob, entry);
	const crc = new Crc32();
	let total = 0;
	for await (const chunk of contentOf(packed, entry.method)) {
		total += chunk.length;
		checkUnpacked(total, entry.packedBytes);
		crc.add(chunk);
		yield chunk;
	}
	// Zero is what a writer leaves that does not know the checksum.
	if (entry.crc !== 0 && entry.crc !== crc.value) throw new UnpackError(DAMAGED);
}

function contentOf(packed: Blob, method: number): AsyncGenerator<Bytes> {
	if (method === STORED) return blobSlices(packed);
	if (method === DEFLATED) return inflated(packed);
	throw new UnpackError(`It is packed in a way that is not read here (method ${method}).`);
}

async function* inflated(packed: Blob): AsyncGenerator<Bytes> {
	let out: Bytes[] = [];
	const inflate = new Inflate((chunk) => {
		if (chunk.length > 0) out.push(chunk);
	});
	let left = packed.size;
	for await (const slice of blobSlices(packed)) {
		for (let at = 0; at < slice.length; at += PUSHED_BYTES) {
			const piece = slice.subarray(at, at + PUSHED_BYTES);
			left -= piece.length;
			inflate.push(piece, left === 0);
			yield* out;
			out = [];
		}
	}
}

async function packedBlob(blob: Blob, { headerOffset, packedBytes }: ZipEntry): Promise<Blob> {
	if (headerOffset + LOCAL_BYTES > blob.size) throw new UnpackError(TRUNCATED);
	const header = await viewOf(blob, headerOffset, headerOffset + LOCAL_BYTES);
	if (header.getUint32(0, true) !== LOCAL) throw new UnpackError(DAMAGED);
	const from = headerOffset + LOCAL_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
	if (from + packedBytes > blob.size) throw new UnpackError(TRUNCATED);
	return blob.slice(from, from + packedBytes);
}

interface Directory {
	readonly offset: number;
	readonly size: number;
	/** Bytes in front of the archive that its offsets do not count. */
	readonly shift: number;
}

async function findDirectory(blob: Blob): Promise<Directory> {
	const from = Math.max(0, blob.size - END_BYTES - MAX_COMMENT_BYTES);
	const tail = await viewOf(blob, from, blob.size);
	for (let at = tail.byteLength - END_BYTES; at >= 0; at -= 1) {
		if (tail.getUint32(at, true) !== END) continue;
		const size = tail.getUint32(at + 12, true);
		const offset = tail.getUint32(at + 16, true);
		const end64 = await findDirectory64(blob, from + at);
		if (end64 !== null) return end64;
		const shift = Math.max(0, from + at - size - offset);
		return { offset: offset + shift, size, shift };
	}
	throw new UnpackError(TRUNCATED);
}

async function findDirectory64(blob: Blob, end: number): Promise<Directory | null> {
	if (end < LOCATOR64_BYTES) return null;
	const locator = await viewOf(blob, end - LOCATOR64_BYTES, end);
	if (locator.getUint32(0, true) !== LOCATOR64) return null;
	const at = Number(locator.getBigUint64(8, true));
	if (at + 56 > blob.size) throw new UnpackError(DAMAGED);
	const view = await viewOf(blob, at, at + 56);
	if (view.getUint32(0, true) !== END64) throw new UnpackError(DAMAGED);
	return {
		size: Number(view.getBigUint64(40, true)),
		offset: Number(view.getBigUint64(48, true)),
		shift: 0
	};
}

function entryAt(view: DataView, at: number, nameBytes: number, extraBytes: number, shift: number): ZipEntry {
	const flags = view.getUint16(at + 8, true);
	const method = view.getUint16(at + 10, true);
	const nameAt = at + ENTRY_BYTES;
	const name = nameText(new Uint8Array(view.buffer, view.byteOffset + nameAt, nameBytes));
	const { packedBytes, headerOffset } = sizes64(view, at, nameAt + nameBytes, extraBytes);
	return {
		name,
		isFolder: /[\\/]$/.test(name),
		isEncrypted: (flags & 1) === 1 || method === AES,
		method,
		packedBytes,
		crc: view.getUint32(at + 16, true),
		headerOffset: headerOffset + shift
	};
}

/** Sizes above 4 GB stand behind the name, in a fixed order, and only where the field in the entry is full. */
function sizes64(
	view: DataView,
	at: number,
	extraAt: number,
	extraBytes: number
): Pick<ZipEntry, 'packedBytes' | 'headerOffset'> {
	let packedBytes = view.getUint32(at + 20, true);
	let headerOffset = view.getUint32(at + 42, true);
	const isUnpackedLong = view.getUint32(at + 24, true) === SIZE_IN_EXTRA;
	const end = extraAt + extraBytes;
	for (let field = extraAt; field + 4 <= end; field += 4 + view.getUint16(field + 2, true)) {
		if (view.getUint16(field, true) !== EXTRA_64) continue;
		const fieldEnd = Math.min(end, field + 4 + view.getUint16(field + 2, true));
		let next = field + 4 + (isUnpackedLong ? 8 : 0);
		const take = (short: number) => {
			if (short !== SIZE_IN_EXTRA || next + 8 > fieldEnd) return short;
			next += 8;
			return Number(view.getBigUint64(next - 8, true));
		};
		packedBytes = take(packedBytes);
		headerOffset = take(headerOffset);
	}
	return { packedBytes, headerOffset };
}

/** Names are UTF-8, flagged or not; what is not valid as such is read as Windows-1252. */
function nameText(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

async function viewOf(blob: Blob, from: number, to: number): Promise<DataView> {
	return new DataView(await blob.slice(from, to).arrayBuffer());
}
