import { sqlTokens, type SqlToken } from '#lib/engine/sql-tokens.ts';

/** Before these words a line begins. */
const STARTS = new Set('SELECT FROM JOIN LEFT WHERE GROUP HAVING ORDER UNION AND OR'.split(' '));
/** What stands in brackets and is no longer than this stays on one line. */
const LONGEST_LINE = 80;

/**
 * A query with a line for each of its parts, and what is long in brackets moved in. Blanks alone are changed; comments are left
 * out.
 */
export function laidOut(query: string): string {
	const { tokens } = sqlTokens(query);
	let text = '';
	/** One for each open bracket: whether it has lines of its own. */
	const open: boolean[] = [];
	let awaitsAnd = 0;
	const newLine = () => `\n${'  '.repeat(open.filter(Boolean).length)}`;
	tokens.forEach((token, i) => {
		const before = tokens[i - 1];
		const isBroken = open.at(-1) ?? true;
		const written = query.slice(token.from, token.to);
		const closes = isMark(token, ')');
		if (closes) open.pop();
		const isAndOfBetween = token.text === 'AND' && awaitsAnd > 0;
		if (token.text === 'BETWEEN') awaitsAnd += 1;
		if (isAndOfBetween) awaitsAnd -= 1;
		const isStart = startsLine(token, before) && !isAndOfBetween;
		if (closes ? isBroken : before !== undefined && isBroken && (isStart || isMark(before, '(')))
			text += newLine();
		else if (before !== undefined && before.to < token.from) text += ' ';
		text += written;
		if (isMark(token, '(')) open.push(isLong(tokens, i, query));
	});
	return text;
}

function startsLine(token: SqlToken, before: SqlToken | undefined): boolean {
	if (token.kind !== 'word' || !STARTS.has(token.text)) return false;
	return (
		!(token.text === 'JOIN' && before?.text === 'LEFT') &&
		!(token.text === 'FROM' && before?.text === 'DISTINCT')
	);
}

function isLong(tokens: readonly SqlToken[], bracket: number, query: string): boolean {
	let depth = 0;
	for (const [i, token] of tokens.entries()) {
		if (i < bracket) continue;
		if (isMark(token, '(')) depth += 1;
		if (isMark(token, ')')) depth -= 1;
		const length = query.slice(tokens[bracket]?.from, token.to).replace(/\s+/g, ' ').length;
		if (length > LONGEST_LINE) return true;
		if (depth === 0) return false;
	}
	return true;
}

function isMark(token: SqlToken, mark: string): boolean {
	return token.kind === 'mark' && token.text === mark;
}
