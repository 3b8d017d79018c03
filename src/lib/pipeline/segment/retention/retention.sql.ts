import type { Day } from '#lib/core/days.ts';
import { day, sql, type Sql } from '#lib/engine/sql.ts';
import type { RetentionBy } from './schema.ts';

/** Months are counted from year 0: 2011-03 is 2011 × 12 + 2. */
const MONTH = sql`(year(ordered_at) * 12 + month(ordered_at) - 1)::INTEGER`;

/**
 * Stages `monthly` (customer_id, key, first, month, bought, revenue: one row per customer and month with an order or a
 * credit note, and what came before the first order counts with its month) and `people` (customer_id, key, first).
 */
function stages(by: RetentionBy, asOf: Day): Sql {
	return sql`
		known AS (
			SELECT customer_id, ${MONTH} AS month, NOT is_return AS bought, amount
			FROM clean.orders WHERE ordered_at < ${day(asOf)}
		),
		firsts AS (
			SELECT customer_id, min(month) FILTER (WHERE bought) AS first FROM known GROUP BY customer_id
			HAVING count_if(bought) > 0
		),
		people AS (${keyed(by)}),
		monthly AS (
			SELECT people.customer_id, people.key, people.first, greatest(known.month, people.first) AS month,
				bool_or(known.bought) AS bought, sum(known.amount) AS revenue
			FROM known JOIN people ON people.customer_id = known.customer_id GROUP BY ALL
		)`;
}

function keyed(by: RetentionBy): Sql {
	if (by === 'month') return sql`SELECT customer_id, first::VARCHAR AS key, first FROM firsts`;
	const table = by === 'group' ? sql`segment.rfm` : sql`segment.members`;
	const key = by === 'group' ? sql`s.rfm_group` : sql`s.cluster::VARCHAR`;
	return sql`
		SELECT firsts.customer_id, ${key} AS key, firsts.first
		FROM firsts JOIN features.customers f ON f.customer_id = firsts.customer_id JOIN ${table} s ON s.idx = f.idx`;
}

/** One row per row of the table and month of the first order: how many customers began then. */
export function countBeginners(by: RetentionBy, asOf: Day): Sql {
	return sql`
		WITH ${stages(by, asOf)}
		SELECT key::VARCHAR AS key, first::INTEGER AS first, count(*)::INTEGER AS customers
		FROM people GROUP BY key, first ORDER BY key, first`;
}

/**
 * One row per row of the table and period in which somebody had an order or a credit note.
 * @param until months after this one, as MONTH counts them, are left out
 */
export function countReturns(by: RetentionBy, asOf: Day, until: number): Sql {
	return sql`
		WITH ${stages(by, asOf)}
		SELECT key::VARCHAR AS key, (month - first)::INTEGER AS period, count_if(bought)::INTEGER AS customers,
			sum(revenue)::DOUBLE AS revenue
		FROM monthly WHERE month <= ${until} GROUP BY key, month - first ORDER BY key, period`;
}

/** One row per customer who ordered in a cell, in the order of `features.customers`. */
export function selectReturned(
	by: RetentionBy,
	asOf: Day,
	{ key, period, until }: { readonly key: string; readonly period: number; readonly until: number }
): Sql {
	return sql`
		WITH ${stages(by, asOf)}
		SELECT f.customer_id::VARCHAR AS customer_id
		FROM monthly m JOIN features.customers f ON f.customer_id = m.customer_id
		WHERE m.key = ${key} AND m.month - m.first = ${period} AND m.bought AND m.month <= ${until}
		ORDER BY f.idx`;
}
