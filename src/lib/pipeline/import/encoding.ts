import { AppError } from '#lib/core/errors.ts';
import { readBytes, type NamedBlob } from './byte-source.ts';
import { BINARY, isBinary } from './file-kind.ts';
import type { Dialect } from './schema.ts';

/** How the bytes of a file are text. */
export type Encoding = Pick<Dialect, 'encoding' | 'byteOrderMark'>;

/** The encoding that the first bytes settle, or null: the whole file must be seen to tell UTF-8 from Windows-1252. */
export function encodingOfHead(head: Uint8Array): Encoding | null {
	if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
		return { encoding: 'utf-8', byteOrderMark: true };
	if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', byteOrderMark: true };
	if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', byteOrderMark: true };
	return utf16ByPattern(head);
}

/**
 * The encoding of a file: by its mark, by the zero bytes of UTF-16, else UTF-8 when every byte of the whole file is
 * valid, else Windows-1252. `head` is the start of the file, unpacked.
 * @throws `import.not-text` when the bytes are no text
 */
export async function detectEncoding(
	file: NamedBlob,
	compression: Dialect['compression'],
	head: Uint8Array,
	signal?: AbortSignal
): Promise<Encoding> {
	const settled = encodingOfHead(head);
	if (settled !== null && settled.encoding !== 'utf-8') return settled;
	if (isBinary(head)) throw new AppError('import.not-text', { fileName: file.name, ...BINARY });
	const isUtf8 = await isValidUtf8(readBytes(file, compression, signal));
	if (isUtf8) return settled ?? { encoding: 'utf-8', byteOrderMark: false };
	return { encoding: 'windows-1252', byteOrderMark: settled?.byteOrderMark ?? false };
}

/** Bytes of the longest character in UTF-8. */
const LONGEST_CHARACTER = 4;

async function isValidUtf8(chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	// Plain ASCII is most of most files and far quicker to recognise than to decode. What follows other text is decoded
	// too, because a character may stand across the border of two chunks.
	let isAfterAscii = true;
	try {
		for await (const chunk of chunks) {
			const isPlain = isAscii(chunk);
			if (!isPlain || !isAfterAscii) decoder.decode(chunk, { stream: true });
			isAfterAscii = isPlain && chunk.length >= LONGEST_CHARACTER;
		}
		decoder.decode();
		return true;
	} catch (error) {
		if (error instanceof TypeError) return false;
		throw error;
	}
}

/** True when no byte has its highest bit set; four bytes at a time where the memory is aligned. */
function isAscii(bytes: Uint8Array): boolean {
	const isAligned = bytes.byteOffset % 4 === 0;
	const words = isAligned ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2) : null;
	let bits = 0;
	if (words) for (let i = 0; i < words.length; i += 1) bits |= words[i] as number;
	if ((bits & 0x80808080) !== 0) return false;
	for (let i = words ? words.length * 4 : 0; i < bytes.length; i += 1) bits |= bytes[i] as number;
	return (bits & 0x80808080) === 0;
}

/** UTF-16 without a mark: in western text nearly every other byte is zero, and the others never are. */
function utf16ByPattern(head: Uint8Array): Encoding | null {
	const pairs = head.length >> 1;
	if (pairs < 2) return null;
	let first = 0;
	let second = 0;
	for (let i = 0; i < pairs; i += 1) {
		if (head[2 * i] === 0) first += 1;
		if (head[2 * i + 1] === 0) second += 1;
	}
	if (second > pairs * 0.6 && first < pairs * 0.05) return { encoding: 'utf-16le', byteOrderMark: false };
	if (first > pairs * 0.6 && second < pairs * 0.05) return { encoding: 'utf-16be', byteOrderMark: false };
	return null;
}
