import type { Dialect } from './schema.ts';

/**
 * The fields of one record, by the same rules as `RecordScanner`: a quote opens a field only as its first character
 * (blanks before it are dropped), two quotes inside are one, a quote anywhere else is an ordinary character, and text after a closing quote still
 * belongs to the field. With a blank as delimiter, runs of blanks part the fields and quotes mean nothing.
 */
export function splitRecord(text: string, delimiter: Dialect['delimiter']): string[] {
	if (delimiter === ' ') return text.split(/[ \t]+/).filter((field) => field !== '');
	if (!text.includes('"')) return text.split(delimiter);
	const fields: string[] = [];
	let at = 0;
	for (;;) {
		const { value, end } = fieldAt(text, at, delimiter);
		fields.push(value);
		if (end >= text.length) return fields;
		at = end + 1;
	}
}

/** Fields as a record of RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), every one in quotes, without a line end. */
export function renderRecord(fields: readonly string[], delimiter: string): string {
	return fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(delimiter);
}

function fieldAt(text: string, start: number, delimiter: string): { value: string; end: number } {
	let quoted = '';
	let at = start;
	let open = start;
	while (text[open] === ' ') open += 1;
	if (text[open] === '"') {
		at = closingQuote(text, open + 1);
		quoted = text.slice(open + 1, at).replaceAll('""', '"');
		at += 1;
	}
	const found = text.indexOf(delimiter, at);
	const end = found === -1 ? text.length : found;
	return { value: quoted + text.slice(at, end), end };
}

function closingQuote(text: string, from: number): number {
	let at = from;
	for (;;) {
		const quote = text.indexOf('"', at);
		if (quote === -1) return text.length;
		if (text[quote + 1] !== '"') return quote;
		at = quote + 2;
	}
}
