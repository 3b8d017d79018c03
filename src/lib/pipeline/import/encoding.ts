import { AppError } from '#lib/core/errors.ts';
import { readBytes, type NamedBlob } from './byte-source.ts';
import { ByteSurvey } from './byte-survey.ts';
import { BINARY, isBinary } from './file-kind.ts';
import { guessEncoding } from './guess-encoding.ts';
import type { Dialect, EncodingName } from './schema.ts';

/** How the bytes of a file are text. */
export type Encoding = Pick<Dialect, 'encoding' | 'byteOrderMark' | 'isDamaged'>;

/** The name of each encoding, with the languages that are written in it. */
export const ENCODING_WORDS: Readonly<Record<EncodingName, string>> = {
	'utf-8': 'UTF-8',
	'utf-16le': 'UTF-16',
	'utf-16be': 'UTF-16 (big endian)',
	'windows-1250': 'Windows-1250 (Central European)',
	'windows-1251': 'Windows-1251 (Cyrillic)',
	'windows-1252': 'Windows-1252 (Western)',
	'windows-1253': 'Windows-1253 (Greek)',
	'windows-1254': 'Windows-1254 (Turkish)',
	'windows-1255': 'Windows-1255 (Hebrew)',
	'windows-1256': 'Windows-1256 (Arabic)',
	'iso-8859-2': 'ISO 8859-2 (Central European)',
	'iso-8859-5': 'ISO 8859-5 (Cyrillic)',
	'iso-8859-7': 'ISO 8859-7 (Greek)',
	'iso-8859-9': 'ISO 8859-9 (Turkish)',
	'iso-8859-15': 'ISO 8859-15 (Western)',
	'koi8-r': 'KOI8-R (Russian)',
	macintosh: 'Mac Roman (Western)',
	ibm866: 'IBM 866 (Cyrillic)',
	shift_jis: 'Shift JIS (Japanese)',
	'euc-jp': 'EUC-JP (Japanese)',
	gb18030: 'GB 18030 (Simplified Chinese)',
	big5: 'Big5 (Traditional Chinese)',
	'euc-kr': 'EUC-KR (Korean)'
};

/**
 * A file is UTF-8 as long as at most one of ten sequences above ASCII is damaged. Text of another encoding has hardly any
 * valid ones, so a few bad bytes come from single cells pasted in, and reading all of it otherwise would spoil every name.
 */
const MAX_DAMAGED_SHARE = 0.1;

/** The encoding that the first bytes settle, or null: the whole file must be seen to tell UTF-8 from the others. */
export function encodingOfHead(head: Uint8Array): Encoding | null {
	if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
		return { encoding: 'utf-8', byteOrderMark: true, isDamaged: false };
	if (head[0] === 0xff && head[1] === 0xfe)
		return { encoding: 'utf-16le', byteOrderMark: true, isDamaged: false };
	if (head[0] === 0xfe && head[1] === 0xff)
		return { encoding: 'utf-16be', byteOrderMark: true, isDamaged: false };
	return utf16ByZeros(head);
}

/**
 * The encoding of a file: by its mark, by the zero bytes of UTF-16, else UTF-8 when (nearly) every byte of the whole file
 * is valid, else the encoding in which its names read best; Windows-1252 when that cannot be told. `head` is the start of
 * the file, unpacked. `onBytes` hears of every piece that was checked.
 *
 * A file that is called UTF-8 may hold a few bytes that are none: it is then called damaged.
 * @throws `import.not-text` when the bytes are no text
 */
export async function detectEncoding(
	file: NamedBlob,
	compression: Dialect['compression'],
	head: Uint8Array,
	signal?: AbortSignal,
	onBytes?: (bytes: number) => void
): Promise<Encoding> {
	if (isUtf32(head)) throw new AppError('import.not-text', { fileName: file.name, ...UTF_32 });
	const settled = encodingOfHead(head);
	if (settled !== null && settled.encoding !== 'utf-8') return settled;
	if (isBinary(head)) throw new AppError('import.not-text', { fileName: file.name, ...BINARY });
	const byteOrderMark = settled?.byteOrderMark ?? false;
	const survey = await surveyUtf8(readBytes(file, compression, signal), onBytes);
	if (survey === null) return { encoding: 'utf-8', byteOrderMark, isDamaged: false };
	const isUtf8 = survey.invalid <= MAX_DAMAGED_SHARE * (survey.valid + survey.invalid);
	return {
		encoding: isUtf8 ? 'utf-8' : guessEncoding(survey.cells()),
		byteOrderMark,
		isDamaged: isUtf8
	};
}

const UTF_32 = {
	found: 'text in UTF-32, which hardly any program writes',
	hint: 'Open it in the program that made it, and save it as CSV UTF-8.'
};

function isUtf32(head: Uint8Array): boolean {
	const [a, b, c, d] = head;
	return (a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff);
}

/** Bytes of the longest character in UTF-8. */
const LONGEST_CHARACTER = 4;

const LF = 0x0a;

/** Null when all bytes are valid UTF-8, else what is known from the first invalid piece on. */
async function surveyUtf8(
	chunks: AsyncIterable<Uint8Array>,
	onBytes: ((bytes: number) => void) | undefined
): Promise<ByteSurvey | null> {
	const check = new Utf8Check();
	let survey: ByteSurvey | null = null;
	let last = new Uint8Array(0) as Uint8Array;
	for await (const chunk of chunks) {
		last = chunk;
		if (survey === null && !check.feed(chunk)) survey = new ByteSurvey(check.characters);
		survey?.feed(chunk);
		onBytes?.(chunk.length);
	}
	if (survey === null && !check.finish()) {
		survey = new ByteSurvey(check.characters);
		survey.feed(last.subarray(last.lastIndexOf(LF) + 1));
	}
	survey?.finish();
	return survey;
}

/** Checks that bytes are UTF-8, and counts the characters above ASCII. */
class Utf8Check {
	readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	// Plain ASCII is most of most files and far quicker to recognise than to decode. What follows other text is decoded
	// too, because a character may stand across the border of two chunks.
	#isAfterAscii = true;
	#characters = 0;

	get characters(): number {
		return this.#characters;
	}

	/** False when the bytes so far are not UTF-8. */
	feed(chunk: Uint8Array): boolean {
		const isPlain = isAscii(chunk);
		if ((!isPlain || !this.#isAfterAscii) && !this.#decodes(chunk)) return false;
		if (!isPlain) this.#characters += countFirstBytes(chunk);
		this.#isAfterAscii = isPlain && chunk.length >= LONGEST_CHARACTER;
		return true;
	}

	/** False when the last character is cut off. */
	finish(): boolean {
		return this.#decodes(undefined);
	}

	#decodes(chunk: Uint8Array | undefined): boolean {
		try {
			this.#decoder.decode(chunk, { stream: chunk !== undefined });
			return true;
		} catch (error) {
			if (error instanceof TypeError) return false;
			throw error;
		}
	}
}

function countFirstBytes(bytes: Uint8Array): number {
	let count = 0;
	for (let i = 0; i < bytes.length; i += 1) if ((bytes[i] as number) >= 0xc0) count += 1;
	return count;
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

/** Share of the byte pairs of UTF-16 text that hold ASCII: digits, delimiters and line ends, whatever the language. */
const MIN_ASCII_SHARE = 0.04;

/**
 * UTF-16 without a mark: nearly all zero bytes are the first of their pairs, or nearly all the second, and read that way
 * the text has lines, letters that exist and no control characters.
 */
function utf16ByZeros(head: Uint8Array): Encoding | null {
	const pairs = head.length >> 1;
	if (pairs < 2) return null;
	let first = 0;
	let second = 0;
	for (let i = 0; i < pairs; i += 1) {
		if (head[2 * i] === 0) first += 1;
		if (head[2 * i + 1] === 0) second += 1;
	}
	const most = Math.max(first, second);
	if (most < pairs * MIN_ASCII_SHARE || Math.min(first, second) > most * 0.05) return null;
	const encoding = second > first ? 'utf-16le' : 'utf-16be';
	const isWestern = most > pairs * 0.6;
	return isWestern || isLikelyText(head.subarray(0, 2 * pairs), encoding)
		? { encoding, byteOrderMark: false, isDamaged: false }
		: null;
}

function isLikelyText(bytes: Uint8Array, encoding: EncodingName): boolean {
	// The last pair may be half of a character.
	const text = new TextDecoder(encoding).decode(bytes).slice(0, -1);
	if (!/[\r\n]/.test(text)) return false;
	const strange = text.match(/[\0-\x08\x0e-\x1f\ufffd\p{Co}\p{Cn}]/gu)?.length ?? 0;
	return strange <= text.length / 1_000;
}
