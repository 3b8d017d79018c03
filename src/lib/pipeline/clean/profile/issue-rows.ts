import type { Day } from '#lib/core/days.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { failingColumn } from '../repairs/tables.ts';
import {
	cellText,
	cellValue,
	isBlank,
	isFilled,
	isFuture,
	isImpossible,
	isWrittenMissing,
	looksLike,
	shape,
	trimmed,
	type ReadAs
} from './conditions.sql.ts';
import type { ProfileIssue } from './issues.ts';
import { openRows } from './profile.sql.ts';
import type { ColumnStatistics, ProfiledColumn, ProfiledTable } from './schema.ts';
import { inheritsFrom } from './tables.ts';

/** A row that an issue speaks of. */
export interface IssueRow {
	/** Its number in the file, from 1; null in tables without one. */
	readonly row: number | null;
	/** The cell as it is written; null where a typed column is empty. */
	readonly cell: string | null;
	/** The cells of `otherColumns`, in their order. */
	readonly others: readonly (string | null)[];
}

/** Which rows to read. */
export interface IssuePage {
	readonly offset: number;
	readonly limit: number;
	/** The day with which the profile was made. */
	readonly today: Day | null;
}

const SHOWN_CHARACTERS = 300;
const OTHER_COUNT = 4;
const FAR = 3;

/** Columns that help to recognise a row: those with a meaning first, then those at the front. */
export function otherColumns(table: ProfiledTable, column: ProfiledColumn): readonly ProfiledColumn[] {
	const others = table.columns.filter((each) => each.column !== column.column);
	const ranked = [
		...others.filter(({ role }) => role !== null),
		...others.filter(({ role }) => role === null)
	];
	return ranked.slice(0, OTHER_COUNT);
}

/** The rows behind an issue, in the order of the table; there are `issue.count` of them. */
export async function issueRows(
	engine: Engine,
	table: ProfiledTable,
	issue: ProfileIssue,
	page: IssuePage,
	signal?: AbortSignal
): Promise<IssueRow[]> {
	const others = otherColumns(table, issue.column.column);
	const found = await engine.rows<Record<string, string | number | null>>(
		issueRowsSql(table, issue, page),
		signal
	);
	return found.map((each) => ({
		row: (each.row as number | null) ?? null,
		cell: (each.cell as string | null) ?? null,
		others: others.map((_, i) => (each[`o${i}`] as string | null) ?? null)
	}));
}

/** The query behind `issueRows`. */
export function issueRowsSql(table: ProfiledTable, issue: ProfileIssue, page: IssuePage): Sql {
	const { column } = issue.column;
	const others = otherColumns(table, column).map((other, i) => shown(cellText(other), `o${i}`));
	const row = table.rowColumn === null ? sql`NULL::INTEGER` : sql`${id(table.rowColumn)}::INTEGER`;
	const order = table.rowColumn === null ? sql`ALL` : sql`row`;
	const bare = column.stored === 'text' ? trimmed(sql`t`) : sql`t`;
	const cells = sql`(
		SELECT ${join([as(row, 'row'), shown(sql`t`, 'cell'), ...others], ', ')}
		FROM (SELECT *, ${bare} AS b, ${cellValue(sql`t`, column, table, readAsOf(issue.column))} AS v
			FROM (SELECT *, ${cellText(column)} AS t FROM ${openRows(table)}))
		${conditionOf(table, issue, page.today)})`;
	return sql`SELECT * FROM ${cells} ORDER BY ${order} LIMIT ${page.limit} OFFSET ${page.offset}`;
}

function shown(text: Sql, name: string): Sql {
	return as(sql`left(${text}, ${SHOWN_CHARACTERS})::VARCHAR`, name);
}

function readAsOf({ kind }: ColumnStatistics): ReadAs {
	return kind === 'number' || kind === 'date' ? kind : null;
}

/** Which rows: over the text `t`, without outer blanks `b`, and its value `v`. */
function conditionOf(table: ProfiledTable, issue: ProfileIssue, today: Day | null): Sql {
	const { column: statistics, code, step } = issue;
	const { column, kind } = statistics;
	const [t, b, v] = [sql`t`, sql`b`, sql`v`];
	const isText = column.stored === 'text';
	const blank = isText ? isBlank(b) : sql`t IS NULL`;
	const filled = isText ? isFilled(b) : sql`t IS NOT NULL`;
	const where = (condition: Sql) => sql`WHERE ${filled} AND ${condition}`;
	switch (code) {
		case 'missing':
			return missing(table, column, blank);
		case 'written_missing':
			return sql`WHERE NOT ${blank} AND ${isWrittenMissing(b)}`;
		case 'unreadable':
			return where(kind === 'email' || kind === 'phone' ? sql`NOT ${looksLike[kind](b)}` : sql`v IS NULL`);
		case 'rule':
			return sql`WHERE ${id(failingColumn(step ?? ''))}`;
		case 'impossible':
			return where(isImpossible(v, column, readAsOf(statistics), today));
		case 'future':
			return where(isFuture(v, readAsOf(statistics), today));
		case 'repeated': {
			const order = table.rowColumn === null ? sql`` : sql`ORDER BY ${id(table.rowColumn)}`;
			return sql`QUALIFY ${filled} AND row_number() OVER (PARTITION BY t ${order}) > 1`;
		}
		case 'decimal_ids':
			return where(looksLike.decimalId(b));
		case 'case_variants':
			return spelledOtherwise(table, column);
		case 'blank_ends':
			return where(sql`b <> t`);
		case 'odd_pattern':
			return where(sql`${shape(t)} <> ${statistics.patterns[0]?.text ?? ''}`);
		case 'outliers':
			return where(beyondFences(statistics));
		case 'constant':
			return where(sql`true`);
	}
}

function missing(table: ProfiledTable, column: ProfiledColumn, blank: Sql): Sql {
	const order = inheritsFrom(table, column);
	if (order === null) return sql`WHERE ${blank}`;
	const orderId = cellText(order);
	const own = sql`bool_or(NOT ${blank}) OVER (PARTITION BY ${orderId})`;
	return sql`QUALIFY ${blank} AND (${isBlank(trimmed(orderId))} OR NOT ${own})`;
}

/** Texts that are not the most frequent way to write what they say; of equally frequent ones, the first by bytes stays. */
function spelledOtherwise(table: ProfiledTable, column: ProfiledColumn): Sql {
	const cells = sql`(SELECT ${cellText(column)} AS t, count(*) AS n FROM ${openRows(table)} GROUP BY ALL)`;
	const spellings = sql`(SELECT t, n, ${trimmed(sql`t`)} AS b FROM ${cells})`;
	return sql`WHERE t IN (
		SELECT t FROM ${spellings} WHERE ${isFilled(sql`b`)}
		QUALIFY row_number() OVER (PARTITION BY lower(b) ORDER BY n DESC, t) > 1)`;
}

function beyondFences({ values }: ColumnStatistics): Sql {
	const [low, high] = [values?.quantiles[2] ?? 0, values?.quantiles[4] ?? 0];
	const reach = sql`${FAR} * (${low}::DOUBLE - ${high}::DOUBLE)`;
	return sql`(v < ${low} + ${reach} OR v > ${high} - ${reach})`;
}
