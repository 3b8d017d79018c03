/** A file that holds no table that can be read: what it is, and what to do about it. */
export interface ForeignFile {
	readonly found: string;
	readonly hint: string;
}

interface Signature extends ForeignFile {
	/** Bytes, or the characters of ASCII. */
	readonly magic: string;
	readonly offset?: number;
}

const SAVE_AS_CSV = 'Open it in the program that made it, and save it as CSV UTF-8.';
const CHOOSE_EXPORT = 'Choose the CSV file that your shop exports.';
const UNPACK = 'Unpack it on this computer and choose the files inside.';
const EXPORT_TABLE = 'Open it in the program that made it, and export the table as CSV.';

const SIGNATURES: readonly Signature[] = [
	{ magic: '%PDF', found: 'a PDF document', hint: CHOOSE_EXPORT },
	{ magic: '\x89PNG', found: 'a PNG picture', hint: CHOOSE_EXPORT },
	{ magic: '\xff\xd8\xff', found: 'a JPEG picture', hint: CHOOSE_EXPORT },
	{ magic: 'GIF8', found: 'a GIF picture', hint: CHOOSE_EXPORT },
	{ magic: 'II*\0', found: 'a TIFF picture', hint: CHOOSE_EXPORT },
	{ magic: 'MM\0*', found: 'a TIFF picture', hint: CHOOSE_EXPORT },
	{ magic: 'WEBP', offset: 8, found: 'a WebP picture', hint: CHOOSE_EXPORT },
	{ magic: 'ftyp', offset: 4, found: 'a video or picture', hint: CHOOSE_EXPORT },
	{ magic: '{\\rtf', found: 'a text document (RTF)', hint: SAVE_AS_CSV },
	{ magic: '7z\xbc\xaf\x27\x1c', found: 'a 7z archive', hint: UNPACK },
	{ magic: 'Rar!\x1a\x07', found: 'a RAR archive', hint: UNPACK },
	{ magic: '\xfd7zXZ\0', found: 'an XZ archive', hint: UNPACK },
	{ magic: 'BZh', found: 'a bzip2 archive', hint: UNPACK },
	{ magic: '\x28\xb5\x2f\xfd', found: 'a Zstandard archive', hint: UNPACK },
	{ magic: 'ustar', offset: 257, found: 'a TAR archive', hint: UNPACK },
	{ magic: 'PARE', found: 'an encrypted Parquet file', hint: 'Export the table without encryption.' },
	{ magic: 'ARROW1\0\0', found: 'an Arrow or Feather file', hint: 'Save it as Parquet or CSV.' },
	{ magic: 'Obj\x01', found: 'an Avro file', hint: 'Save it as Parquet or CSV.' },
	{ magic: 'ORC', found: 'an ORC file', hint: 'Save it as Parquet or CSV.' },
	{ magic: 'SQLite format 3\0', found: 'an SQLite database', hint: EXPORT_TABLE },
	{ magic: 'DUCK', offset: 8, found: 'a DuckDB database', hint: EXPORT_TABLE },
	{ magic: '$FL2', found: 'an SPSS file', hint: EXPORT_TABLE },
	{ magic: '<stata_dta>', found: 'a Stata file', hint: EXPORT_TABLE },
	{ magic: '\x09\x08\x10\0', found: 'an old Excel file', hint: SAVE_AS_CSV }
];

/** Signatures of three letters that a column name could have, too: then control characters follow. */
const SHORT_MAGIC = 3;

const OLE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';

const IN_EXCEL = 'Open it in Excel and save it as CSV UTF-8 or as a workbook (.xlsx) without a password.';

/** What the first bytes are when they hold no table, or null. Pass at least 4 kB where the file has them. */
export function foreignFile(head: Uint8Array): ForeignFile | null {
	if (hasMagic(head, OLE, 0)) return oleKind(head);
	const known = SIGNATURES.find(({ magic, offset = 0 }) => {
		const isCertain = magic.length > SHORT_MAGIC || hasControls(head);
		return isCertain && hasMagic(head, magic, offset);
	});
	return known === undefined ? null : { found: known.found, hint: known.hint };
}

/** True when the bytes are a gzip stream. */
export function isGzip(head: Uint8Array): boolean {
	return hasMagic(head, '\x1f\x8b\x08', 0);
}

/** True when these bytes stand at the offset. */
export function hasMagic(bytes: Uint8Array, magic: string, offset: number): boolean {
	for (let i = 0; i < magic.length; i += 1) {
		if (bytes[offset + i] !== magic.charCodeAt(i)) return false;
	}
	return true;
}

/** The files inside an OLE container are named in UTF-16: those of a locked workbook differ from those of an old one. */
function oleKind(head: Uint8Array): ForeignFile {
	const names = new TextDecoder('latin1').decode(head).replaceAll('\0', '');
	if (names.includes('EncryptedPackage'))
		return { found: 'a workbook locked with a password', hint: IN_EXCEL };
	if (/WordDocument|PowerPoint Document/.test(names)) {
		return { found: 'an old Word or PowerPoint file', hint: SAVE_AS_CSV };
	}
	return { found: 'an old Excel file (.xls), or one locked with a password', hint: IN_EXCEL };
}

/** What a text is that is no table, or null: web pages, XML and JSON. */
export function foreignText(head: string): ForeignFile | null {
	const start = head.trimStart().slice(0, 1000);
	if (/^<\?mso-application|^<\?xml[^>]*>\s*<\?mso-application|<Workbook\b/i.test(start)) {
		return { found: 'an Excel sheet saved as XML', hint: IN_EXCEL };
	}
	if (/^<(!doctype|html|\?xml|head|body|table|meta|svg)\b/i.test(start)) {
		return {
			found: 'a web page or XML',
			hint: 'Download the export itself, not the page that shows it. If Excel opens it, save it from there as CSV UTF-8.'
		};
	}
	if (/^(\{\s*("|\}|$)|\[\s*(\{|\[|\]|$))/.test(start)) {
		return {
			found: 'JSON that is no list of rows',
			hint: 'Export the table as CSV, or as JSON with one object per line.'
		};
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
	return controlsIn(head) > STRAY_CONTROLS + head.length / 200;
}

function hasControls(head: Uint8Array): boolean {
	return head.subarray(0, 4096).some(isControl);
}

function isControl(byte: number): boolean {
	return byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1b;
}

function controlsIn(head: Uint8Array): number {
	let nuls = 0;
	let others = 0;
	for (const byte of head) {
		if (byte === 0) nuls += 1;
		else if (isControl(byte)) others += 1;
	}
	// Programs pad text with NULs; what is binary has other control characters beside them, or hardly anything else.
	return others + (nuls > head.length / 4 ? nuls : 0);
}

/** What to say of bytes that are no text and of no known kind. */
export const BINARY: ForeignFile = { found: 'binary data', hint: CHOOSE_EXPORT };

/** What a zip archive is, by the names of its files: a workbook, an archive of files, or something foreign. */
export function zipKind(names: readonly string[]): 'workbook' | 'archive' | ForeignFile {
	const has = (pattern: RegExp) => names.some((name) => pattern.test(name.replaceAll('\\', '/')));
	if (has(/^xl\/workbook\.bin$/i))
		return { found: 'an Excel workbook of the binary kind (.xlsb)', hint: IN_EXCEL };
	if (has(/^\[content_types\]\.xml$/i)) {
		if (has(/^word\//i)) return { found: 'a Word document', hint: SAVE_AS_CSV };
		if (has(/^ppt\//i)) return { found: 'a PowerPoint presentation', hint: CHOOSE_EXPORT };
		if (has(/(^|\/)workbook\d*\.xml$/i)) return 'workbook';
	}
	if (has(/^content\.xml$/i) && has(/^mimetype$|^META-INF\/manifest\.xml$/i)) {
		return {
			found: 'an OpenDocument file (.ods)',
			hint: 'In LibreOffice choose Save As, then Text CSV or Excel 2007-365 (.xlsx).'
		};
	}
	if (has(/^Index\/.*\.iwa$|^Index\.zip$/i)) {
		return { found: 'an Apple Numbers document', hint: 'In Numbers choose File, Export To, CSV or Excel.' };
	}
	return 'archive';
}
