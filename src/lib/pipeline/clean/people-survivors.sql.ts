import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { PROFILE_FIELDS, profileMoment, SHARED_FIELDS } from './people-records.sql.ts';
import { whereIn, type Part } from './parts.sql.ts';
import { CONSENT_STATES } from './person.ts';
import type { SurvivorRule } from './schema.ts';

/** The fields that survive each by itself. */
const SINGLE_FIELDS = ['email', 'phone', 'customer_group'] as const;
const NAME_FIELDS = ['name', 'first_name', 'last_name'] as const;
const ADDRESS_FIELDS = ['country', 'region', 'city', 'postcode', 'street'] as const;

/**
 * One row per person over `personRecords`: the values that survive. A name comes from one record and an address from
 * one; see `wholeName` and `wholeAddress`.
 */
export function survivors(records: Sql, rule: SurvivorRule, hasProfiles: boolean): Sql {
	const profileFields = Object.keys(PROFILE_FIELDS);
	const singles = [...SINGLE_FIELDS, ...(hasProfiles ? profileFields : [])];
	const best = [
		...singles.map((field) => as(bestValue(field, rule), field)),
		as(bestOf(NAME_FIELDS, [], sql`name IS NOT NULL`, rule), 'full_name'),
		as(bestOf(NAME_FIELDS, [], sql`first_name IS NOT NULL OR last_name IS NOT NULL`, rule), 'name_parts'),
		as(bestOf(ADDRESS_FIELDS, [], join(filled(ADDRESS_FIELDS), ' OR '), rule), 'address'),
		as(
			bestOf(
				ADDRESS_FIELDS,
				[sql`'has_postcode': postcode IS NOT NULL`],
				sql`region IS NOT NULL OR city IS NOT NULL OR postcode IS NOT NULL`,
				rule
			),
			'full_address'
		)
	];
	const absent = hasProfiles
		? []
		: Object.entries(PROFILE_FIELDS).map(([field, type]) => as(sql`NULL::${type}`, field));
	return sql`
		SELECT customer_id, ${join([...singles.map((field) => id(field)), ...absent], ', ')},
			${wholeName()}, ${wholeAddress()}
		FROM (SELECT customer_id, ${join(best, ', ')} FROM ${records} GROUP BY customer_id)`;
}

/** What makes one record win over another: fields of a struct, the most important first. Of two alike, values decide. */
function order(rule: SurvivorRule): Sql[] {
	const newest = [sql`'said_at': said_at`, sql`'is_order': is_order`];
	switch (rule) {
		case 'newest':
			return newest;
		case 'most_complete': {
			const count = join(
				filled(SHARED_FIELDS).map((isFilled) => sql`(${isFilled})::INTEGER`),
				' + '
			);
			return [sql`'filled': ${count}`, ...newest];
		}
		case 'source_order':
			return [sql`'rank': rank`, ...newest];
	}
}

function filled(fields: readonly string[]): Sql[] {
	return fields.map((field) => sql`${id(field)} IS NOT NULL`);
}

function bestValue(field: string, rule: SurvivorRule): Sql {
	const key = join([...order(rule), sql`'value': ${id(field)}`], ', ');
	return sql`arg_max(${id(field)}, {${key}}) FILTER (WHERE ${id(field)} IS NOT NULL)`;
}

/** The fields of the best record that meets a condition, as a struct that compares as records do; empty texts for NULL. */
function bestOf(fields: readonly string[], before: readonly Sql[], condition: Sql, rule: SurvivorRule): Sql {
	const values = fields.map((field) => sql`${field}: coalesce(${id(field)}, '')`);
	return sql`max({${join([...before, ...order(rule), ...values], ', ')}}) FILTER (WHERE ${condition})`;
}

/**
 * The name of the best record. What it lacks, the whole name or its parts, comes from the best record that has it, where
 * both say the same name: orders write one name, profiles two.
 */
function wholeName(): Sql {
	const [whole, parts] = [id('full_name'), id('name_parts')];
	const isWhole = sql`(${parts} IS NULL OR ${whole} >= ${parts})`;
	const joined = sql`lower(concat_ws(' ', nullif(${parts}.first_name, ''), nullif(${parts}.last_name, '')))`;
	const isSame = sql`(lower(${whole}.name) = ${joined})`;
	const hasParts = sql`(${whole}.first_name <> '' OR ${whole}.last_name <> '')`;
	const part = (field: 'first_name' | 'last_name') => sql`nullif(CASE
			WHEN NOT ${isWhole} OR ${whole} IS NULL THEN ${parts}.${id(field)}
			WHEN ${hasParts} THEN ${whole}.${id(field)}
			WHEN ${isSame} THEN ${parts}.${id(field)} END, '')`;
	const name = sql`nullif(CASE
			WHEN ${isWhole} THEN ${whole}.name
			WHEN ${parts}.name <> '' THEN ${parts}.name
			WHEN ${isSame} THEN ${whole}.name END, '')`;
	return join(
		[as(name, 'name'), as(part('first_name'), 'first_name'), as(part('last_name'), 'last_name')],
		', '
	);
}

/**
 * The address of the best record; or that of the best record with a postcode, or at least a place, where it says all that
 * the former says: orders may tell the country alone. Never parts of two.
 */
function wholeAddress(): Sql {
	const [best, full] = [id('address'), id('full_address')];
	const agrees = ADDRESS_FIELDS.map((field) => {
		const value = sql`${best}.${id(field)}`;
		return sql`(${value} = '' OR lower(${value}) = lower(${full}.${id(field)}))`;
	});
	const isFull = sql`(${full} IS NOT NULL AND ${join(agrees, ' AND ')})`;
	return join(
		ADDRESS_FIELDS.map((field) =>
			as(sql`nullif(CASE WHEN ${isFull} THEN ${full}.${id(field)} ELSE ${best}.${id(field)} END, '')`, field)
		),
		', '
	);
}

/**
 * One row per person with a profile, in a part of the people: `email_consent` and `sms_consent`, of each source the newest and of
 * these the strictest, and `consented_at` of the record that gave the one for emails, else the other. Where no state
 * is known, the latest moment.
 */
export function consents(part: Part): Sql {
	const newest = (column: string) => {
		const cases = CONSENT_STATES.map((state, i) => sql`WHEN ${state} THEN ${CONSENT_STATES.length - i}`);
		const strictness = sql`CASE ${id(column)} ${join(cases, '\n')} END`;
		return as(
			sql`max({'said_at': ${profileMoment()}, 'strictness': ${strictness}, 'given': coalesce(consented_at, TIMESTAMP '-infinity')})
				FILTER (WHERE ${id(column)} IS NOT NULL)`,
			column
		);
	};
	const strictest = (column: string) => {
		const state = id(column);
		return as(
			sql`max({'strictness': ${state}.strictness, 'said_at': ${state}.said_at, 'given': ${state}.given}) FILTER (WHERE ${state} IS NOT NULL)`,
			column
		);
	};
	const word = (column: string) => {
		const cases = CONSENT_STATES.map((state, i) => sql`WHEN ${CONSENT_STATES.length - i} THEN ${state}`);
		return as(sql`CASE ${id(column)}.strictness ${join(cases, '\n')} END`, column);
	};
	return sql`
		SELECT customer_id, ${word('email_consent')}, ${word('sms_consent')},
			CASE WHEN email_consent IS NULL AND sms_consent IS NULL THEN latest
				ELSE nullif(coalesce(email_consent.given, sms_consent.given), TIMESTAMP '-infinity') END AS consented_at
		FROM (
			SELECT customer_id, ${strictest('email_consent')}, ${strictest('sms_consent')}, max(latest) AS latest
			FROM (
				SELECT customer_id, source, ${newest('email_consent')}, ${newest('sms_consent')}, max(consented_at) AS latest
				FROM clean.profiles${whereIn(part)} GROUP BY customer_id, source
			) GROUP BY customer_id
		)`;
}
