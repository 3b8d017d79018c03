/** A piece of SQL as DuckDB reads it. Blanks and comments are none. */
export interface SqlToken {
	/** `word`: a keyword or plain name; `name`: a name in double quotes; `mark`: any other single character. */
	readonly kind: 'word' | 'name' | 'string' | 'number' | 'mark';
	/** A word in capitals, a name without its quotes, else as it stands. */
	readonly text: string;
	/** Where it starts and ends in the text. */
	readonly from: number;
	readonly to: number;
}

/** Something that is opened in a text and not closed. */
export interface OpenEnd {
	readonly what: 'A text' | 'A name' | 'A comment';
	/** Where it is opened. */
	readonly from: number;
}

/** What a text is made of. */
export interface SqlTokens {
	readonly tokens: readonly SqlToken[];
	/** What the end of the text leaves open. */
	readonly open: OpenEnd | null;
}

const BLANK = /\s+/y;
const LINE_COMMENT = /--[^\n\r]*/y;
const WORD = /[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*/y;
const NUMBER = /(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?/iy;
const NAME = /"(?:[^"]|"")*(?:"|$)/y;
const STRING = /'(?:[^']|'')*(?:'|$)/y;
/** Texts and names that are closed, from their first character to their last. */
const CLOSED = [/^"(?:[^"]|"")*"$/, /^'(?:[^']|'')*'$/, /^[eE]'(?:\\[^]|[^'\\]|''|'\s*\n\s*')*'$/];
/** A string that goes on after a line break goes on with its escapes. */
const ESCAPE_STRING = /[eE]'(?:\\[^]|[^'\\]|''|'\s*\n\s*')*(?:'|$)/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$/y;

/**
 * The tokens of a text, whatever it holds: what is not closed ends with the text. Follows the scanner of the engine, which
 * is that of PostgreSQL: comments nest, `E'…'` knows backslashes, `$tag$…$tag$` is a string.
 */
export function sqlTokens(text: string): SqlTokens {
	const tokens: SqlToken[] = [];
	let open: OpenEnd | null = null;
	for (let at = 0; at < text.length;) {
		const comment = endOfComment(text, at);
		const to = comment?.to ?? endOf(BLANK, text, at);
		if (comment?.isOpen) open = { what: 'A comment', from: at };
		if (to !== null) {
			at = to;
			continue;
		}
		const token = tokenAt(text, at);
		tokens.push(token);
		at = token.to;
	}
	return { tokens, open: open ?? openToken(text, tokens.at(-1)) };
}

/** The line and the column of a place in a text, from 1. */
export function placeIn(text: string, at: number): { readonly line: number; readonly column: number } {
	const before = text.slice(0, at).split('\n');
	return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** The last token, when it is a text or a name that nothing closes. */
function openToken(text: string, last: SqlToken | undefined): OpenEnd | null {
	if (last === undefined || last.to < text.length) return null;
	if (last.kind !== 'string' && last.kind !== 'name') return null;
	const written = text.slice(last.from);
	if (CLOSED.some((pattern) => pattern.test(written))) return null;
	const tag = /^\$.*?\$/s.exec(written)?.[0];
	if (tag !== undefined && written.length >= 2 * tag.length && written.endsWith(tag)) return null;
	return { what: last.kind === 'name' ? 'A name' : 'A text', from: last.from };
}

function tokenAt(text: string, from: number): SqlToken {
	const string =
		endOf(ESCAPE_STRING, text, from) ?? endOf(STRING, text, from) ?? endOfDollarString(text, from);
	if (string !== null) return { kind: 'string', text: text.slice(from, string), from, to: string };
	const name = endOf(NAME, text, from);
	if (name !== null) return { kind: 'name', text: unquoted(text.slice(from, name)), from, to: name };
	const word = endOf(WORD, text, from);
	if (word !== null) return { kind: 'word', text: text.slice(from, word).toUpperCase(), from, to: word };
	const number = endOf(NUMBER, text, from);
	if (number !== null) return { kind: 'number', text: text.slice(from, number), from, to: number };
	return { kind: 'mark', text: text.charAt(from), from, to: from + 1 };
}

function endOf(pattern: RegExp, text: string, from: number): number | null {
	pattern.lastIndex = from;
	return pattern.test(text) ? pattern.lastIndex : null;
}

/** Where a comment ends, if one begins here. */
function endOfComment(text: string, from: number): { readonly to: number; readonly isOpen: boolean } | null {
	if (!text.startsWith('/*', from)) {
		const to = endOf(LINE_COMMENT, text, from);
		return to === null ? null : { to, isOpen: false };
	}
	let depth = 0;
	for (let at = from; at < text.length; at += 1) {
		if (text.startsWith('/*', at)) {
			depth += 1;
			at += 1;
		} else if (text.startsWith('*/', at)) {
			depth -= 1;
			at += 1;
			if (depth === 0) return { to: at + 1, isOpen: false };
		}
	}
	return { to: text.length, isOpen: true };
}

function endOfDollarString(text: string, from: number): number | null {
	const open = endOf(DOLLAR, text, from);
	if (open === null) return null;
	const tag = text.slice(from, open);
	const close = text.indexOf(tag, open);
	return close < 0 ? text.length : close + tag.length;
}

function unquoted(name: string): string {
	return name.replace(/^"|"$/g, '').replaceAll('""', '"');
}
