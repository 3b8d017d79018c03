import { AppError, isAbort, type SqlFailure } from '#lib/core/errors.ts';
import { nearestNames } from '#lib/core/nearest-names.ts';
import { engineMessage } from './explain-error.ts';

/** How far into the query that ran the user's SQL starts: whole lines before it, and characters before it in its line. */
export interface SqlOffset {
	readonly lines: number;
	readonly columns: number;
}

const AT_START: SqlOffset = { lines: 0, columns: 0 };

/**
 * Why SQL of a user does not run, as `sql.failed`: the engine's reason, the place in the user's own text, the name that
 * is not known and those it may have been meant for. Running out of memory and the end of the engine stay what they are.
 * @param offset where the user's SQL starts in the query that ran
 * @param names names that may stand there, beside those that the engine proposes
 * @throws the error itself when it is an abort
 */
export function explainSql(
	error: unknown,
	userSql: string,
	offset: SqlOffset = AT_START,
	names: readonly string[] = []
): AppError {
	if (isAbort(error)) throw error;
	if (error instanceof AppError && error.code !== 'engine.query-failed') return error;
	const message = engineMessage(error instanceof AppError ? error.cause : error);
	return new AppError('sql.failed', explained(message, userSql, offset, names), { cause: error });
}

function explained(
	message: string,
	userSql: string,
	offset: SqlOffset,
	names: readonly string[]
): SqlFailure {
	const place = placeOf(message, userSql, offset);
	const reason = isBehind(message, userSql, offset)
		? reasonOf(message).replace(/ at or near "[\s\S]*"$/, ' at end of input')
		: reasonOf(message);
	const unknown = unknownName(reason);
	if (unknown !== null) {
		const known = [...proposals(reason), ...names, ...(/^Type /.test(reason) ? TYPES : [])];
		const snapped = place && snap(userSql, place, unknown);
		return failure(reason, snapped, unknown, nearestNames(unknown, known));
	}
	const typo = /syntax error/.test(reason) && place ? misspelledKeyword(userSql, place) : null;
	if (typo) return failure(reason, typo.place, typo.found, typo.meant);
	return failure(reason, place, null, []);
}

function failure(
	reason: string,
	place: Place | null,
	found: string | null,
	meant: readonly string[]
): SqlFailure {
	// What it proposes is told apart, as what was meant.
	const sentence = reason.replace(/\s*\n\s*(?:Candidate (?:bindings|tables)|Did you mean)[\s\S]*$/, '');
	return { reason: sentence, line: place?.line ?? null, column: place?.column ?? null, found, meant };
}

/** The engine's words without `Binder Error: ` before and its copy of the query behind. */
function reasonOf(message: string): string {
	return message
		.replace(/^(?:[A-Z][A-Za-z]*(?: [A-Za-z]+)* Error|Error): /, '')
		.replace(/\s*\n\s*LINE \d+:[\s\S]*$/, '')
		.trim();
}

const UNKNOWN_NAMES = [
	/^Referenced (?:column|table) "((?:[^"]|"")+)" (?:was )?not found/,
	/does not have a column named "((?:[^"]|"")+)"/,
	/^(?:Table|Schema|Type|(?:Scalar |Table |Aggregate |Macro )?Function|Scalar Macro Function|Collation|Catalog) with name "?(.+?)"? does not exist/
];

function unknownName(reason: string): string | null {
	for (const pattern of UNKNOWN_NAMES) {
		const name = pattern.exec(reason)?.[1];
		if (name !== undefined) return name;
	}
	return null;
}

/** The names that the engine proposes. */
function proposals(reason: string): string[] {
	const list = /\n\s*(?:Candidate (?:bindings|tables)|Did you mean)[\s:]*([\s\S]*)$/.exec(reason)?.[1] ?? '';
	return [...list.matchAll(/"((?:[^"]|"")+)"/g)].map(([, name]) => name ?? '');
}

/** A place in a text, from 1; columns count UTF-16 units. */
interface Place {
	readonly line: number;
	readonly column: number;
}

/**
 * The engine shows the line, cut with `...` where it is long, and a caret below it:
 * `LINE 2: SELECT x` and, under the x, `^`. The caret stands by width: wide characters count two, marks none.
 */
function placeOf(message: string, userSql: string, offset: SqlOffset): Place | null {
	const shown = /\nLINE (\d+): (.*)\n( *)\^/.exec(message);
	if (!shown) return /at end of input/.test(message) ? endOf(userSql) : null;
	const [, lineText = '', snippet = '', blanks = ''] = shown;
	const lines = userSql.split('\n');
	const index = Number(lineText) - 1 - offset.lines;
	const line = lines[index];
	if (index < 0) return null;
	if (line === undefined) return endOf(userSql);
	const inSnippet = indexAtWidth(snippet, blanks.length - `LINE ${lineText}: `.length);
	const before = index === 0 ? offset.columns : 0;
	const column = inSnippet + cutBefore(snippet, line, before) - before;
	return column < 0 ? null : { line: index + 1, column: Math.min(column, line.length) + 1 };
}

/** True when the engine points behind the user's SQL, at what we wrote there: it ended too soon. */
function isBehind(message: string, userSql: string, offset: SqlOffset): boolean {
	const line = Number(/\nLINE (\d+): /.exec(message)?.[1] ?? 0);
	return line - offset.lines > userSql.split('\n').length;
}

/** Characters of the line that are left out before the snippet. */
function cutBefore(snippet: string, line: string, before: number): number {
	if (!snippet.startsWith('...')) return 0;
	const piece = snippet.replace(/^\.\.\./, '').replace(/\.\.\.$/, '');
	// The snippet may begin before the user's own text or end behind it.
	const start = line.indexOf(piece);
	if (start >= 0) return start + before - 3;
	const tail = piece.slice(0, piece.length - 1);
	return Math.max(0, line.indexOf(tail)) + before - 3;
}

const WIDE =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303F\uFF01-\uFF60]/u;

function indexAtWidth(text: string, width: number): number {
	let [index, passed] = [0, 0];
	for (const character of text) {
		if (passed >= width) break;
		passed += WIDE.test(character) ? 2 : /\p{Mn}/u.test(character) ? 0 : 1;
		index += character.length;
	}
	return index;
}

function endOf(text: string): Place {
	const lines = text.trimEnd().split('\n');
	return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/** The place of the name itself, where it stands at or behind the place in the same line: `t.amout` is shown at the t. */
function snap(userSql: string, { line, column }: Place, name: string): Place {
	const text = (userSql.split('\n')[line - 1] ?? '').toLowerCase();
	const at = text.indexOf(name.toLowerCase(), column - 1);
	if (at < 0) return { line, column };
	return { line, column: text[at - 1] === '"' ? at : at + 1 };
}

/** The word at the place of a syntax error, or the one before it, where it looks like a keyword and is none. */
function misspelledKeyword(
	userSql: string,
	{ line, column }: Place
): { place: Place; found: string; meant: string[] } | null {
	const text = userSql.split('\n')[line - 1] ?? '';
	const words = [...text.matchAll(/[A-Za-z_]+/g)].filter((word) => word.index < column);
	for (const { 0: found, index } of words.slice(-2).reverse()) {
		if (KEYWORDS.includes(found.toUpperCase()) || found.length < 3) continue;
		const meant = nearestNames(found, KEYWORDS);
		if (meant.length > 0) return { place: { line, column: index + 1 }, found, meant };
	}
	return null;
}

const KEYWORDS = (
	'SELECT FROM WHERE GROUP ORDER HAVING LIMIT OFFSET JOIN LEFT RIGHT INNER OUTER FULL CROSS USING DISTINCT UNION ' +
	'INTERSECT EXCEPT WITH BETWEEN LIKE ILIKE CASE WHEN THEN ELSE END AND NOT NULL DESC ASC OVER PARTITION QUALIFY ' +
	'FILTER EXISTS VALUES CAST'
).split(' ');

const TYPES = (
	'VARCHAR TEXT INTEGER BIGINT SMALLINT TINYINT HUGEINT DOUBLE FLOAT REAL DECIMAL NUMERIC BOOLEAN DATE TIME ' +
	'TIMESTAMP INTERVAL BLOB'
).split(' ');
