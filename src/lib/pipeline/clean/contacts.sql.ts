import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { fixedRoles } from './facts.ts';
import { lowercaseEmailIds } from './operations/lowercase-email-ids.ts';
import type { CleanResult } from './schema.ts';
import { hasRole, type SourceContext } from './source.ts';
import { texts } from './texts.sql.ts';

const CONTACT_ROLES = ['country', 'email', 'name', 'first_name', 'last_name', 'phone'] as const;

export type ContactRole = CleanResult['contactRoles'][number];

/**
 * Contact roles that orders or customer files have, in the order of ROLES; the email also where customers are named by
 * theirs. None without orders: contacts are those of customers.
 */
export function contactRoles(contexts: readonly SourceContext[]): ContactRole[] {
	if (!contexts.some(({ source }) => source.kind === 'orders')) return [];
	const people = contexts.filter(({ source }) => source.kind === 'orders' || source.kind === 'customers');
	return CONTACT_ROLES.filter((role) =>
		people.some(
			(context) => hasRole(context.source, role) || (role === 'email' && customersAreEmails(context))
		)
	);
}

function customersAreEmails({ facts }: SourceContext): boolean {
	return fixedRoles(lowercaseEmailIds, facts).includes('customer');
}

/**
 * `clean.contacts`: per customer, the latest value of each contact in the loaded rows; of two at the same moment the
 * greater text, so that the answer never hangs on the order of work. Where the orders lack one, that of the profile with
 * the same customer id, else of the profile with the same email. Columns: customer_id and the contacts.
 */
export function createContacts(sources: readonly SourceParams[], contacts: readonly ContactRole[]): Sql {
	const orders = sources.filter(({ kind }) => kind === 'orders');
	const all = list(contacts);
	const latest = contacts.map((role) =>
		as(
			sql`arg_max(${id(role)}, {'at': last_at, 'value': ${id(role)}}) FILTER (WHERE ${id(role)} IS NOT NULL)`,
			role
		)
	);
	const hasProfiles = sources.some(({ kind }) => kind === 'customers');
	return sql`
		CREATE OR REPLACE TABLE clean.contacts AS
		WITH found AS (
			${join(
				orders.map((source) => contactsOf(source, contacts)),
				' UNION ALL '
			)}
		),
		latest AS (
			SELECT customer_id, ${join(latest, ', ')}
			FROM (SELECT customer_id, ${all}, max(ordered_at) AS last_at FROM found GROUP BY customer_id, ${all})
			GROUP BY customer_id
		)
		${hasProfiles ? withProfiles(contacts) : sql`SELECT * FROM latest`}`;
}

/** The contacts of orders, what they lack taken from profiles. Keys are compared as they are: no two people are guessed to be one. */
function withProfiles(contacts: readonly ContactRole[]): Sql {
	const last = contacts.map((role) =>
		as(
			sql`arg_max(${id(role)}, {'length': length(source), 'source': source, 'row': row}) FILTER (WHERE ${id(role)} IS NOT NULL)`,
			role
		)
	);
	const ownEmail = contacts.includes('email') ? [sql`lower(latest.email)`] : [];
	const key = sql`coalesce(${join([...ownEmail, sql`CASE WHEN contains(latest.customer_id, '@') THEN lower(latest.customer_id) END`], ', ')})`;
	const values = contacts.map((role) => {
		const known = [id('latest', role), id('by_id', role), id('by_email', role)];
		return as(sql`coalesce(${join(known, ', ')})`, role);
	});
	const profilesBy = (column: 'customer_id' | 'email', name: string) => sql`
			SELECT ${id(column)} AS ${id(name)}, ${join(last, ', ')}
			FROM clean.profiles WHERE ${id(column)} IS NOT NULL GROUP BY ${id(column)}`;
	return sql`
		SELECT latest.customer_id, ${join(values, ', ')}
		FROM latest
		LEFT JOIN (${profilesBy('customer_id', 'profile_id')}) by_id ON by_id.profile_id = latest.customer_id
		LEFT JOIN (${profilesBy('email', 'profile_email')}) by_email ON by_email.profile_email = ${key}`;
}

function list(contacts: readonly ContactRole[]): Sql {
	return join(
		contacts.map((role) => id(role)),
		', '
	);
}

/** One row per loaded row of a source: the customer, the moment and each contact, NULL when empty. */
function contactsOf(source: SourceParams, contacts: readonly ContactRole[]): Sql {
	const values = contacts.map((role) => as(contactValue(source, role), role));
	return sql`
		SELECT r.customer_id, r.ordered_at, ${join(values, ', ')}
		FROM (${texts(source, contacts)}) t JOIN clean.rows r ON r.row = t.row
		WHERE r.source = ${source.id} AND r.reason IS NULL`;
}

function contactValue(source: SourceParams, role: ContactRole): Sql {
	if (hasRole(source, role)) return sql`nullif(trim(t.${id(`${role}_text`)}), '')`;
	return role === 'email'
		? sql`CASE WHEN contains(r.customer_id, '@') THEN r.customer_id END`
		: sql`NULL::VARCHAR`;
}
