import { as, id, join, list, sql, type Sql } from '#lib/engine/sql.ts';
import { keyFingerprint } from '../identity/graph.sql.ts';

/*
 * People as they are compared: texts without case, accents and punctuation. `strip_accents` is part of both engines.
 */

/** Words before a name that are no part of it. */
const TITLES = [
	...['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'sir', 'herr', 'frau', 'mag', 'dipl', 'ing'],
	...['monsieur', 'madame', 'mme', 'mlle', 'sr', 'sra', 'srta', 'sig', 'signor', 'signora', 'dhr', 'mevr']
] as const;

/** Mailboxes of a function, which say nothing about a person. */
const SHARED_MAILBOXES = [
	...[
		'info',
		'office',
		'contact',
		'mail',
		'email',
		'hello',
		'hallo',
		'admin',
		'sales',
		'shop',
		'kontakt',
		'service'
	],
	...['support', 'accounts', 'billing', 'orders', 'post', 'team', 'webmaster', 'test', 'me', 'home', 'family']
] as const;

/** The fields that a reviewer sees, as they are in `clean.people`, apart from the birth date. */
export const SHOWN_FIELDS = [
	'name',
	'first_name',
	'last_name',
	'email',
	'phone',
	'street',
	'postcode',
	'city',
	'region',
	'country'
] as const;

/** Columns of which a rare value tells more than a common one. */
export const RARE_COLUMNS = [
	'first_key',
	'last_key',
	'mailbox',
	'phone_tail',
	'birth_key',
	'postcode_key',
	'city_key',
	'street_key'
] as const;

const LETTERS = String.raw`[^\p{L}\p{N}]+`;
const PHONE_DIGITS = 7;

/** The macros that the queries use. */
export function duplicateMacros(): Sql[] {
	return [
		sql`CREATE OR REPLACE MACRO clean.folded(t) AS
			nullif(trim(regexp_replace(lower(strip_accents(replace(t, 'ß', 'ss'))), ${LETTERS}, ' ', 'g')), '')`,
		sql`CREATE OR REPLACE MACRO clean.untitled(t) AS
			coalesce(nullif(trim(regexp_replace(clean.folded(t), ${`^((${TITLES.join('|')}) )+`}, '')), ''), clean.folded(t))`,
		sql`CREATE OR REPLACE MACRO clean.sound(t) AS ${soundKey()}`
	];
}

/**
 * Letters that sound alike are one, vowels behind the first letter none, at most four: the idea of Soundex (Russell 1918),
 * over folded texts.
 */
function soundKey(): Sql {
	const plain = sql`replace(t, ' ', '')`;
	const coded = sql`translate(substr(${plain}, 2), 'bfpvwcgjkqsxzdtlmnraeiouyh', '11111222222223345560000000')`;
	const digits = ['1', '2', '3', '4', '5', '6'].reduce(
		(text, digit) => sql`regexp_replace(${text}, ${`${digit}+`}, ${digit}, 'g')`,
		coded
	);
	return sql`left(${plain}, 1) || left(replace(${digits}, '0', ''), 3)`;
}

/**
 * The rows of `clean.duplicate_people`: `person` INTEGER from 0 in the order of the ids, `customer_id`, `account` (the one
 * that gives the name), `fingerprint`, the fields that are shown, the keys that are compared, and of some the share of
 * people who have the same.
 */
export function preparedSql(): Sql {
	const shares = RARE_COLUMNS.map((column) =>
		as(
			sql`CASE WHEN ${id(column)} IS NOT NULL
				THEN count(*) OVER (PARTITION BY ${id(column)})::DOUBLE / count(${id(column)}) OVER () END`,
			`${column}_share`
		)
	);
	return sql`
		WITH named AS (${namingAccounts()}),
		split AS (
			SELECT p.customer_id, n.account, ${join(
				SHOWN_FIELDS.map((field) => sql`p.${id(field)}`),
				', '
			)}, p.birth_date, ${nameParts()}
			FROM clean.people p LEFT JOIN named n ON n.customer_id = p.customer_id
		),
		keyed AS (SELECT *, ${mailboxRest()} FROM (SELECT *, ${join(keys(), ', ')} FROM split))
		SELECT (row_number() OVER (ORDER BY customer_id) - 1)::INTEGER AS person, *,
			${keyFingerprint(sql`account`)} AS fingerprint, ${join(shares, ', ')}
		FROM keyed`;
}

/** The account that gives each person the name: `customer_id`, `account`. */
function namingAccounts(): Sql {
	const isNaming = sql`(name = customer_id OR coalesce(system, kind) || ':' || name = customer_id OR account = customer_id)`;
	return sql`
		SELECT customer_id, arg_min(account, {'other': NOT ${isNaming}, 'account': account}) AS account
		FROM clean.accounts WHERE customer_id IS NOT NULL GROUP BY customer_id`;
}

/** `first_text` and `last_text`: the parts of the name, or the whole split at its comma or its last blank. */
function nameParts(): Sql {
	const whole = sql`trim(p.name)`;
	const isWhole = sql`(p.first_name IS NULL AND p.last_name IS NULL)`;
	const first = sql`CASE WHEN contains(${whole}, ',') THEN split_part(${whole}, ',', 2)
		ELSE regexp_extract(clean.untitled(${whole}), '^(.+) [^ ]+$', 1) END`;
	const last = sql`CASE WHEN contains(${whole}, ',') THEN split_part(${whole}, ',', 1)
		ELSE regexp_extract(clean.untitled(${whole}), '([^ ]+)$', 1) END`;
	return join(
		[
			as(sql`CASE WHEN ${isWhole} THEN ${first} ELSE p.first_name END`, 'first_text'),
			as(sql`CASE WHEN ${isWhole} THEN ${last} ELSE p.last_name END`, 'last_text')
		],
		', '
	);
}

/** What a mailbox holds besides the name of its owner. */
function mailboxRest(): Sql {
	const plain = (name: 'first_key' | 'last_key') => sql`coalesce(replace(${id(name)}, ' ', ''), '')`;
	return as(
		sql`replace(replace(mailbox, ${plain('last_key')}, ''), ${plain('first_key')}, '')`,
		'mailbox_rest'
	);
}

function keys(): Sql[] {
	const local = sql`replace(split_part(split_part(lower(trim(email)), '@', 1), '+', 1), '.', '')`;
	const digits = sql`regexp_replace(phone, '[^0-9]', '', 'g')`;
	return [
		as(sql`clean.untitled(first_text)`, 'first_key'),
		as(sql`clean.untitled(last_text)`, 'last_key'),
		as(sql`CASE WHEN contains(email, '@') THEN lower(trim(email)) END`, 'email_key'),
		as(
			sql`CASE WHEN contains(email, '@') AND ${local} NOT IN ${list(SHARED_MAILBOXES)} THEN nullif(${local}, '') END`,
			'mailbox'
		),
		as(
			sql`CASE WHEN length(${digits}) >= ${PHONE_DIGITS} THEN right(${digits}, ${PHONE_DIGITS}) END`,
			'phone_tail'
		),
		as(sql`strftime(birth_date, '%Y%m%d')`, 'birth_key'),
		as(sql`nullif(regexp_replace(upper(postcode), ${LETTERS}, '', 'g'), '')`, 'postcode_key'),
		as(sql`clean.folded(city)`, 'city_key'),
		as(sql`clean.folded(region)`, 'region_key'),
		as(sql`clean.folded(street)`, 'street_key')
	];
}
