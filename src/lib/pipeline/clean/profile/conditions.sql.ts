import { addDays, type Day } from '#lib/core/days.ts';
import { day, id, list, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role } from '#lib/pipeline/import/schema.ts';
import { dateSql, numberSql } from '../typing.ts';
import type { ProfiledColumn, ProfiledTable } from './schema.ts';

/** How values of a column are read before its kind is known. */
export type ReadAs = 'number' | 'date' | null;

/** Blanks of Unicode, and characters that show nothing: zero width, joiners, marks of direction and byte order. */
const BLANKS = blanks();
const BLANK_CLASS = String.raw`[\s\p{Z}\x{200B}-\x{200F}\x{2060}\x{FEFF}]`;
const BLANK_ENDS = `^${BLANK_CLASS}|${BLANK_CLASS}$`;

/** All characters of the class. */
function blanks(): string {
	const codes = [9, 10, 11, 12, 13, 32, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff];
	for (let code = 0x2000; code <= 0x200f; code += 1) codes.push(code);
	return String.fromCodePoint(...codes);
}

/** Texts that say that nothing is there. `none` and `unknown` are answers, and stay. */
export const MISSING_WORDS = [
	'na',
	'n/a',
	'#n/a',
	'n.a.',
	'nan',
	'null',
	'(null)',
	'nil',
	'undefined',
	'missing',
	'(missing)',
	'(blank)',
	'(empty)',
	'\\n',
	'-',
	'--',
	'—',
	'.',
	'?'
] as const;

const LONGEST_WORD = Math.max(...MISSING_WORDS.map((word) => word.length));

/** One @, a name before it, and a domain with a dot and letters behind it. */
const EMAIL = String.raw`[^@\s,;:<>"()\[\]\\]+@(?:[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?\.)+[\p{L}][\p{L}\d-]*[\p{L}\d]`;

/** Digits as phones are written, with an extension. */
const PHONE = String.raw`'?\+?[\d\s().\/-]+(?:\s*(?:x|ext\.?)\s*\d+)?`;

/** A whole number as ids and phones are written: `8490152`, `+4915112345678`, `17850.0`. */
const WHOLE = String.raw`\+?\d+(?:\.0)?`;

/** Roles whose numbers cannot be negative. */
const NEVER_NEGATIVE: readonly Role[] = [
	'unit_price',
	'order_total',
	'total_spent',
	'order_count',
	'spend',
	'impressions',
	'clicks',
	'recipients',
	'opens',
	'conversions',
	'unsubscribes'
];

/** The oldest person on record lived 122 years. */
const OLDEST_DAYS = Math.round(122 * 365.25);

/** The cell of a row as it is compared and shown: a text, NULL where a typed column is empty. */
export function cellText({ column, stored }: ProfiledColumn): Sql {
	if (stored === 'text') return id(column);
	return stored === 'number' ? sql`${id(column)}::DOUBLE::VARCHAR` : sql`${id(column)}::VARCHAR`;
}

/** The number of a text; seconds since 1970 of a date. NULL where it is none. */
export function cellValue(
	text: Sql,
	{ stored }: Pick<ProfiledColumn, 'stored'>,
	{ reading }: Pick<ProfiledTable, 'reading'>,
	readAs: ReadAs
): Sql {
	if (readAs === null) return sql`NULL::DOUBLE`;
	if (readAs === 'date') {
		return stored === 'date'
			? sql`epoch(try_cast(${text} AS TIMESTAMP))::DOUBLE`
			: sql`epoch(${dateSql(text, reading.dateOrder)})::DOUBLE`;
	}
	return stored === 'number'
		? sql`try_cast(${text} AS DOUBLE)`
		: sql`${numberSql(text, reading.decimalMark)}::DOUBLE`;
}

/** A text without blanks at its ends. Few have any, and the test costs a tenth of the cut. */
export function trimmed(text: Sql): Sql {
	return sql`CASE WHEN regexp_matches(${text}, ${BLANK_ENDS}) THEN trim(${text}, ${BLANKS}) ELSE ${text} END`;
}

/** Nothing stands in the cell, given its trimmed text. */
export function isBlank(bare: Sql): Sql {
	return sql`coalesce(${bare} = '', true)`;
}

/** The trimmed text says that nothing is there. */
export function isWrittenMissing(bare: Sql): Sql {
	return sql`coalesce(CASE WHEN length(${bare}) <= ${LONGEST_WORD} THEN lower(${bare}) IN ${list(MISSING_WORDS)} ELSE false END, false)`;
}

/** The cell holds a value, given its trimmed text. */
export function isFilled(bare: Sql): Sql {
	return sql`(NOT ${isBlank(bare)} AND NOT ${isWrittenMissing(bare)})`;
}

/** The shape of a text: runs of letters are `A`, runs of digits `9`; cut at 60 characters. */
export function shape(text: Sql): Sql {
	const letters = sql`regexp_replace(left(${text}, 200), ${String.raw`\p{L}+`}, 'A', 'g')`;
	return sql`left(regexp_replace(${letters}, ${String.raw`\d+`}, '9', 'g'), 60)`;
}

/** Conditions of a trimmed text that say what it is. */
export const looksLike = {
	email: (bare: Sql) => sql`regexp_full_match(${bare}, ${EMAIL})`,
	phone: (bare: Sql) =>
		sql`(regexp_full_match(${bare}, ${PHONE}) AND length(regexp_replace(${bare}, ${String.raw`\D`}, '', 'g')) BETWEEN 6 AND 15)`,
	whole: (bare: Sql) => sql`regexp_full_match(${bare}, ${WHOLE})`,
	answer: (bare: Sql) => sql`lower(${bare}) IN ('true', 'false', 't', 'f', 'yes', 'no', 'y', 'n')`,
	decimalId: (bare: Sql) =>
		sql`(ends_with(${bare}, '.0') AND regexp_full_match(${bare}, ${String.raw`\d+\.0`}))`
} as const;

/** The value lies after a day; false without one. */
export function isFuture(value: Sql, readAs: ReadAs, today: Day | null): Sql {
	if (readAs !== 'date' || today === null) return sql`false`;
	return sql`coalesce(${value} >= epoch(${day(addDays(today, 1))}), false)`;
}

/** The role of the column does not allow the value. */
export function isImpossible(value: Sql, { role }: ProfiledColumn, readAs: ReadAs, today: Day | null): Sql {
	if (role === 'birth_date' && readAs === 'date' && today !== null) {
		return sql`coalesce(${value} < epoch(${day(addDays(today, -OLDEST_DAYS))}), false)`;
	}
	if (readAs === 'number' && role !== null && NEVER_NEGATIVE.includes(role)) {
		return sql`coalesce(${value} < 0, false)`;
	}
	return sql`false`;
}
