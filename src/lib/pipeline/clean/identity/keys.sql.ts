import { as, id, join, list, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { fixedRoles } from '../facts.ts';
import { idValue } from '../id-value.sql.ts';
import { lowercaseEmailIds } from '../operations/lowercase-email-ids.ts';
import { namesNobody } from '../operations/missing-customer.ts';
import { isOn } from '../operations/operation.ts';
import { hasRole, type SourceContext } from '../source.ts';
import { textColumn } from '../texts.sql.ts';
import { CALLING_CODES, type CallingCode } from './calling-codes.ts';
import type { LinkKind } from './explain.ts';

/*
 * What names a person in a record, in one form however it is written: `email:anna@example.org`, `phone:+15550100`,
 * `card:4711AB`, `name_postcode:anna smith|1010`. Two records with one text are about the same.
 */

/** The kinds of keys whose values can stand for an account, in the order in which they name a record. */
export const NAMING_KINDS = ['email', 'phone', 'card'] as const satisfies readonly Role[];
type NamingKind = (typeof NAMING_KINDS)[number];

/** Kinds of keys, the strongest first. */
export const LINK_KINDS = ['email', 'phone', 'card', 'name_postcode'] as const satisfies readonly LinkKind[];

/** Local parts of addresses that are written where there is none. */
const NO_MAILBOX = [
	...['noemail', 'no-email', 'no_email', 'no.email', 'nomail', 'no-mail', 'no_mail', 'no.mail'],
	...['noreply', 'no-reply', 'no_reply', 'donotreply', 'do-not-reply'],
	...['none', 'null', 'nan', 'undefined', 'unknown', 'notprovided', 'not-provided', 'nobody']
] as const;
const NO_DOMAIN = [
	'none.com',
	'noemail.com',
	'no-email.com',
	'nomail.com',
	'no-mail.com',
	'none.none'
] as const;

const FEWEST_DIGITS = 7;
const MOST_DIGITS = 15;
const SHORTEST_CARD = 4;

const NO_LETTER_OR_DIGIT = String.raw`[^\p{L}\p{N}]`;
const ADDRESS = String.raw`[^@\s]+@[^@\s]+\.[^@\s.]+`;
const PLAIN_ADDRESS = String.raw`[a-z0-9._+-]+@[a-z0-9.-]+\.[a-z0-9-]+`;
const NO_LETTERS = String.raw`[^\p{L}]+`;

/** The statements behind the keys; they must have run before these are used. */
export function keyMacros(): Sql[] {
	const calling = join(CALLING_CODES.flatMap(callingEntries), ', ');
	return [
		sql`CREATE OR REPLACE MACRO clean.bare(t) AS
			trim(CASE WHEN starts_with(ltrim(t), '''') THEN substr(ltrim(t), 2) ELSE t END)`,
		sql`CREATE OR REPLACE MACRO clean.email_key(t) AS CASE WHEN contains(t, '@') THEN ${emailKey()} END`,
		sql`CREATE OR REPLACE MACRO clean.calling(c) AS (MAP {${calling}})[upper(clean.bare(c))]`,
		sql`CREATE OR REPLACE MACRO clean.phone_key(t, calling) AS
			CASE WHEN length(t) >= ${FEWEST_DIGITS} THEN ${phoneKey()} END`,
		sql`CREATE OR REPLACE MACRO clean.card_key(t) AS
			CASE WHEN length(t) >= ${SHORTEST_CARD} THEN ${cardKey()} END`,
		sql`CREATE OR REPLACE MACRO clean.name_key(n, p) AS ${nameKey()}`
	];
}

/** A value that stands more than once in an expression, computed once: macros are text, and would repeat it. */
function once(value: Sql, body: (value: Sql) => Sql): Sql {
	return sql`list_transform([${value}], lambda v: ${body(sql`v`)})[1]`;
}

/** One @ with text on both sides and a dot behind it, and none of the words for "no address". */
function emailKey(): Sql {
	const isPlaceholder = (address: Sql) =>
		sql`(split_part(${address}, '@', 1) IN ${list(NO_MAILBOX)} OR split_part(${address}, '@', 2) IN ${list(NO_DOMAIN)})`;
	const bare = sql`lower(clean.bare(t))`;
	const address = sql`CASE WHEN starts_with(${bare}, 'mailto:') THEN ltrim(substr(${bare}, 8)) ELSE ${bare} END`;
	const read = once(
		address,
		(found) =>
			sql`CASE WHEN regexp_full_match(${found}, ${ADDRESS}) AND NOT ${isPlaceholder(found)} THEN ${found} END`
	);
	// Most addresses are written as they are read.
	return sql`CASE WHEN regexp_full_match(t, ${PLAIN_ADDRESS}) AND NOT ${isPlaceholder(sql`t`)} THEN t ELSE ${read} END`;
}

/** E.164 where the number or the country tells the code, else the digits. `calling` is what `clean.calling` gives. */
function phoneKey(): Sql {
	const digits = sql`regexp_replace(t, '[^0-9]', '', 'g')`;
	// "+43 (0) 664" tells two ways of dialling: the (0) is not dialled behind the code.
	const abroad = sql`ltrim(regexp_replace(replace(t, '(0)', ''), '[^0-9]', '', 'g'), '0')`;
	return once(sql`{'digits': ${digits}, 'calling': calling}`, (found) => {
		const number = sql`${found}.digits`;
		const calling = (part: number) => sql`split_part(${found}.calling, '/', ${part})`;
		const [code, trunk, length] = [calling(1), calling(2), calling(3)];
		const isOneDigit = sql`replace(${number}, left(${number}, 1), '') = ''`;
		// A spreadsheet has taken the number for one to calculate with: its last digits are gone.
		const isRounded = sql`regexp_matches(t, '[0-9][eE][+][0-9]')`;
		const hasTrunk = sql`${trunk} <> '' AND starts_with(${number}, ${trunk}) AND ${length} IN ('0', length(${number})::VARCHAR)`;
		const national = sql`CASE WHEN ${hasTrunk} THEN substr(${number}, length(${trunk}) + 1) ELSE ${number} END`;
		return sql`CASE WHEN length(${number}) < ${FEWEST_DIGITS} OR ${isOneDigit} OR ${isRounded} THEN NULL
			WHEN regexp_matches(t, '^[^0-9]*([+]|00)') THEN ${e164(abroad)}
			WHEN ${found}.calling IS NOT NULL THEN ${e164(sql`(${code} || ${national})`)}
			WHEN length(${number}) <= ${MOST_DIGITS} THEN ${number} END`;
	});
}

function e164(number: Sql): Sql {
	return sql`CASE WHEN length(${number}) BETWEEN ${FEWEST_DIGITS} AND ${MOST_DIGITS} THEN '+' || ${number} END`;
}

/** Letters and digits; a card of one character throughout is none. */
function cardKey(): Sql {
	return once(sql`upper(regexp_replace(t, ${NO_LETTER_OR_DIGIT}, '', 'g'))`, (card) => {
		const isOneCharacter = sql`replace(${card}, left(${card}, 1), '') = ''`;
		return sql`CASE WHEN length(${card}) < ${SHORTEST_CARD} OR ${isOneCharacter} OR ${namesNobody(sql`trim(t)`)} THEN NULL ELSE ${card} END`;
	});
}

/** The letters of a name without accents, and the letters and digits of a postcode. */
function nameKey(): Sql {
	const name = sql`trim(regexp_replace(lower(strip_accents(n)), ${NO_LETTERS}, ' ', 'g'))`;
	return sql`nullif(${name}, '') || '|' || nullif(upper(regexp_replace(p, ${NO_LETTER_OR_DIGIT}, '', 'g')), '')`;
}

function callingEntries(code: CallingCode): Sql[] {
	const spellings = [code.country, code.alpha3, ...code.names].map((name) => name.toUpperCase());
	return spellings.map((spelling) => sql`${spelling}: ${callingText(code)}`);
}

/** The code, the trunk prefix, and the length of numbers with it, as `clean.calling` gives them: `43/0/0`. */
function callingText({ code, trunk, trunkDigits }: CallingCode): string {
	return `${code}/${trunk}/${trunkDigits}`;
}

/** The roles whose texts say who a record is about, for kinds of files where `people` do. */
export function accountRoles(source: SourceParams, people: readonly Role[]): Role[] {
	const named = people.filter((role) => hasRole(source, role));
	return named.includes('phone') && hasRole(source, 'country') ? [...named, 'country'] : named;
}

/**
 * Who a record is about, over the columns `<role>_text` of `accountRoles`: `email:…` where the customer column holds an
 * email, else `id:<system>:<id>`, the id after its fixes; where it names nobody, the email, phone or card. NULL: nobody.
 * @param people the roles that name the person, such as those of the kind of file
 */
export function accountText(context: SourceContext, people: readonly Role[]): Sql {
	return accountSql(context, people, (prefix, name) => sql`${prefix} || ${name}`);
}

/** The name in `accountText` without what stands before it. */
export function accountName(context: SourceContext, people: readonly Role[]): Sql {
	return accountSql(context, people, null);
}

/** Puts what a name is a name of before it; null leaves it out. */
type Prefixed = ((prefix: string, name: Sql) => Sql) | null;

function accountSql(context: SourceContext, people: readonly Role[], prefixed: Prefixed): Sql {
	const { source } = context;
	const keys = NAMING_KINDS.filter((kind) => people.includes(kind) && hasRole(source, kind)).map((kind) => {
		const key = namingKey(context, kind);
		return prefixed === null ? key : prefixed(`${kind}:`, key);
	});
	const hasCustomer = people.includes('customer') && hasRole(source, 'customer');
	const ways = [...(hasCustomer ? [customerSql(context, prefixed)] : []), ...keys];
	return ways.length > 0 ? sql`coalesce(${join(ways, ', ')})` : sql`NULL::VARCHAR`;
}

/** Who the customer column names; NULL where it names nobody. */
function customerSql(context: SourceContext, prefixed: Prefixed): Sql {
	const named = (value: Sql, account: Sql) => sql`CASE WHEN NOT ${namesNobody(value)} THEN ${account} END`;
	const value = customerValue(context);
	const own = (text: Sql) => (prefixed === null ? text : prefixed(idPrefix(context.source), text));
	if (!mayHoldEmails(context)) return named(value, own(value));
	const read = once(value, (text) => {
		const address = sql`clean.email_key(${text})`;
		const email = prefixed === null ? address : prefixed('email:', address);
		return named(
			text,
			sql`CASE WHEN contains(${text}, '@') THEN coalesce(${email}, ${own(text)}) ELSE ${own(text)} END`
		);
	});
	if (prefixed !== null || !fixedRoles(lowercaseEmailIds, context.facts).includes('customer')) return read;
	// In lower case, and without these characters, an email is written as it is read: its name need not be worked out.
	const written = id(textColumn('customer'));
	const marks = ["'", ':', ' '].map((mark) => sql`contains(${written}, ${mark})`);
	return sql`CASE WHEN ${join(marks, ' OR ')} THEN ${read} ELSE ${named(written, value)} END`;
}

/** The text of the customer column after its fixes. */
export function customerValue(context: SourceContext): Sql {
	return idValue(context, 'customer', id(textColumn('customer')));
}

/** True where some text of the customer column may be an email, and is to be read as one. */
export function mayHoldEmails({ facts, switches }: SourceContext): boolean {
	const found = facts.ids.customer?.evidence[lowercaseEmailIds.id] ?? 0;
	return found > 0 && isOn(lowercaseEmailIds, switches);
}

/** What stands before the ids of a source. A colon within the name of the system would end it. */
export function idPrefix({ idSystem }: SourceParams): string {
	return `id:${idSystem.replaceAll('%', '%25').replaceAll(':', '%3A')}:`;
}

/** The columns `kind`, `system` and `name` of an account, over a column with its text. */
export function accountColumns(account: Sql): Sql[] {
	const kind = sql`split_part(${account}, ':', 1)`;
	const system = sql`split_part(${account}, ':', 2)`;
	const isId = sql`starts_with(${account}, 'id:')`;
	return [
		as(kind, 'kind'),
		as(sql`CASE WHEN ${isId} THEN replace(replace(${system}, '%3A', ':'), '%25', '%') END`, 'system'),
		as(accountNameOf(account), 'name')
	];
}

/** The name within the text of an account. */
export function accountNameOf(account: Sql): Sql {
	const system = sql`split_part(${account}, ':', 2)`;
	return sql`substr(${account}, CASE WHEN starts_with(${account}, 'id:') THEN length(${system}) + 5
			ELSE strpos(${account}, ':') + 1 END)`;
}

function namingKey(context: SourceContext, kind: NamingKind): Sql {
	const text = id(textColumn(kind));
	if (kind === 'phone') return sql`clean.phone_key(clean.bare(${text}), ${callingSql(context)})`;
	return kind === 'email' ? sql`clean.email_key(${text})` : sql`clean.card_key(${text})`;
}

/** How numbers without a country code are read: by the country of the record, else by that of the session. */
function callingSql({ source, identity }: SourceContext): Sql {
	const country = identity.phoneCountry?.toUpperCase();
	const code = CALLING_CODES.find((known) => known.country === country);
	const otherwise = code === undefined ? sql`NULL::VARCHAR` : sql`${callingText(code)}`;
	return hasRole(source, 'country')
		? sql`coalesce(clean.calling(${id(textColumn('country'))}), ${otherwise})`
		: otherwise;
}

/** The roles whose texts make a kind of key, where the source has what it needs; else none. */
export function linkRoles(source: SourceParams, kind: LinkKind): Role[] {
	const has = (role: Role) => hasRole(source, role);
	if (kind !== 'name_postcode') {
		if (!has(kind)) return [];
		return kind === 'phone' && has('country') ? [kind, 'country'] : [kind];
	}
	const names = (['first_name', 'last_name', 'name'] as const).filter(has);
	const isNamed = has('name') || (has('first_name') && has('last_name'));
	return isNamed && has('postcode') ? [...names, 'postcode'] : [];
}

/** The key of a kind in a record, such as `phone:+15550100`, over the columns of its `linkRoles`; NULL where there is none. */
export function linkKey(context: SourceContext, kind: LinkKind): Sql {
	if (linkRoles(context.source, kind).length === 0) return sql`NULL::VARCHAR`;
	const value =
		kind === 'name_postcode'
			? sql`clean.name_key(${fullName(context.source)}, postcode_text)`
			: namingKey(context, kind);
	return sql`${`${kind}:`} || ${value}`;
}

function fullName(source: SourceParams): Sql {
	const both = sql`nullif(trim(first_name_text), '') || ' ' || nullif(trim(last_name_text), '')`;
	const hasBoth = hasRole(source, 'first_name') && hasRole(source, 'last_name');
	if (!hasRole(source, 'name')) return both;
	return hasBoth ? sql`coalesce(${both}, name_text)` : sql`name_text`;
}
