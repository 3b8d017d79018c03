import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { fixedRoles } from './facts.ts';
import { lowercaseEmailIds } from './operations/lowercase-email-ids.ts';
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

/** One contact of a row, NULL when empty. Over the columns of `ruled` in `rows.sql.ts`. */
export function contactValue(context: SourceContext, role: ContactRole): Sql {
	if (hasRole(context.source, role)) return sql`nullif(trim(${id(`${role}_text`)}), '')`;
	if (role === 'email' && customersAreEmails(context)) {
		return sql`CASE WHEN contains(customer_id, '@') THEN customer_id END`;
	}
	return sql`NULL`;
}

/**
 * Per customer, the latest value of each contact; of two at the same moment the greater text, so that the answer
 * never hangs on the order of work. Columns: customer_id and the contacts.
 */
export function latestContacts(contacts: readonly ContactRole[]): Sql {
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
		SELECT customer_id, ${join(latest, ', ')}
		FROM (
			SELECT customer_id, ${all}, max(ordered_at) AS last_at
			FROM clean.rows WHERE reason IS NULL GROUP BY customer_id, ${all}
		) GROUP BY customer_id`;
}

function customersAreEmails({ facts }: SourceContext): boolean {
	return fixedRoles(lowercaseEmailIds, facts).includes('customer');
}
