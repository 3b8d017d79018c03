import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { fixedRoles } from './facts.ts';
import { lowercaseEmailIds } from './operations/lowercase-email-ids.ts';
import type { CleanResult } from './schema.ts';
import { hasRole, type SourceContext } from './source.ts';

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

/** `clean.contacts`: the people with orders of `clean.people`, and the contacts that the files have. */
export function createContacts(contacts: readonly ContactRole[]): Sql {
	const columns = [id('customer_id'), ...contacts.map((role) => id(role))];
	return sql`CREATE OR REPLACE VIEW clean.contacts AS
		SELECT ${join(columns, ', ')} FROM clean.people WHERE has_orders`;
}
