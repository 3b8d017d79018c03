import { AppError } from '#lib/core/errors.ts';
import { explainSql } from '#lib/engine/explain-sql.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql, Sql } from '#lib/engine/sql.ts';
import { placeIn, sqlTokens, type SqlToken } from '#lib/engine/sql-tokens.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { readAsOf } from '../profile/kind.ts';
import { dateSql, numberSql } from '../typing.ts';
import type { RepairColumn, RepairInput } from './operation.ts';

/*
 * A condition that a user writes in SQL runs as one expression over one subquery, which has the columns that the step names,
 * under the names of the header, and no others. It cannot leave its parentheses, name a table, or ask for the time or for
 * chance; the engine is locked besides.
 */

/** What a condition is checked and run on. */
export type ConditionInput = Pick<RepairInput<unknown>, 'columns' | 'source' | 'table' | 'others'>;

/** A name of a parameter or column that no header has, since it begins with a blank. */
const FINE = ' fine';
const ROW = ' row';

/**
 * A row number and whether the row satisfies the condition, for each row of the state: ` row`, ` fine`. The condition stands
 * on lines of its own.
 */
export function conditionRows(condition: string, { columns, source, table }: ConditionInput): Sql {
	const offered = columns.map((column) => as(valueSql(column, source), column.name));
	const from = sql`SELECT ${join([as(sql`s.row`, ROW), ...offered], ', ')} FROM ${table} s WHERE s.set_aside_by IS NULL`;
	return sql`SELECT ${id(ROW)}, (\n${new Sql(condition)}\n)::BOOLEAN AS ${id(FINE)} FROM (${from})`;
}

/** The rows that break the condition: NULL, as where a cell is empty, passes. */
export function breakingRows(condition: string, input: ConditionInput): Sql {
	return sql`SELECT ${id(ROW)} AS row FROM (${conditionRows(condition, input)}) WHERE NOT ${id(FINE)}`;
}

/**
 * Runs a condition over all rows, and says what is wrong with it.
 * @throws `sql.failed` with the place in the condition, and the names that may have been meant
 */
export async function checkCondition(
	engine: Engine,
	condition: string,
	input: ConditionInput,
	signal?: AbortSignal
): Promise<void> {
	refuseAllButAnExpression(condition);
	const query = sql`SELECT count(*)::INTEGER AS failing FROM (${breakingRows(condition, input)}) ORDER BY 1`;
	try {
		await engine.rows(query, signal);
	} catch (error) {
		const names = input.others.map(({ name }) => name);
		// The condition begins on the second line of the query.
		const failure = explainSql(error, condition, { lines: 1, columns: 0 }, names);
		throw speaksOfManyRows(failure)
			? refused(condition, 'an aggregate speaks of many rows: write OVER () behind it', null)
			: failure;
	}
}

/** True where the engine misses our column of row numbers in a GROUP BY. */
function speaksOfManyRows({ details }: AppError): boolean {
	return 'reason' in details && details.reason.startsWith(`column "${ROW}" must appear in the GROUP BY`);
}

/** The columns, of those given, that a condition names: in quotes or bare, whatever the case. */
export function columnsOf(condition: string, names: readonly string[]): string[] {
	const { tokens } = sqlTokens(condition);
	const used = new Set(tokens.filter(isName).map(({ text }) => text.toLowerCase()));
	return names.filter((name) => used.has(name.toLowerCase()));
}

/** Amounts and dates are offered as such where the file says which columns they are; all else as texts. */
function valueSql({ name, text }: RepairColumn, { mapping, reading }: SourceParams): Sql {
	const role = (Object.keys(mapping) as Role[]).find((each) => mapping[each] === name) ?? null;
	const readAs = readAsOf({ role, stored: 'text' }, null);
	if (readAs === 'number') return numberSql(sql`s.${text}`, reading.decimalMark);
	return readAs === 'date' ? dateSql(sql`s.${text}`, reading.dateOrder) : sql`s.${text}`;
}

const SUBQUERIES = new Set([
	'SELECT',
	'FROM',
	'WITH',
	'TABLE',
	'VALUES',
	'DESCRIBE',
	'SUMMARIZE',
	'SHOW',
	'PIVOT',
	'UNPIVOT'
]);

/** Functions whose answer hangs on the clock, the session, chance or the engine, or that give several rows for one. */
const REFUSED_FUNCTIONS =
	/^(?:random|setseed|uuid|uuidv\d|gen_random_uuid|now|today|get_current_time\w*|current_\w+|transaction_timestamp|localtime\w*|nextval|currval|txid_current|getvariable|getenv|version|pg_\w+|has_\w+_privilege|inet_\w+|(?:col|obj|shobj)_description|format_(?:pg_)?type|map_to_pg_oid|get_block_size|session_user|user|stats|which_secret|columns|query|query_table|error|write_log|in_search_path|unnest|generate_subscripts|regexp_split_to_table)$/;

/** Functions whose answer hangs on the order of the rows, which a file does not promise, or on a sample of them. */
const ORDER_FUNCTIONS =
	/^(?:row_number|ntile|lag|lead|first|first_value|last|last_value|nth_value|any_value|arbitrary|list|array_agg|string_agg|group_concat|listagg|json_group_\w+|arg_(?:min|max)\w*|argmin|argmax|(?:min|max)_by|mode|approx_quantile|approx_top_k|reservoir_quantile)$/;

/** The same, where no parentheses follow. */
const REFUSED_WORDS =
	/^(?:current_(?:date|time|timestamp|user|role|schema|catalog)|localtime|localtimestamp|session_user)$/;

function refuseAllButAnExpression(condition: string): void {
	const { tokens, open } = sqlTokens(condition);
	if (open !== null) throw refused(condition, `${open.what} is opened and not closed`, open);
	if (tokens.length === 0) throw refused(condition, 'there is no condition', null);
	let depth = 0;
	for (const [i, token] of tokens.entries()) {
		if (token.text === ';') throw refused(condition, 'one condition is needed, without “;”', token);
		if (token.text === '(') depth += 1;
		if (token.text === ')') depth -= 1;
		if (depth < 0) throw refused(condition, '“)” closes nothing', token);
		const reason = whyRefused(tokens, i);
		if (reason !== null) throw refused(condition, reason, token);
	}
	const opened = tokens.findLast(({ text }) => text === '(') ?? null;
	if (depth > 0) throw refused(condition, '“(” is opened and not closed', opened);
}

/** Why a token cannot stand in a condition; null when it can. */
function whyRefused(tokens: readonly SqlToken[], i: number): string | null {
	const [before, token, after] = [tokens[i - 1], tokens[i], tokens[i + 1]];
	if (token === undefined || !isName(token)) return null;
	if (token.kind === 'word' && before?.text === '(' && SUBQUERIES.has(token.text))
		return 'other tables cannot be asked here: a condition speaks of one row';
	const name = token.text.toLowerCase();
	const isCalled = after?.text === '(';
	if ((isCalled && REFUSED_FUNCTIONS.test(name)) || (token.kind === 'word' && REFUSED_WORDS.test(name)))
		return `${name} is not the same at every run, or speaks of no row`;
	if (isCalled && name === 'age' && isOneArgument(tokens, i + 1))
		return 'age with one date counts to today, which is not the same at every run: name two dates';
	if ((isCalled && ORDER_FUNCTIONS.test(name)) || isFrameOfRows(tokens, i))
		return `${name} hangs on the order of the rows, which is not the same at every run`;
	return null;
}

/** True when no comma parts the arguments in the parentheses that open there. */
function isOneArgument(tokens: readonly SqlToken[], open: number): boolean {
	let depth = 0;
	for (const { kind, text } of tokens.slice(open)) {
		if (kind !== 'mark') continue;
		if ('([{'.includes(text)) depth += 1;
		if (')]}'.includes(text)) depth -= 1;
		if (text === ',' && depth === 1) return false;
		if (depth === 0) break;
	}
	return true;
}

/** `ROWS BETWEEN …` of an `OVER (…)`: rows that tie come in any order. */
function isFrameOfRows(tokens: readonly SqlToken[], i: number): boolean {
	const [token, after] = [tokens[i], tokens[i + 1]];
	if (token?.kind !== 'word' || token.text !== 'ROWS' || after === undefined) return false;
	const begins = after.kind === 'number' || ['BETWEEN', 'UNBOUNDED', 'CURRENT'].includes(after.text);
	return begins && tokens.slice(0, i).some(({ kind, text }) => kind === 'word' && text === 'OVER');
}

function isName({ kind }: SqlToken): boolean {
	return kind === 'word' || kind === 'name';
}

function refused(
	condition: string,
	reason: string,
	at: Pick<SqlToken, 'from'> | null
): AppError<'sql.failed'> {
	const place = at === null ? { line: null, column: null } : placeIn(condition, at.from);
	return new AppError('sql.failed', { reason, ...place, found: null, meant: [] });
}
