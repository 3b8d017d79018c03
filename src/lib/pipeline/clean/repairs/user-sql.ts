import { AppError } from '#lib/core/errors.ts';
import { explainSql } from '#lib/engine/explain-sql.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql, Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { readAsOf } from '../profile/kind.ts';
import { dateSql, numberSql } from '../typing.ts';
import type { RepairColumn, RepairInput } from './operation.ts';
import { tokensOf, type SqlToken } from './user-sql-tokens.ts';

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
			? refused('an aggregate speaks of many rows: write OVER () behind it', null)
			: failure;
	}
}

/** True where the engine misses our column of row numbers in a GROUP BY. */
function speaksOfManyRows({ details }: AppError): boolean {
	return 'reason' in details && details.reason.startsWith(`column "${ROW}" must appear in the GROUP BY`);
}

/** The columns, of those given, that a condition names: in quotes or bare, whatever the case. */
export function columnsOf(condition: string, names: readonly string[]): string[] {
	const { tokens } = tokensOf(condition);
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

/** Functions whose answer is not the same every time, or that speak of the engine and not of the row. */
const REFUSED_FUNCTIONS =
	/^(?:random|setseed|uuid|uuidv[47]|gen_random_uuid|now|today|get_current_time\w*|transaction_timestamp|current_(?:localtime|localtimestamp|setting|schemas|database|query)|nextval|currval|txid_current|getvariable|getenv|version|pg_\w+|columns|query|query_table|error|write_log|in_search_path)$/;

/** The same, where no parentheses follow. */
const REFUSED_WORDS =
	/^(?:current_(?:date|time|timestamp|user|role|schema|catalog)|localtime|localtimestamp|session_user)$/;

function refuseAllButAnExpression(condition: string): void {
	const { tokens, open } = tokensOf(condition);
	if (open !== null) throw refused(`${open.what} is opened and not closed`, open);
	if (tokens.length === 0) throw refused('there is no condition', null);
	let depth = 0;
	for (const [i, token] of tokens.entries()) {
		if (token.text === ';') throw refused('one condition is needed, without “;”', token);
		if (token.text === '(') depth += 1;
		if (token.text === ')') depth -= 1;
		if (depth < 0) throw refused('“)” closes nothing', token);
		refuseWord(token, tokens[i - 1], tokens[i + 1]);
	}
	if (depth > 0)
		throw refused('“(” is opened and not closed', tokens.findLast(({ text }) => text === '(') ?? null);
}

function refuseWord(token: SqlToken, before: SqlToken | undefined, after: SqlToken | undefined): void {
	if (token.kind === 'word' && before?.text === '(' && SUBQUERIES.has(token.text.toUpperCase())) {
		throw refused('other tables cannot be asked here: a condition speaks of one row', token);
	}
	const name = token.text.toLowerCase();
	const isCalled = isName(token) && after?.text === '(';
	if ((isCalled && REFUSED_FUNCTIONS.test(name)) || (token.kind === 'word' && REFUSED_WORDS.test(name))) {
		throw refused(`${token.text} is not the same at every run, or speaks of no row`, token);
	}
}

function isName({ kind }: SqlToken): boolean {
	return kind === 'word' || kind === 'name';
}

function refused(reason: string, token: Pick<SqlToken, 'line' | 'column'> | null): AppError<'sql.failed'> {
	const [line, column] = [token?.line ?? null, token?.column ?? null];
	return new AppError('sql.failed', { reason, line, column, found: null, meant: [] });
}
