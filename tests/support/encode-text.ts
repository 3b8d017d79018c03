import { textDecoding } from '#lib/pipeline/import/decode-text.ts';
import type { EncodingName } from '#lib/pipeline/import/schema.ts';

const TWO_BYTES: readonly EncodingName[] = ['shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr'];

const tables = new Map<EncodingName, ReadonlyMap<string, readonly number[]>>();

/**
 * A text in an encoding, for files to be read again.
 * @throws RangeError when the encoding has not all of its characters
 */
export function encodeText(text: string, encoding: EncodingName): Uint8Array<ArrayBuffer> {
	if (encoding === 'utf-8') return new TextEncoder().encode(text);
	if (encoding === 'utf-16le' || encoding === 'utf-16be') return utf16(text, encoding === 'utf-16be');
	const table = tables.get(encoding) ?? makeTable(encoding);
	tables.set(encoding, table);
	const bytes = [...text].flatMap((char) => {
		const code = table.get(char);
		if (code === undefined) throw new RangeError(`${encoding} has no “${char}”`);
		return [...code];
	});
	return Uint8Array.from(bytes);
}

function utf16(text: string, isBigEndian: boolean): Uint8Array<ArrayBuffer> {
	const view = new DataView(new ArrayBuffer(2 * text.length));
	for (let i = 0; i < text.length; i += 1) view.setUint16(2 * i, text.charCodeAt(i), !isBigEndian);
	return new Uint8Array(view.buffer);
}

/** Characters and their bytes, by decoding all there are. */
function makeTable(encoding: EncodingName): ReadonlyMap<string, readonly number[]> {
	const table = new Map<string, readonly number[]>();
	const add = (...bytes: number[]): void => {
		const char = textDecoding(encoding).decode(Uint8Array.from(bytes));
		if ([...char].length === 1 && char !== '\ufffd' && !table.has(char)) table.set(char, bytes);
	};
	for (let byte = 0; byte < 256; byte += 1) add(byte);
	if (!TWO_BYTES.includes(encoding)) return table;
	for (let first = 0x81; first < 0xff; first += 1) {
		for (let second = 0x40; second < 0xff; second += 1) add(first, second);
	}
	return table;
}
