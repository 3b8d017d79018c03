/** A file that holds no table of text: what it is, and what to do about it. */
export interface ForeignFile {
	readonly found: string;
	readonly hint: string;
}

interface Signature extends ForeignFile {
	readonly magic: readonly number[];
}

const SAVE_AS_CSV = 'Open it in the program that made it, and save it as CSV UTF-8.';
const CHOOSE_EXPORT = 'Choose the CSV file that your shop exports.';

const SIGNATURES: readonly Signature[] = [
	{ magic: [0x25, 0x50, 0x44, 0x46], found: 'a PDF document', hint: CHOOSE_EXPORT },
	{ magic: [0x89, 0x50, 0x4e, 0x47], found: 'a PNG picture', hint: CHOOSE_EXPORT },
	{ magic: [0xff, 0xd8, 0xff], found: 'a JPEG picture', hint: CHOOSE_EXPORT },
	{ magic: [0x47, 0x49, 0x46, 0x38], found: 'a GIF picture', hint: CHOOSE_EXPORT },
	{ magic: [0xd0, 0xcf, 0x11, 0xe0], found: 'an old Excel or Office file', hint: SAVE_AS_CSV },
	{ magic: [0x50, 0x41, 0x52, 0x31], found: 'a Parquet file', hint: 'Export the table as CSV.' }
];

const ZIP = [0x50, 0x4b];
const GZIP = [0x1f, 0x8b];

/** True when the bytes are a gzip stream. */
export function isGzip(head: Uint8Array): boolean {
	return startsWith(head, GZIP);
}

/** What the first bytes are when they are no text, or null. Pass at least 4 kB where the file has them. */
export function foreignFile(head: Uint8Array): ForeignFile | null {
	if (startsWith(head, ZIP)) return zipKind(head);
	const known = SIGNATURES.find(({ magic }) => startsWith(head, magic));
	return known === undefined ? null : { found: known.found, hint: known.hint };
}

/** The same for text that is no table: web pages and JSON. */
export function foreignText(head: string): ForeignFile | null {
	const start = head.trimStart().slice(0, 200);
	if (/^<(!doctype|html|\?xml|head|body|table|svg)\b/i.test(start)) {
		return { found: 'a web page or XML', hint: 'Download the export itself, not the page that shows it.' };
	}
	if (/^(\{\s*("|\}|$)|\[\s*(\{|\[|\]|$))/.test(start)) {
		return { found: 'JSON', hint: 'Export the table as CSV.' };
	}
	return null;
}

/** Control characters that any text may have by accident. */
const STRAY_CONTROLS = 8;

/**
 * Bytes that no text has: control characters other than tab, line ends, form feed and escape, above one in 200.
 * A few stray ones do not make a text binary.
 */
export function isBinary(head: Uint8Array): boolean {
	let controls = 0;
	for (const byte of head) {
		if (byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1b) controls += 1;
	}
	return controls > STRAY_CONTROLS + head.length / 200;
}

/** What to say of bytes that are no text and of no known kind. */
export const BINARY: ForeignFile = { found: 'binary data', hint: CHOOSE_EXPORT };

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
	return magic.every((byte, i) => bytes[i] === byte);
}

function zipKind(head: Uint8Array): ForeignFile {
	const names = new TextDecoder('latin1').decode(head);
	if (/\[Content_Types\]\.xml|xl\//.test(names)) {
		return { found: 'an Excel workbook', hint: 'In Excel choose Save As, then CSV UTF-8.' };
	}
	return { found: 'a ZIP archive', hint: 'Unpack it and choose the CSV file inside.' };
}
