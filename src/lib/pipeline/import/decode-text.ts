import type { EncodingName } from './schema.ts';

/**
 * The characters of bytes 0x80 … 0x9F of Windows-1252 (https://encoding.spec.whatwg.org/index-windows-1252.txt); the
 * five that it leaves open stand for themselves.
 */
const WINDOWS_1252_HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const HIGH_CONTROLS = /[\u0080-\u009f]/g;

/** Decodes the bytes of one file, piece by piece. */
export interface TextDecoding {
	/** The text of the next bytes. Unless `isMore`, they are the last. */
	decode(bytes: Uint8Array, isMore?: boolean): string;
}

/**
 * A decoder that gives the same text in the page and in Node, some releases of which read Windows-1252 as Latin-1 and so
 * turn a euro sign into a control character. The byte order mark at the top is dropped, also one of UTF-8 above text that
 * is in another encoding. Bytes that mean nothing become U+FFFD.
 */
export function textDecoding(encoding: EncodingName): TextDecoding {
	const decoder = new TextDecoder(encoding);
	let isTop = true;
	return {
		decode(bytes, isMore = false) {
			const content = isTop && startsWithMark(bytes) ? bytes.subarray(3) : bytes;
			isTop &&= bytes.length === 0;
			const text = decoder.decode(content, { stream: isMore });
			return encoding === 'windows-1252' ? text.replace(HIGH_CONTROLS, windows1252) : text;
		}
	};
}

/** The bytes of a text as UTF-8 without a byte order mark, whatever encoding they are in. */
export async function* toUtf8(
	chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
	encoding: EncodingName
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const decoding = textDecoding(encoding);
	const encoder = new TextEncoder();
	for await (const chunk of chunks) yield encoder.encode(decoding.decode(chunk, true));
	yield encoder.encode(decoding.decode(new Uint8Array(0)));
}

function windows1252(control: string): string {
	return WINDOWS_1252_HIGH.charAt(control.charCodeAt(0) - 0x80);
}

function startsWithMark(bytes: Uint8Array): boolean {
	return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
