/**
 * A piece of a sentence. `word`: what stands between blanks, numbers and days too; `quote`: a name or text in quotes, without
 * them; `id`: an id in square brackets; `mark`: a bracket, comma or comparison sign; `open`: a quote or bracket that
 * nothing closes.
 */
export interface Token {
	readonly kind: 'word' | 'quote' | 'id' | 'mark' | 'open';
	readonly text: string;
	/** Where it starts and ends in the sentence. */
	readonly from: number;
	readonly to: number;
}

const BLANK = /\s+/y;
const SIGN = /[<>!]=|[(),<>=≥≤≠]/y;
const GROUPED_NUMBER = /\p{Sc}?-?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![^\s(),])/uy;
const WORD = /[^\s“”„"()[\],<>=≥≤≠]+/uy;

/** What closes a quote, by what opens it. */
const CLOSING: Readonly<Record<string, string>> = { '“': '”', '"': '"', '„': '“”', '[': ']' };

/** Line breaks and other signs that would not stand in one line, and halves of signs. */
const HIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** The pieces of a sentence, a full stop at its end left out. */
export function tokensOf(text: string): Token[] {
	const tokens: Token[] = [];
	for (let at = 0; at < text.length;) {
		const blank = endOf(BLANK, text, at);
		if (blank !== null) {
			at = blank;
			continue;
		}
		const token = tokenAt(text, at);
		tokens.push(token);
		at = token.to;
	}
	return withoutFullStop(tokens);
}

function tokenAt(text: string, from: number): Token {
	const closing = CLOSING[text.charAt(from)];
	if (closing !== undefined) return enclosed(text, from, closing);
	const sign = endOf(SIGN, text, from);
	if (sign !== null) return { kind: 'mark', text: text.slice(from, sign), from, to: sign };
	const word = endOf(GROUPED_NUMBER, text, from) ?? endOf(WORD, text, from) ?? from + 1;
	return { kind: 'word', text: text.slice(from, word), from, to: word };
}

function enclosed(text: string, from: number, closing: string): Token {
	let inside = '';
	for (let at = from + 1; at < text.length; at += 1) {
		const sign = text.charAt(at);
		if (closing.includes(sign)) {
			return { kind: text.charAt(from) === '[' ? 'id' : 'quote', text: inside, from, to: at + 1 };
		}
		if (sign !== '\\') {
			inside += sign;
			continue;
		}
		const escape = escapeAt(text, at);
		inside += escape.meant;
		at = escape.to - 1;
	}
	return { kind: 'open', text: text.slice(from), from, to: text.length };
}

/** What a backslash and what follows it stand for. */
function escapeAt(text: string, from: number): { readonly meant: string; readonly to: number } {
	const code = /^\\u\{([0-9a-f]{1,5})\}/i.exec(text.slice(from, from + 9));
	if (code)
		return { meant: String.fromCodePoint(Number.parseInt(code[1] ?? '', 16)), to: from + code[0].length };
	const sign = text.charAt(from + 1);
	return { meant: sign === 'n' ? '\n' : sign, to: from + 2 };
}

function withoutFullStop(tokens: Token[]): Token[] {
	const last = tokens.at(-1);
	if (last?.kind !== 'word' || !last.text.endsWith('.')) return tokens;
	const text = last.text.slice(0, -1);
	const rest = tokens.slice(0, -1);
	return text === '' ? rest : [...rest, { ...last, text, to: last.to - 1 }];
}

function endOf(pattern: RegExp, text: string, from: number): number | null {
	pattern.lastIndex = from;
	return pattern.test(text) ? pattern.lastIndex : null;
}

/** A name or text in quotes, on one line whatever it holds: `tokensOf` reads it back. */
export function quoted(text: string): string {
	return `“${escaped(text).replaceAll('”', '\\”')}”`;
}

/** An id in square brackets. */
export function bracketed(id: string): string {
	return `[${escaped(id).replaceAll(']', '\\]')}]`;
}

function escaped(text: string): string {
	return text
		.replaceAll('\\', '\\\\')
		.replaceAll('\n', '\\n')
		.replace(HIDDEN, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

/** What two names have in common that are the same to a reader: neither capitals nor blanks count. */
export function keyOf(text: string): string {
	return text.normalize('NFC').toLowerCase().replaceAll('’', "'").trim().replace(/\s+/g, ' ');
}
