import type { Dialect } from './schema.ts';

/** How fields are quoted. */
export type Quoting = Pick<Dialect, 'quote' | 'escape'>;

const RFC_4180: Quoting = { quote: '"', escape: 'double' };
const NUL = '\0';
/** Escaped quotes between quotes, and between apostrophes. */
const ESCAPED = [/""|\\(["\\])/g, /''|\\(['\\])/g] as const;
const ALL_NULS = new RegExp(NUL, 'g');

/**
 * The fields of one record, by the same rules as `RecordScanner`: a quote opens a field only as its first character and
 * closes it only as its last, blanks apart; two quotes inside (or one behind a backslash) are one; a quote anywhere else
 * is an ordinary character, and then those around the field are too. NUL characters are taken out. With a blank as
 * delimiter, runs of blanks part the fields and quotes mean nothing.
 */
export function splitRecord(
	text: string,
	delimiter: Dialect['delimiter'],
	quoting: Quoting = RFC_4180
): string[] {
	const fields = splitFields(text, delimiter, quoting);
	return text.includes(NUL) ? fields.map((field) => field.replace(ALL_NULS, '')) : fields;
}

/** How many cells of a record hold NUL characters. */
export function countNulCells(text: string, delimiter: Dialect['delimiter'], quoting: Quoting): number {
	return splitFields(text, delimiter, quoting).filter((field) => field.includes(NUL)).length;
}

/** Fields as a record of RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), every one in quotes, without a line end. */
export function renderRecord(fields: readonly string[], delimiter: string): string {
	return fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(delimiter);
}

function splitFields(text: string, delimiter: string, quoting: Quoting): string[] {
	if (delimiter === ' ') return text.split(/[ \t]+/).filter((field) => field !== '');
	if (quoting.quote === '' || !text.includes(quoting.quote)) {
		const fields = text.split(delimiter);
		return delimiter === ', ' ? withLastEmpty(fields) : fields;
	}
	const fields: string[] = [];
	let at = 0;
	for (;;) {
		const { value, next } = fieldAt(text, at, delimiter, quoting);
		fields.push(value);
		if (next > text.length) return fields;
		at = next;
	}
}

/** Programs that tidy line ends take the blank of a last, empty field away. */
function withLastEmpty(fields: string[]): string[] {
	const last = fields.at(-1) ?? '';
	return last.endsWith(',') ? [...fields.slice(0, -1), last.slice(0, -1), ''] : fields;
}

/** The field that starts at `start`, and where the next one does: beyond the text when there is none. */
function fieldAt(
	text: string,
	start: number,
	delimiter: string,
	quoting: Quoting
): { value: string; next: number } {
	const open = afterPadding(text, start);
	const isQuoted = text[open] === quoting.quote;
	const close = isQuoted ? closingQuote(text, open + 1, delimiter, quoting) : start;
	const { end, next } = fieldEnd(text, isQuoted ? close + 1 : start, delimiter);
	if (!isQuoted) return { value: text.slice(start, end), next };
	if (afterPadding(text, close + 1) >= end)
		return { value: unescaped(text.slice(open + 1, close), quoting), next };
	const isOuter = text[end - 1] === quoting.quote;
	return { value: isOuter ? text.slice(open + 1, end - 1) : text.slice(start, end), next };
}

function fieldEnd(text: string, from: number, delimiter: string): { end: number; next: number } {
	const found = text.indexOf(delimiter, from);
	if (found !== -1) return { end: found, next: found + delimiter.length };
	const isTidied = delimiter === ', ' && text.endsWith(',') && text.length > from;
	return isTidied ? { end: text.length - 1, next: text.length } : { end: text.length, next: text.length + 1 };
}

function afterPadding(text: string, from: number): number {
	let at = from;
	while (text[at] === ' ' || text[at] === NUL) at += 1;
	return at;
}

function closingQuote(text: string, from: number, delimiter: string, { quote, escape }: Quoting): number {
	let hasLineEnd = false;
	for (let at = from; at < text.length; at += 1) {
		const next = text[at + 1];
		if (text[at] === quote) {
			const isWord = quote === "'" && !hasLineEnd && !isFieldEnd(text, afterPadding(text, at + 1), delimiter);
			if (next !== quote && !isWord) return at;
			if (next === quote) at += 1;
		} else if (escape === 'backslash' && text[at] === '\\' && (next === quote || next === '\\')) {
			at += 1;
		} else if (text[at] === '\n' || text[at] === '\r') {
			hasLineEnd = true;
		}
	}
	return text.length;
}

function isFieldEnd(text: string, at: number, delimiter: string): boolean {
	const isTidied = delimiter === ', ' && text[at] === ',' && at + 1 === text.length;
	return at >= text.length || text.startsWith(delimiter, at) || isTidied;
}

function unescaped(text: string, { quote, escape }: Quoting): string {
	const single =
		escape === 'double'
			? text.replaceAll(quote + quote, quote)
			: text.replace(ESCAPED[quote === '"' ? 0 : 1], (_, escaped?: string) => escaped ?? quote);
	return quote === "'" && isDoubledThroughout(single) ? single.replaceAll('""', '"') : single;
}

/** Programs that are told to quote with apostrophes go on doubling the other quotes. */
function isDoubledThroughout(text: string): boolean {
	return text.length > 2 && text.includes('"') && !text.replaceAll('""', '').includes('"');
}
