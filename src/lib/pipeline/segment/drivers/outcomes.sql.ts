import type { Day } from '#lib/core/days.ts';
import { day, id, sql, type Sql } from '#lib/engine/sql.ts';
import type { LookBack } from './schema.ts';

/** Features of the day of a look back. */
export const DRIVERS = ['features', 'drivers'] as const;

/**
 * What people did in the days of a look back, one row per customer of `features.drivers`, by `idx`: `bought` 0 or 1;
 * `spent`, what they paid less what came back; `clicked` 0 or 1.
 */
export function selectOutcomes({ day: from, until }: LookBack): Sql {
	return sql`
		WITH ordered AS (
			SELECT customer_id, count_if(NOT is_return) > 0 AS bought, sum(amount) AS spent
			FROM clean.orders WHERE ordered_at >= ${day(from)} AND ordered_at < ${day(until)} GROUP BY customer_id
		),
		messaged AS (
			SELECT customer_id, bool_or(action = 'clicked') AS clicked
			FROM clean.sends
			WHERE sent_at >= ${day(from)} AND sent_at < ${day(until)} AND customer_id IS NOT NULL
			GROUP BY customer_id
		)
		SELECT coalesce(ordered.bought, false)::DOUBLE AS bought,
			coalesce(ordered.spent, 0)::DOUBLE AS spent,
			coalesce(messaged.clicked, false)::DOUBLE AS clicked
		FROM features.drivers people
		LEFT JOIN ordered USING (customer_id) LEFT JOIN messaged USING (customer_id)
		ORDER BY people.idx`;
}

/** Leaves only those in `features.drivers` who were sent a message in the days of a look back: nobody else can click. */
export function keepMessaged({ day: from, until }: LookBack): Sql {
	return sql`
		DELETE FROM features.drivers WHERE customer_id NOT IN (
			SELECT customer_id FROM clean.sends
			WHERE sent_at >= ${day(from)} AND sent_at < ${day(until)} AND customer_id IS NOT NULL)`;
}

/** The day of the last message before a day. One row. */
export function selectLastSend(before: Day): Sql {
	return sql`
		SELECT max(sent_at)::DATE::VARCHAR AS last_send FROM clean.sends
		WHERE customer_id IS NOT NULL AND sent_at < ${day(before)} ORDER BY 1`;
}

/** The customers whose feature lies between two values, or who have none: their ids, in the order of `idx`. */
export function selectPeople(feature: string, from: number | null, to: number | null): Sql {
	const condition =
		from === null || to === null
			? sql`${id(feature)} IS NULL`
			: sql`${id(feature)} BETWEEN ${from} AND ${to}`;
	return sql`SELECT customer_id::VARCHAR AS customer_id FROM features.drivers WHERE ${condition} ORDER BY idx`;
}
