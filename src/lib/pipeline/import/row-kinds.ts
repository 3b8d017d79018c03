/** Rows of a file that are no data though they look like it: the header come again, and rows that add up the others. */

const BLANK = 0x20;
const NUL = 0x00;
const ASTERISK = 0x2a;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

const TOTAL_WORDS: ReadonlySet<string> = new Set([
	...['total', 'totals', 'grand total', 'grand totals', 'overall total', 'total general', 'sum', 'subtotal'],
	...[
		'sub-total',
		'sub total',
		'report total',
		'summe',
		'gesamt',
		'gesamtsumme',
		'gesamtergebnis',
		'insgesamt'
	],
	...[
		'endsumme',
		'zwischensumme',
		'teilergebnis',
		'total général',
		'totaux',
		'sous-total',
		'totale',
		'totali'
	],
	...['totale complessivo', 'totale generale', 'subtotale', 'suma', 'suma total', 'total geral', 'soma'],
	...['totaal', 'eindtotaal', 'subtotaal', 'summa', 'totalt', 'i alt', 'yhteensä', 'razem', 'suma końcowa'],
	...[
		'celkem',
		'toplam',
		'genel toplam',
		'итого',
		'всего',
		'общий итог',
		'合計',
		'総計',
		'合计',
		'总计',
		'합계'
	]
]);

/** The bytes that a cell with one of these words can start with, in either letter case. */
const FIRST_BYTES = firstBytes();

function firstBytes(): Uint8Array {
	const bytes = new Uint8Array(256);
	const encoder = new TextEncoder();
	for (const word of TOTAL_WORDS) {
		for (const form of [word, word.toUpperCase()]) bytes[encoder.encode(form)[0] ?? 0] = 1;
	}
	return bytes;
}

/**
 * True for a row that adds up the others: its first filled cell is such a word, or its last one is and its first cell is
 * empty; and some other cell holds a number.
 */
export function isTotalRow(fields: readonly string[]): boolean {
	const filled = fields.map((field) => field.trim()).filter((field) => field !== '');
	const [first = ''] = filled;
	const last = filled.at(-1) ?? '';
	const isNamed = isTotalWord(first) || ((fields[0] ?? '').trim() === '' && isTotalWord(last));
	return isNamed && filled.some((field) => /\d/.test(field));
}

function isTotalWord(cell: string): boolean {
	const word = cell
		.toLowerCase()
		// `Total: Campaigns` says what was added up.
		.replace(/^(total): .*$/, '$1')
		.replace(/^[*\s]+|[*:\s]+$/g, '')
		.replace(/\s+/g, ' ');
	return TOTAL_WORDS.has(word);
}

/** A stretch of bytes: `bytes` from `from` up to `to`. */
export interface Span {
	readonly bytes: Uint8Array;
	readonly from: number;
	readonly to: number;
}

/** False for records that cannot be total rows, told from a byte or two. `delimiter` and `quote` are byte values. */
export function mayBeTotalRow({ bytes, from, to }: Span, delimiter: number, quote: number): boolean {
	let at = from;
	while (at < to && isFiller(bytes[at] as number, delimiter, quote)) at += 1;
	if (FIRST_BYTES[bytes[at] as number] === 1) return at < to;
	const isFirstEmpty = bytes[from] === delimiter || (bytes[from] === quote && bytes[from + 1] === quote);
	if (!isFirstEmpty) return false;
	let last = to - 1;
	while (last > from && isFiller(bytes[last] as number, delimiter, quote)) last -= 1;
	while (last > from && bytes[last - 1] !== delimiter && bytes[last - 1] !== quote) last -= 1;
	return FIRST_BYTES[bytes[last] as number] === 1;
}

function isFiller(byte: number, delimiter: number, quote: number): boolean {
	return byte === delimiter || byte === quote || byte === BLANK || byte === NUL || byte === ASTERISK;
}

/** True for cells that are those of the header, blanks apart. */
export function isSameRow(fields: readonly string[], header: readonly string[]): boolean {
	return fields.length === header.length && fields.every((field, i) => field.trim() === header[i]?.trim());
}

/** True when two records differ in nothing but quotes, blanks, NULs and a byte order mark. */
export function isSameText(a: Span, b: Span, quote: number): boolean {
	let i = a.from + markLength(a);
	let j = b.from + markLength(b);
	for (;;) {
		while (i < a.to && isSoft(a.bytes[i] as number, quote)) i += 1;
		while (j < b.to && isSoft(b.bytes[j] as number, quote)) j += 1;
		if (i === a.to || j === b.to) return i === a.to && j === b.to;
		if (a.bytes[i] !== b.bytes[j]) return false;
		i += 1;
		j += 1;
	}
}

function isSoft(byte: number, quote: number): boolean {
	return byte === quote || byte === BLANK || byte === NUL;
}

/** 3 for bytes that start with a byte order mark, else 0. */
export function markLength({ bytes, from, to }: Span): number {
	return from + 3 <= to && BYTE_ORDER_MARK.every((byte, i) => bytes[from + i] === byte) ? 3 : 0;
}
