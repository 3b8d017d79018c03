import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Duration, NumberTest, Test, TextTest, TimeTest, Window } from './schema.ts';

const COMPARISONS = { eq: sql`=`, lt: sql`<`, le: sql`<=`, gt: sql`>`, ge: sql`>=` } as const;

/** A length of time as an INTERVAL. */
export function intervalSql({ count, unit }: Duration): Sql {
	const units = {
		minute: sql`to_minutes(${count})`,
		hour: sql`to_hours(${count})`,
		day: sql`to_hours(${count * 24})`,
		week: sql`to_hours(${count * 168})`,
		month: sql`to_months(${count})`,
		year: sql`to_months(${count * 12})`
	} as const;
	return units[unit];
}

/** A BOOLEAN, never NULL: a time lies in a window and before the as-of day. */
export function windowSql(at: Sql, window: Window | null, asOf: Sql): Sql {
	const isKnown = sql`${at} < ${asOf}`;
	if (window === null) return sql`coalesce(${isKnown}, false)`;
	return sql`coalesce(${isKnown} AND ${insideSql(at, window, asOf)}, false)`;
}

/** A time lies in a window, which may be NULL where the time is; the as-of day is not looked at. */
export function insideSql(at: Sql, window: Window, asOf: Sql): Sql {
	switch (window.kind) {
		case 'last':
			return sql`${at} >= ${asOf}::TIMESTAMP - ${intervalSql(window.length)}`;
		case 'before_last':
			return sql`${at} < ${asOf}::TIMESTAMP - ${intervalSql(window.length)}`;
		case 'since':
			return sql`${at} >= ${window.day}::DATE`;
		case 'until':
			return sql`${at} < ${window.day}::DATE + 1`;
		case 'between':
			return sql`${at} >= ${window.from}::DATE AND ${at} < ${window.to}::DATE + 1`;
	}
}

/** A BOOLEAN, never NULL: the value passes the test. See `Test` for what has no value. */
export function testSql(value: Sql, test: Test, asOf: Sql): Sql {
	switch (test.type) {
		case 'number':
			return numberTestSql(value, test.test);
		case 'text':
			return textTestSql(value, test.test);
		case 'time':
			return timeTestSql(value, test.test, asOf);
		case 'flag':
			return sql`coalesce(${value}, false) = ${test.test.op === 'yes'}`;
	}
}

/** A BOOLEAN, never NULL: a number passes. */
export function numberTestSql(value: Sql, test: NumberTest): Sql {
	switch (test.op) {
		case 'known':
			return sql`${value} IS NOT NULL`;
		case 'unknown':
			return sql`${value} IS NULL`;
		case 'between':
			return sql`coalesce(${value} BETWEEN ${test.from} AND ${test.to}, false)`;
		case 'ne':
			return sql`NOT coalesce(${value} = ${test.value}, false)`;
		default:
			return sql`coalesce(${value} ${COMPARISONS[test.op]} ${test.value}, false)`;
	}
}

/** A BOOLEAN, never NULL: a text passes. */
export function textTestSql(value: Sql, test: TextTest): Sql {
	const text = plainSql(value);
	switch (test.op) {
		case 'known':
			return sql`${value} IS NOT NULL`;
		case 'unknown':
			return sql`${value} IS NULL`;
		case 'is':
			return sql`coalesce(${text} IN ${wordsSql(test.values)}, false)`;
		case 'is_not':
			return sql`NOT coalesce(${text} IN ${wordsSql(test.values)}, false)`;
		case 'contains':
			return sql`coalesce(contains(${text}, ${plainSql(sql`${test.value}`)}), false)`;
		case 'not_contains':
			return sql`NOT coalesce(contains(${text}, ${plainSql(sql`${test.value}`)}), false)`;
		case 'starts_with':
			return sql`coalesce(starts_with(${text}, ${plainSql(sql`${test.value}`)}), false)`;
		case 'ends_with':
			return sql`coalesce(suffix(${text}, ${plainSql(sql`${test.value}`)}), false)`;
	}
}

/** A text without regard to capitals and to spaces around it. The engine does it on both sides, so that both mean the same. */
export function plainSql(text: Sql): Sql {
	return sql`lower(trim(${text}))`;
}

function wordsSql(words: readonly string[]): Sql {
	return sql`(${join(
		words.map((word) => plainSql(sql`${word}`)),
		', '
	)})`;
}

function timeTestSql(value: Sql, test: TimeTest, asOf: Sql): Sql {
	switch (test.op) {
		case 'known':
			return sql`${value} IS NOT NULL`;
		case 'unknown':
			return sql`${value} IS NULL`;
		case 'in':
			return windowSql(value, test.window, asOf);
		case 'not_in':
			return sql`NOT ${windowSql(value, test.window, asOf)}`;
	}
}

/** Conditions in brackets by the match of a group. */
export function groupSql(match: 'all' | 'any' | 'none', conditions: readonly Sql[]): Sql {
	if (conditions.length === 0) return match === 'any' ? sql`false` : sql`true`;
	if (match === 'all') return sql`(${join(conditions, ' AND ')})`;
	const any = sql`(${join(conditions, ' OR ')})`;
	return match === 'any' ? any : sql`NOT ${any}`;
}

/** The column of a feature: of `f`, or of the table beside it that has the same rows. */
export function featureColumn(feature: string, isBeside: boolean): Sql {
	return isBeside ? id('l', feature) : id('f', feature);
}
