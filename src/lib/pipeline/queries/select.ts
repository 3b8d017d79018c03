import { AppError } from '#lib/core/errors.ts';
import { Sql } from '#lib/engine/sql.ts';
import { placeIn, sqlTokens, type SqlToken } from '#lib/engine/sql-tokens.ts';

/** What a query may start with. The engine says the last word: what is no SELECT is refused there. */
const STARTS = [
	'SELECT',
	'WITH',
	'FROM',
	'VALUES',
	'TABLE',
	'DESCRIBE',
	'SHOW',
	'SUMMARIZE',
	'PIVOT',
	'UNPIVOT'
];

/**
 * Functions that a query may not call: they read the files behind the tables, with columns that are withheld, run SQL
 * that nobody has looked at, or change how the engine works.
 */
export const REFUSED_FUNCTIONS: readonly string[] = [
	...['read_csv', 'read_csv_auto', 'read_text', 'read_blob', 'sniff_csv', 'glob'],
	...['read_json', 'read_json_auto', 'read_json_objects', 'read_json_objects_auto'],
	...['read_ndjson', 'read_ndjson_auto', 'read_ndjson_objects'],
	...['read_parquet', 'parquet_scan', 'parquet_schema', 'parquet_metadata', 'parquet_file_metadata'],
	...['parquet_kv_metadata', 'parquet_bloom_probe'],
	...['query', 'query_table', 'json_execute_serialized_sql'],
	...['arrow_scan', 'arrow_scan_dumb', 'seq_scan', 'checkpoint', 'force_checkpoint'],
	...['enable_logging', 'disable_logging', 'truncate_duckdb_logs', 'write_log', 'setseed', 'nextval']
];

/** The user's SQL as one SELECT in brackets, to read from: `FROM ${selectOf(text)}`. @throws `sql.not-a-select` */
export function selectOf(text: string): Sql {
	return new Sql(`(\n${checkedSelect(text)}\n)`);
}

/**
 * The user's SQL without the semicolon at its end. This refuses in words what is no query; that nothing else can run is
 * the engine's own word (`describeSelect`), which does not rest on how well a text is read here.
 * @throws `sql.not-a-select`, `sql.failed` with the place of what is opened and not closed
 */
export function checkedSelect(text: string): string {
	const { tokens, open } = sqlTokens(text);
	const end = tokens.findLastIndex((token) => !isMark(token, ';')) + 1;
	const found = whatElse(tokens.slice(0, end), text);
	if (found !== null) throw new AppError('sql.not-a-select', { found });
	if (open !== null) {
		const reason = `${open.what} is opened and not closed`;
		throw new AppError('sql.failed', { reason, ...placeIn(text, open.from), found: null, meant: [] });
	}
	return end < tokens.length ? text.slice(0, tokens[end]?.from) : text;
}

/** What is found where a query should stand; null when it may be one. */
function whatElse(tokens: readonly SqlToken[], text: string): string | null {
	const start = tokens.find((token) => !isMark(token, '('));
	if (start === undefined) return 'nothing';
	if (start.kind !== 'word' || !STARTS.includes(start.text)) return quoted(text, start);
	if (text.includes('\0')) return 'a NUL character';
	return severalStatements(tokens, text) ?? refusedFunction(tokens);
}

function severalStatements(tokens: readonly SqlToken[], text: string): string | null {
	let depth = 0;
	for (const [i, token] of tokens.entries()) {
		if (isMark(token, ';')) {
			const next = tokens[i + 1];
			return next ? `${quoted(text, next)} after a semicolon` : null;
		}
		if (isMark(token, '(')) depth += 1;
		if (isMark(token, ')')) depth -= 1;
		if (depth < 0) return 'a bracket that closes nothing';
	}
	return null;
}

function refusedFunction(tokens: readonly SqlToken[]): string | null {
	for (const [i, token] of tokens.entries()) {
		const next = tokens[i + 1];
		if (next === undefined || !isMark(next, '(')) continue;
		if (token.kind !== 'word' && token.kind !== 'name') continue;
		const name = token.text.toLowerCase();
		if (REFUSED_FUNCTIONS.includes(name)) return `the function ${name}`;
	}
	return null;
}

function isMark(token: SqlToken, mark: string): boolean {
	return token.kind === 'mark' && token.text === mark;
}

/** A token as the user wrote it, keywords in capitals. */
function quoted(text: string, token: SqlToken): string {
	const written = token.kind === 'word' ? token.text : text.slice(token.from, token.to);
	return `“${written.slice(0, 40)}”`;
}
