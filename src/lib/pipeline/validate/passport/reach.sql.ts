import { addDays, type Day } from '#lib/core/days.ts';
import { day, join, sql, type Sql } from '#lib/engine/sql.ts';
import { AGREED } from '#lib/pipeline/clean/schema.ts';

/** Days within which an order counts for the baseline. */
export const BASELINE_DAYS = 30;

/**
 * Who each segment has and who can be written to. Rows by place: `customers`, `revenue` (0 without amounts), `with_contact`
 * (an email or phone number), `agreed` (to the channel that they can be reached by); both 0 before people are collected.
 */
export function countReach(members: readonly Sql[], hasAmount: boolean, hasPeople: boolean): Sql {
	const parts = members.map((each, place) => sql`SELECT ${place} AS place, idx FROM (${each})`);
	const revenue = hasAmount ? sql`coalesce(sum(f.monetary_total), 0)` : sql`0`;
	const reached = sql`
			count_if(p.email IS NOT NULL OR p.phone IS NOT NULL)::INTEGER AS with_contact,
			count_if(p.email IS NOT NULL AND coalesce(p.email_consent = ${AGREED}, FALSE)
				OR p.phone IS NOT NULL AND coalesce(p.sms_consent = ${AGREED}, FALSE))::INTEGER AS agreed`;
	const people = sql`LEFT JOIN clean.people p ON p.customer_id = f.customer_id`;
	return sql`
		SELECT m.place::INTEGER AS place, count(*)::INTEGER AS customers, ${revenue}::DOUBLE AS revenue,
			${hasPeople ? reached : sql`0::INTEGER AS with_contact, 0::INTEGER AS agreed`}
		FROM (${join(parts, ' UNION ALL ')}) m
		JOIN features.customers f USING (idx) ${hasPeople ? people : sql``}
		GROUP BY 1 ORDER BY 1`;
}

/** Whether anybody has a contact, and whether the files tell any consent. One row: `has_contacts`, `has_consents`. */
export function knowsContacts(): Sql {
	return sql`
		SELECT coalesce(bool_or(email IS NOT NULL OR phone IS NOT NULL), FALSE)::BOOLEAN AS has_contacts,
			coalesce(bool_or(email_consent IS NOT NULL OR sms_consent IS NOT NULL), FALSE)::BOOLEAN AS has_consents
		FROM clean.people ORDER BY 1`;
}

/**
 * Of the customers that were known 30 days before the as-of day, how many ordered in those days. One row: `customers`,
 * `buyers`.
 */
export function countBuyers(asOf: Day): Sql {
	const from = day(addDays(asOf, -BASELINE_DAYS));
	return sql`
		SELECT count(*)::INTEGER AS customers, count_if(did)::INTEGER AS buyers
		FROM (
			SELECT bool_or(ordered_at >= ${from} AND ordered_at < ${day(asOf)}) AS did
			FROM clean.orders WHERE NOT is_return
			GROUP BY customer_id HAVING min(ordered_at) < ${from}
		) ORDER BY 1`;
}
