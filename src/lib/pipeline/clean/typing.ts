import type { Reading } from '#lib/pipeline/import/schema.ts';
import { id, join, sql, type Sql } from '#lib/engine/sql.ts';

/*
 * Text becomes a value here and nowhere else. Nothing is guessed: the reading says which part of a date is the day
 * and which mark is the decimal one, and a text that does not fit is NULL, never a near miss. Each way of reading is a
 * macro in the schema `clean`, so that the SQL of the steps stays readable.
 *
 * Three things make it fast. A cast that fails costs ten times a regular expression that does not match, so shapes are
 * tested first. Most texts take a short way. And in the long way no expression stands twice: the optimizer would
 * compute it ahead, for every row.
 */

/** Largest amount of one row that is believed; sums of rows then fit DECIMAL(18,4). */
export const AMOUNT_LIMIT = 100_000_000_000;

const MARK = String.raw`[-/.]`;
/** AM or PM. */
export const MERIDIEM = String.raw`[AaPp]\.?[Mm]\.?`;
/** A zone after a time: `Z`, an abbreviation, or an offset. */
export const ZONE = String.raw`(?:Z|[A-Z]{3,5}|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?)`;
const CLOCK = String.raw`\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?`;
const TIME = String.raw`(?:(?:T|[ ,]+)(${CLOCK})\s*(?:${MERIDIEM})?\s*${ZONE}?)?`;
const MONTH_NAME = '((?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))[A-Za-z]*';
const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';

const YEAR = String.raw`((?:19|20|21)\d{2})`;

/** A shape of written date and how it reads as `year-month-day time`; the month may be a name of three letters. */
interface DateShape {
	readonly pattern: string;
	readonly reads: string;
}

const YEAR_FIRST: DateShape = {
	pattern: String.raw`${YEAR}${MARK}(\d{1,2})${MARK}(\d{1,2})${TIME}`,
	reads: String.raw`\1-\2-\3 \4`
};

const COMPACT: readonly DateShape[] = [
	{ pattern: String.raw`${YEAR}(\d{2})(\d{2})`, reads: String.raw`\1-\2-\3` },
	{ pattern: String.raw`${YEAR}(\d{2})(\d{2})T?(\d{2})(\d{2})`, reads: String.raw`\1-\2-\3 \4:\5` },
	{
		pattern: String.raw`${YEAR}(\d{2})(\d{2})T?(\d{2})(\d{2})(\d{2})Z?`,
		reads: String.raw`\1-\2-\3 \4:\5:\6`
	}
];

/** Two-digit years as POSIX reads them: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068. */
const YEARS = [
	{ year: YEAR, century: '' },
	{ year: String.raw`(69|[7-9]\d)`, century: '19' },
	{ year: String.raw`(\d{2})`, century: '20' }
] as const;

const NAMED_MONTH: readonly DateShape[] = YEARS.flatMap(({ year, century }) => [
	{
		pattern: String.raw`(\d{1,2})[- /.]*${MONTH_NAME}[- /.,]*${year}${TIME}`,
		reads: String.raw`${century}\3-\2-\1 \4`
	},
	{
		pattern: String.raw`${MONTH_NAME}[- .]*(\d{1,2})[-, ]+${year}${TIME}`,
		reads: String.raw`${century}\3-\1-\2 \4`
	}
]);

function yearLast(order: 'dmy' | 'mdy'): DateShape[] {
	const [day, month] = order === 'dmy' ? [1, 2] : [2, 1];
	return YEARS.map(({ year, century }) => ({
		pattern: String.raw`(\d{1,2})${MARK}(\d{1,2})${MARK}${year}${TIME}`,
		reads: `${century}\\3-\\${month}-\\${day} \\4`
	}));
}

const DATE_MACROS = { ymd: 'read_date', dmy: 'read_date_dmy', mdy: 'read_date_mdy' } as const;
const NUMBER_MACROS = { '.': 'read_number', ',': 'read_number_comma' } as const;
const DOUBLE_MACROS = { '.': 'read_double', ',': 'read_double_comma' } as const;

/**
 * A text as TIMESTAMP: the wall time as it is written, offsets cut off. NULL when it is no date, or its year lies
 * outside 1900 to 2199. Year-first, compact and named-month dates are read whatever the order; `null` reads no other.
 */
export function dateSql(text: Sql, order: Reading['dateOrder']): Sql {
	return sql`${id('clean', DATE_MACROS[order ?? 'ymd'])}(${text})`;
}

/**
 * A text as DECIMAL(18,4), half away from zero: currency signs and codes, thousands marks, `(5.00)` and `5.00-` are
 * read. NULL when it is no number, or too large for the type: `inf`, `nan`, `1e309`, `#N/A`, `1,23`.
 */
export function numberSql(text: Sql, decimalMark: Reading['decimalMark']): Sql {
	return sql`${id('clean', NUMBER_MACROS[decimalMark ?? '.'])}(${text})`;
}

/**
 * A text as DOUBLE, for statistics: the shapes of `numberSql`, but of any size and with every digit. NULL when it is no
 * number (`inf`, `nan`, `#N/A`), or longer than 100 characters; never infinite.
 */
export function doubleSql(text: Sql, decimalMark: Reading['decimalMark']): Sql {
	return sql`${id('clean', DOUBLE_MACROS[decimalMark ?? '.'])}(${text})`;
}

/** The statements behind `dateSql`, `numberSql` and `doubleSql`; they must have run before these are used. */
export function readingMacros(): Sql[] {
	const macro = (name: string, body: Sql) => sql`CREATE OR REPLACE MACRO ${id('clean', name)}(t) AS ${body}`;
	return [
		macro(DATE_MACROS.ymd, sql`coalesce(${plainYearFirst()}, ${writtenDate(null)})`),
		macro(DATE_MACROS.dmy, sql`coalesce(${plainYearLast('dmy')}, ${writtenDate('dmy')})`),
		macro(DATE_MACROS.mdy, sql`coalesce(${plainYearLast('mdy')}, ${writtenDate('mdy')})`),
		macro(NUMBER_MACROS['.'], sql`coalesce(${plainNumber('.')}, ${writtenNumber('.')})`),
		macro(NUMBER_MACROS[','], sql`coalesce(${plainNumber(',')}, ${writtenNumber(',')})`),
		macro(DOUBLE_MACROS['.'], sql`coalesce(${plainDouble('.')}, ${writtenDouble('.')})`),
		macro(DOUBLE_MACROS[','], sql`coalesce(${plainDouble(',')}, ${writtenDouble(',')})`)
	];
}

/** Year-first dates as most exports write them, with or without a zone after the seconds: the cast reads them. */
function plainYearFirst(): Sql {
	const yearFirst = sql`left(t, 2) IN ('19', '20', '21') AND substr(t, 5, 1) IN ('-', '/') AND NOT contains(t, '(')`;
	const ends = sql`(length(t) <= 19 OR regexp_full_match(substr(t, 20), ${String.raw`\s*${ZONE}`}))`;
	return sql`CASE WHEN ${yearFirst} AND ${ends} THEN try_cast(left(t, 19) AS TIMESTAMP) END`;
}

function plainYearLast(order: 'dmy' | 'mdy'): Sql {
	const pattern = String.raw`(\d{1,2})${MARK}(\d{1,2})${MARK}${YEAR}( ${CLOCK})?`;
	const reads = order === 'dmy' ? String.raw`\3-\2-\1\4` : String.raw`\3-\1-\2\4`;
	return sql`CASE WHEN regexp_full_match(t, ${pattern}) THEN try_cast(regexp_replace(t, ${pattern}, ${reads}) AS TIMESTAMP) END`;
}

function writtenDate(order: 'dmy' | 'mdy' | null): Sql {
	const shapes = [...(order ? yearLast(order) : []), YEAR_FIRST, ...COMPACT, ...NAMED_MONTH];
	const branches = shapes.map(({ pattern, reads }) => {
		const anywhere = String.raw`\s*${pattern}\s*`;
		return sql`WHEN regexp_full_match(t, ${anywhere}) THEN regexp_replace(t, ${anywhere}, ${reads})`;
	});
	const month = sql`((position(lower(regexp_extract(t, ${MONTH_NAME}, 1)) IN ${MONTHS}) + 2) // 3)::VARCHAR`;
	const numbered = sql`regexp_replace(CASE ${join(branches, '\n')} END, '-[A-Za-z]{3}-', '-' || ${month} || '-')`;
	return sql`try_cast(rtrim(${numbered}) AS TIMESTAMP) + to_hours(${meridiemHours()})`;
}

/** Hours to add to a time with AM or PM: 12 in the afternoon, −12 in the hour after midnight. */
function meridiemHours(): Sql {
	const [any, afternoon] = [String.raw`\d\s*${MERIDIEM}`, String.raw`\d\s*[Pp]`];
	return sql`CASE WHEN NOT regexp_matches(t, ${any}) THEN 0
		WHEN regexp_matches(t, ${afternoon}) THEN CASE WHEN regexp_matches(t, '[ T,](1[2-9]|2[0-3]):') THEN 0 ELSE 12 END
		WHEN regexp_matches(t, '[ T,]12:') THEN -12 ELSE 0 END`;
}

/** Codes of ISO 4217 that are read beside a number. */
export const CURRENCY_CODES =
	'USD|EUR|GBP|CHF|JPY|CNY|CAD|AUD|NZD|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|BGN|UAH|RUB|TRY|ILS|AED|SAR|EGP|ZAR|NGN|KES|' +
	'INR|IDR|THB|VND|KRW|SGD|HKD|TWD|MYR|PHP|BRL|MXN|ARS|CLP|COP|PEN';

/** A currency as it stands beside a number: a sign, with its country before it, or a code. */
export const CURRENCY_PATTERN = String.raw`(?:US|CA|AU|NZ|HK|R|C|A|S)?\p{Sc}|(?i:${CURRENCY_CODES})|[Kk]r\.?|zł|Kč|Ft|Fr\.`;

const BLANK_OR_APOSTROPHE = String.raw`[\s\x{00A0}\x{2009}\x{202F}'’]`;

/** Digits with well-placed thousands marks; the Indian way (1,23,456) too. */
const NUMBER = {
	'.': String.raw`[-+]?(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d+)?(?:\.\d*)?(?:[eE][-+]?\d{1,2})?`,
	',': String.raw`[-+]?(?:\d{1,3}(?:\.\d{2,3})*\.\d{3}|\d+)?(?:,\d*)?(?:[eE][-+]?\d{1,2})?`
} as const;

/** A plain number, which the cast reads; a sign before the number never casts. */
function plainNumber(decimalMark: '.' | ','): Sql {
	return decimalMark === '.'
		? sql`CASE WHEN ascii(t) BETWEEN 45 AND 57 THEN try_cast(t AS DECIMAL(18,4)) END`
		: sql`CASE WHEN regexp_full_match(t, '-?[0-9]+(,[0-9]+)?') THEN try_cast(replace(t, ',', '.') AS DECIMAL(18,4)) END`;
}

/** A number with all that people write around it; what is left must be well formed. */
function writtenNumber(decimalMark: '.' | ','): Sql {
	return sql`try_cast(${bareNumber(decimalMark)} AS DECIMAL(18,4))`;
}

/** Longer texts are no number to reckon with; with its exponent a shorter one is never infinite. */
const LONGEST_DOUBLE = 100;

function plainDouble(decimalMark: '.' | ','): Sql {
	const pattern = `-?[0-9]{1,${LONGEST_DOUBLE}}(?:[${decimalMark}][0-9]{1,${LONGEST_DOUBLE}})?`;
	const point = decimalMark === '.' ? sql`t` : sql`replace(t, ',', '.')`;
	return sql`CASE WHEN regexp_full_match(t, ${pattern}) THEN try_cast(${point} AS DOUBLE) END`;
}

function writtenDouble(decimalMark: '.' | ','): Sql {
	return sql`CASE WHEN length(t) <= ${LONGEST_DOUBLE} THEN try_cast(${bareNumber(decimalMark)} AS DOUBLE) END`;
}

/** The digits of a written number, with a point; no number when they are not well formed. */
function bareNumber(decimalMark: '.' | ','): Sql {
	const bare = sql`replace(regexp_replace(t, ${`${BLANK_OR_APOSTROPHE}|${CURRENCY_PATTERN}`}, '', 'g'), '−', '-')`;
	const unwrapped = sql`regexp_replace(${bare}, ${String.raw`^\((.*)\)$`}, ${String.raw`-\1`})`;
	const signed = sql`regexp_replace(${unwrapped}, '^([^-].*)-$', ${String.raw`-\1`})`;
	const number = sql`regexp_extract(${signed}, ${`^(?:${NUMBER[decimalMark]})$`})`;
	return decimalMark === '.'
		? sql`replace(${number}, ',', '')`
		: sql`replace(replace(${number}, '.', ''), ',', '.')`;
}
