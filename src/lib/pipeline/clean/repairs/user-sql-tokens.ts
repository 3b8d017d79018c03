/** A word, a name in double quotes (without them), a literal, or a sign; with its place, from 1. */
export interface SqlToken {
	readonly kind: 'word' | 'name' | 'literal' | 'sign';
	readonly text: string;
	readonly line: number;
	readonly column: number;
}

/** Something that is opened in a text and not closed. */
export interface OpenEnd {
	readonly what: 'A text' | 'A name' | 'A comment';
	readonly line: number;
	readonly column: number;
}

interface Rule {
	readonly kind: SqlToken['kind'] | 'nothing' | OpenEnd['what'];
	readonly pattern: RegExp;
}

/** In the order in which they are tried; as the scanner of DuckDB, which is that of PostgreSQL, tells tokens apart. */
const RULES: readonly Rule[] = [
	{ kind: 'nothing', pattern: /\s+|--[^\n]*/y },
	{ kind: 'literal', pattern: /[eE]'(?:[^'\\]|''|\\[\s\S])*'/y },
	{ kind: 'A text', pattern: /[eE]'/y },
	{ kind: 'literal', pattern: /(?:[xXbB])?'(?:[^']|'')*'/y },
	{ kind: 'A text', pattern: /'/y },
	{ kind: 'name', pattern: /"(?:[^"]|"")*"/y },
	{ kind: 'A name', pattern: /"/y },
	{ kind: 'literal', pattern: /\$([\p{L}_][\p{L}\p{N}_]*)?\$[\s\S]*?\$\1\$/uy },
	{ kind: 'A text', pattern: /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy },
	{ kind: 'literal', pattern: /\d[\w.]*|\.\d[\w.]*/y },
	{ kind: 'word', pattern: /[\p{L}_\u0080-\uFFFF][\p{L}\p{N}_$\u0080-\uFFFF]*/uy },
	{ kind: 'sign', pattern: /[\s\S]/uy }
];

/** The tokens of a SQL text, without blanks and comments, and what is left open at its end, if anything. */
export function tokensOf(text: string): {
	readonly tokens: readonly SqlToken[];
	readonly open: OpenEnd | null;
} {
	const tokens: SqlToken[] = [];
	let at = 0;
	while (at < text.length) {
		if (text.startsWith('/*', at)) {
			const end = endOfComment(text, at);
			if (end === null) return { tokens, open: { what: 'A comment', ...placeAt(text, at) } };
			at = end;
			continue;
		}
		const { kind, length } = tokenAt(text, at);
		if (kind === 'A text' || kind === 'A name' || kind === 'A comment')
			return { tokens, open: { what: kind, ...placeAt(text, at) } };
		if (kind !== 'nothing')
			tokens.push({ kind, text: bare(kind, text.substr(at, length)), ...placeAt(text, at) });
		at += length;
	}
	return { tokens, open: null };
}

function tokenAt(text: string, at: number): { readonly kind: Rule['kind']; readonly length: number } {
	for (const { kind, pattern } of RULES) {
		pattern.lastIndex = at;
		const found = pattern.exec(text)?.[0];
		if (found) return { kind, length: found.length };
	}
	return { kind: 'sign', length: 1 };
}

/** Comments nest. */
function endOfComment(text: string, start: number): number | null {
	let depth = 0;
	const marks = /\/\*|\*\//g;
	marks.lastIndex = start;
	for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
		depth += mark[0] === '/*' ? 1 : -1;
		if (depth === 0) return marks.lastIndex;
	}
	return null;
}

function bare(kind: SqlToken['kind'], text: string): string {
	return kind === 'name' ? text.slice(1, -1).replaceAll('""', '"') : text;
}

function placeAt(text: string, at: number): { line: number; column: number } {
	const before = text.slice(0, at).split('\n');
	return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
