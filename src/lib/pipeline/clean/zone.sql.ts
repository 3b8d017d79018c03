import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { hasRole } from './source.ts';
import type { CleanStatement } from './statement.ts';
import { dateSql, MERIDIEM, ZONE } from './typing.ts';
import { zoneStretches } from './zone.ts';

/*
 * The engine has no time zones (they are an extension), so the clock of the session's zone is a table: `clean.zone`
 * (starts_at TIMESTAMP in UTC, offset_seconds INTEGER), one row per change of the clocks. A moment is read as its wall
 * time, and as UTC where the text or the file says so; an ASOF join then gives the wall time of the session.
 */

/** Hours ahead of UTC of the abbreviations that exports write. CST and the like are North American; IST has three meanings and is none. */
const ABBREVIATIONS: readonly (readonly [hours: number, names: readonly string[]])[] = [
	[-10, ['HST']],
	[-9, ['AKST']],
	[-8, ['PST', 'AKDT']],
	[-7, ['MST', 'PDT']],
	[-6, ['CST', 'MDT']],
	[-5, ['EST', 'CDT']],
	[-4, ['EDT']],
	[-3, ['BRT', 'ART']],
	[0, ['Z', 'UTC', 'GMT', 'WET']],
	[1, ['BST', 'CET', 'WEST', 'MEZ']],
	[2, ['CEST', 'MESZ', 'EET', 'SAST']],
	[3, ['EEST', 'MSK']],
	[8, ['AWST', 'SGT', 'HKT', 'PHT']],
	[9, ['JST', 'KST']],
	[9.5, ['ACST']],
	[10, ['AEST']],
	[10.5, ['ACDT']],
	[11, ['AEDT']],
	[12, ['NZST']],
	[13, ['NZDT']]
];

const HOUR_SECONDS = 3600;

/** The first stretch holds for all time before. */
const BEFORE_ALL = '1800-01-01 00:00:00';

/** A zone after a time of day; what stands after a date alone is no offset: the `-02` of `2024-01-02`. */
export const TIME_WITH_ZONE = String.raw`(?::\d{2}(?:\.\d+)?\s*(?:${MERIDIEM})?|\d{8}T?\d{6})\s*(${ZONE})\s*$`;
/** A day and its time without marks between them. */
export const COMPACT_TIME = String.raw`\s*\d{8}T?\d{4}(?:\d{2})?Z?\s*`;

/** The statements behind `movedSql`; none without a time zone. */
export function zoneStatements(timeZone: string | null): CleanStatement[] {
	if (timeZone === null) return [];
	const stretches = zoneStretches(timeZone).map(
		({ startsAt, offsetSeconds }, i) =>
			sql`(TIMESTAMP ${i === 0 ? BEFORE_ALL : timestampText(startsAt)}, ${offsetSeconds})`
	);
	const named = ABBREVIATIONS.flatMap(([hours, names]) =>
		names.map((name) => sql`WHEN ${name} THEN ${hours * HOUR_SECONDS}`)
	);
	const part = (pattern: string) => sql`coalesce(try_cast(regexp_extract(z, ${pattern}, 1) AS INTEGER), 0)`;
	const seconds = sql`${part(String.raw`[+-](\d{2})`)} * 3600 + ${part(String.raw`[+-]\d{2}:?(\d{2})$`)} * 60`;
	return [
		{
			database: 'memory',
			table: 'zone',
			content: sql`AS
			SELECT starts_at, offset_seconds::INTEGER AS offset_seconds
			FROM (VALUES ${join(stretches, ', ')}) AS stretch(starts_at, offset_seconds)`
		},
		sql`CREATE OR REPLACE MACRO clean.zone_seconds(z) AS
			CASE WHEN contains(z, '-') THEN -(${seconds}) WHEN contains(z, '+') THEN ${seconds} ELSE CASE z ${join(named, '\n')} END END`,
		sql`CREATE OR REPLACE MACRO clean.read_zone(t) AS clean.zone_seconds(regexp_extract(t, ${TIME_WITH_ZONE}, 1))`,
		sql`CREATE OR REPLACE MACRO clean.has_time(t) AS (contains(t, ':') OR regexp_full_match(t, ${COMPACT_TIME}))`
	];
}

function timestampText(time: number): string {
	return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

/** A moment that may have to be moved to the zone of the session: its name, and its text as it stands in the file. */
export interface Moment {
	readonly name: string;
	readonly text: Sql;
}

/** Columns `<name>` with the wall time as it is written and, where times are moved, `<name>_utc`: NULL where none is known. */
export function momentColumns(
	moments: readonly Moment[],
	source: SourceParams,
	timeZone: string | null
): Sql[] {
	return moments.flatMap(({ name, text }) => {
		const wall = dateSql(text, source.reading.dateOrder);
		if (timeZone === null) return [as(wall, name)];
		const unnamed = source.reading.isUtc ? sql`CASE WHEN clean.has_time(${text}) THEN 0 END` : sql`NULL`;
		const utc = sql`${wall} - to_seconds(coalesce(clean.read_zone(${text}), ${unnamed}))`;
		return [as(wall, name), as(utc, utcName(name))];
	});
}

/**
 * `SELECT` over a table or stage that has `momentColumns`: the same rows and columns, the moments moved to the zone of
 * the session. Texts without an offset stay as they are, but for files whose times are UTC.
 */
export function movedSql(stage: Sql, names: readonly string[], timeZone: string | null): Sql {
	if (timeZone === null || names.length === 0) return sql`SELECT * FROM ${stage}`;
	const values = names.map((name, i) => {
		const [wall, utc] = [id('m', name), id('m', utcName(name))];
		return as(sql`coalesce(${utc} + to_seconds(${id(`z${i}`, 'offset_seconds')}), ${wall})`, name);
	});
	const joins = names.map(
		(name, i) =>
			sql`ASOF LEFT JOIN clean.zone ${id(`z${i}`)} ON ${id('m', utcName(name))} >= ${id(`z${i}`, 'starts_at')}`
	);
	const left = names.map((name) => id(utcName(name)));
	return sql`SELECT m.* EXCLUDE (${join(left, ', ')}) REPLACE (${join(values, ', ')}) FROM ${stage} m ${join(joins, '\n')}`;
}

function utcName(name: string): string {
	return `${name}_utc`;
}

/** A time of midnight that spreadsheets add to a date. */
const MIDNIGHT = String.raw`[T ]0?0:00(:00(\.0+)?)?\s*$`;
const TIME_OF_DAY = String.raw`\s*(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?\s*(?:${MERIDIEM})?\s*${ZONE}?\s*`;

/**
 * `SELECT` over a stage that has `date_text` and `time_text`: the same rows and columns, each date with the time of day
 * behind it. A date that has a time already keeps it, and so does one beside a time that cannot be read.
 */
export function datedSql(stage: Sql, source: SourceParams): Sql {
	if (!hasRole(source, 'time') || !hasRole(source, 'date')) return sql`SELECT * FROM ${stage}`;
	const day = sql`regexp_replace(date_text, ${MIDNIGHT}, '')`;
	const fits = sql`NOT contains(${day}, ':') AND trim(date_text) <> '' AND regexp_full_match(time_text, ${TIME_OF_DAY})`;
	const dated = sql`CASE WHEN ${fits} THEN ${day} || ' ' || trim(time_text) ELSE date_text END`;
	return sql`SELECT * REPLACE (${dated} AS date_text) FROM ${stage}`;
}
