import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { fixedRoles } from './facts.ts';
import { lowercaseEmailIds } from './operations/lowercase-email-ids.ts';
import { texts } from './rows.sql.ts';
import type { CleanResult } from './schema.ts';
import { hasRole, type SourceContext } from './source.ts';

const CONTACT_ROLES = ['country', 'email', 'name', 'first_name', 'last_name', 'phone'] as const;

export type ContactRole = CleanResult['contactRoles'][number];

/** Contact roles that any source has, in the order of ROLES; the email also where customers are named by theirs. */
export function contactRoles(contexts: readonly SourceContext[]): ContactRole[] {
	return CONTACT_ROLES.filter((role) =>
		contexts.some(
			(context) => hasRole(context.source, role) || (role === 'email' && customersAreEmails(context))
		)
	);
}

function customersAreEmails({ facts }: SourceContext): boolean {
	return fixedRoles(lowercaseEmailIds, facts).includes('customer');
}

/**
 * `clean.contacts`: per customer, the latest value of each contact in the loaded rows; of two at the same moment the
 * greater text, so that the answer never hangs on the order of work. Columns: customer_id and the contacts.
 */
export function createContacts(sources: readonly SourceParams[], contacts: readonly ContactRole[]): Sql {
	const all = join(
		contacts.map((role) => id(role)),
		', '
	);
	const latest = contacts.map((role) =>
		as(
			sql`arg_max(${id(role)}, {'at': last_at, 'value': ${id(role)}}) FILTER (WHERE ${id(role)} IS NOT NULL)`,
			role
		)
	);
	return sql`
		CREATE OR REPLACE TABLE clean.contacts AS
		WITH found AS (
			${join(
				sources.map((source) => contactsOf(source, contacts)),
				' UNION ALL '
			)}
		)
		SELECT customer_id, ${join(latest, ', ')}
		FROM (SELECT customer_id, ${all}, max(ordered_at) AS last_at FROM found GROUP BY customer_id, ${all})
		GROUP BY customer_id`;
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
