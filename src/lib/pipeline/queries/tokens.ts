/** A piece of SQL as DuckDB reads it. Blanks and comments are none. */
export interface Token {
	/** `word`: a keyword or plain name; `name`: a name in double quotes; `mark`: any other single character. */
	readonly kind: 'word' | 'name' | 'string' | 'number' | 'mark';
	/** A word in capitals, a name without its quotes, else as it stands. */
	readonly text: string;
	/** Where it starts and ends in the text. */
	readonly from: number;
	readonly to: number;
}

const BLANK = /\s+/y;
const LINE_COMMENT = /--[^\n\r]*/y;
const WORD = /[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*/y;
const NUMBER = /(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?/iy;
const NAME = /"(?:[^"]|"")*(?:"|$)/y;
const STRING = /'(?:[^']|'')*(?:'|$)/y;
/** A string that goes on after a line break goes on with its escapes. */
const ESCAPE_STRING = /[eE]'(?:\\[^]|[^'\\]|''|'\s*\n\s*')*(?:'|$)/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$/y;

/**
 * The tokens of a text, whatever it holds: what is not closed ends with the text. Follows the scanner of the engine:
 * comments nest, `E'…'` knows backslashes, `$tag$…$tag$` is a string.
 */
export function tokensOf(text: string): Token[] {
	const tokens: Token[] = [];
	for (let at = 0; at < text.length;) {
		const to = endOfComment(text, at) ?? endOf(BLANK, text, at);
		if (to !== null) {
			at = to;
			continue;
		}
		const token = tokenAt(text, at);
		tokens.push(token);
		at = token.to;
	}
	return tokens;
}

function tokenAt(text: string, from: number): Token {
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

function endOfComment(text: string, from: number): number | null {
	if (!text.startsWith('/*', from)) return endOf(LINE_COMMENT, text, from);
	let depth = 0;
	for (let at = from; at < text.length; at += 1) {
		if (text.startsWith('/*', at)) {
			depth += 1;
			at += 1;
		} else if (text.startsWith('*/', at)) {
			depth -= 1;
			at += 1;
			if (depth === 0) return at + 1;
		}
	}
	return text.length;
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
