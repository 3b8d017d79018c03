import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { fixedRoles } from './facts.ts';
import { lowercaseEmailIds } from './operations/lowercase-email-ids.ts';
import type { CleanResult } from './schema.ts';
import { andIn, keyParts, rowParts, whereIn, workspaceFor, type CleanSizes, type Part } from './parts.sql.ts';
import { hasRole, type SourceContext } from './source.ts';
import type { CleanStatement } from './statement.ts';
import { texts } from './texts.sql.ts';

const CONTACT_ROLES = ['country', 'email', 'name', 'first_name', 'last_name', 'phone'] as const;

/** The table in which contacts of big files wait for the last one; dropped afterwards. */
export const FOUND_CONTACTS = 'contacts_found';

/** The memory that the latest contacts of a customer take while they are found, in rows that are read. */
const ROWS_PER_CUSTOMER = 4;

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
 * The statements for `clean.contacts`: per customer, the latest value of each contact in the loaded rows; of two at the same moment the
 * greater text, so that the answer never hangs on the order of work. Where the orders lack one, that of the profile with
 * the same customer id, else of the profile with the same email. Columns: customer_id and the contacts.
 */
export function contactStatements(
	sources: readonly SourceParams[],
	clean: Pick<CleanResult, 'sources' | 'rowsRead' | 'customers' | 'contactRoles'>,
	sizes: CleanSizes
): CleanStatement[] {
	const { contactRoles: contacts } = clean;
	if (contacts.length === 0) return [];
	const { database, partRows } = workspaceFor(clean.rowsRead, sizes);
	const orders = sources.filter(({ kind }) => kind === 'orders');
	const found = orders.flatMap((source) => {
		const rowCount = clean.sources.find(({ id: sourceId }) => sourceId === source.id)?.rowsRead ?? 0;
		return rowParts(rowCount, partRows).map((part) => contactsOf(source, contacts, part));
	});
	const people: People = { contacts, hasProfiles: sources.some(({ kind }) => kind === 'customers') };
	if (database === 'memory') {
		const content = sql`AS ${latestContacts(sql`(${join(found, ' UNION ALL ')})`, people, null)}`;
		return [{ database, table: 'contacts', content }];
	}
	const parts = keyParts(clean.customers, partRows / ROWS_PER_CUSTOMER, () => id('customer_id'));
	return packedStatements(found, people, parts);
}

/** The contacts that there are, and whether profiles may have what orders lack. */
interface People {
	readonly contacts: readonly ContactRole[];
	readonly hasProfiles: boolean;
}

/** For big files: what each part of them says waits in a table, then the latest is found for a part of the customers at a time. */
function packedStatements(
	found: readonly Sql[],
	people: People,
	customerParts: readonly Part[]
): CleanStatement[] {
	const { contacts } = people;
	const table = id('clean', FOUND_CONTACTS);
	const texts = join(
		contacts.map((role) => sql`${id(role)} VARCHAR`),
		', '
	);
	const waiting = sql`(customer_id VARCHAR, ${texts}, last_at TIMESTAMP)`;
	return [
		{ database: 'packed', table: FOUND_CONTACTS, content: waiting },
		...found.map((query) => sql`INSERT INTO ${table} ${grouped(sql`(${query})`, contacts, null)}`),
		{ database: 'packed', table: 'contacts', content: sql`(customer_id VARCHAR, ${texts})` },
		...customerParts.map((part) => sql`INSERT INTO clean.contacts ${latestContacts(table, people, part)}`)
	];
}

/** One row per customer of a part and the contacts seen together, with the last moment. */
function grouped(found: Sql, contacts: readonly ContactRole[], part: Part): Sql {
	const all = list(contacts);
	return sql`SELECT customer_id, ${all}, max(last_at) AS last_at FROM ${found}${whereIn(part)} GROUP BY customer_id, ${all}`;
}

/** The latest of the contacts that were found, per customer of a part. */
function latestContacts(found: Sql, { contacts, hasProfiles }: People, part: Part): Sql {
	const latest = contacts.map((role) =>
		as(
			sql`arg_max(${id(role)}, {'at': last_at, 'value': ${id(role)}}) FILTER (WHERE ${id(role)} IS NOT NULL)`,
			role
		)
	);
	return sql`
		WITH latest AS (
			SELECT customer_id, ${join(latest, ', ')}
			FROM (${grouped(found, contacts, part)})
			GROUP BY customer_id
		)
		${hasProfiles ? withProfiles(contacts, part) : sql`SELECT * FROM latest`}`;
}

/** The contacts of orders, which are those of a part of the customers, what they lack taken from profiles. Keys are compared as they are: no two people are guessed to be one. */
function withProfiles(contacts: readonly ContactRole[], part: Part): Sql {
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
	const profilesBy = (column: 'customer_id' | 'email', name: string, wanted: Part) => sql`
			SELECT ${id(column)} AS ${id(name)}, ${join(last, ', ')}
			FROM clean.profiles WHERE ${id(column)} IS NOT NULL${andIn(wanted)} GROUP BY ${id(column)}`;
	return sql`
		SELECT latest.customer_id, ${join(values, ', ')}
		FROM latest
		LEFT JOIN (${profilesBy('customer_id', 'profile_id', part)}) by_id ON by_id.profile_id = latest.customer_id
		LEFT JOIN (${profilesBy('email', 'profile_email', null)}) by_email ON by_email.profile_email = ${key}`;
}

function list(contacts: readonly ContactRole[]): Sql {
	return join(
		contacts.map((role) => id(role)),
		', '
	);
}

/** One row per loaded row in a part of a source: the customer, each contact, NULL when empty, and the moment. */
function contactsOf(source: SourceParams, contacts: readonly ContactRole[], part: Part): Sql {
	const values = contacts.map((role) => as(contactValue(source, role), role));
	return sql`
		SELECT r.customer_id, ${join(values, ', ')}, r.ordered_at AS last_at
		FROM (${texts(source, contacts, part)}) t JOIN clean.rows r ON r.row = t.row
		WHERE r.source = ${source.id} AND r.reason IS NULL${andIn(part, 'r')}`;
}

function contactValue(source: SourceParams, role: ContactRole): Sql {
	if (hasRole(source, role)) return sql`nullif(trim(t.${id(`${role}_text`)}), '')`;
	return role === 'email'
		? sql`CASE WHEN contains(r.customer_id, '@') THEN r.customer_id END`
		: sql`NULL::VARCHAR`;
}
