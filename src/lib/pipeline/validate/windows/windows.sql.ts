import type { Day } from '#lib/core/days.ts';
import { as, day as dayLiteral, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { TABLES } from '#lib/pipeline/segment/past/past.sql.ts';
import type { RfmAxis } from '#lib/pipeline/segment/schema.ts';

const { features: WINDOW, rfm: WINDOW_RFM, members: WINDOW_MEMBERS } = TABLES.window;

/**
 * One row per customer of the day, in its order: `now_idx`, whom they are today, the place of their group in the list of ids
 * then and now, and for each axis how far its score rose since.
 */
export function groupsOnBothDays(groups: readonly string[], axes: readonly RfmAxis[]): Sql {
	const ids = join(
		groups.map((group) => sql`${group}`),
		', '
	);
	const place = (of: Sql): Sql => sql`(list_position([${ids}], ${of}) - 1)::INTEGER`;
	const changes = axes.map((axis) => {
		const score = id(`${axis}_score`);
		return as(sql`(n.${score} - t.${score})::INTEGER`, `change_${axis}`);
	});
	return sql`
		SELECT f.idx::INTEGER AS now_idx, ${place(sql`t.rfm_group`)} AS group_then, ${place(sql`n.rfm_group`)} AS group_now,
			${join(changes, ', ')}
		FROM ${id(...WINDOW)} w JOIN ${id(...WINDOW_RFM)} t ON t.idx = w.idx
			JOIN features.customers f ON f.customer_id = w.customer_id JOIN segment.rfm n ON n.idx = f.idx
		ORDER BY w.idx`;
}

/** One row per customer of the day: their cluster by today's centres. */
export function clustersOfDay(): Sql {
	return sql`SELECT cluster::INTEGER AS cluster FROM ${id(...WINDOW_MEMBERS)} ORDER BY idx`;
}

/** One row per customer of today: their cluster. */
export function clustersOfToday(): Sql {
	return sql`SELECT cluster::INTEGER AS cluster FROM segment.members ORDER BY idx`;
}

/** One row per customer of the day: whether they ordered from one day until before another (0 or 1), and what they spent. */
export function deedsBetween(from: Day, until: Day): Sql {
	return sql`
		SELECT coalesce(bought, FALSE)::INTEGER AS bought, coalesce(spent, 0)::DOUBLE AS spent
		FROM ${id(...WINDOW)} LEFT JOIN (${deedsSql(from, until)}) USING (customer_id) ORDER BY idx`;
}

/** One row per customer with an order or credit note from one day until before another: whether they `bought`, and what they `spent`. */
export function deedsSql(from: Day, until: Day): Sql {
	return sql`
		SELECT customer_id, count_if(NOT is_return) > 0 AS bought, sum(amount) AS spent FROM clean.orders
		WHERE ordered_at >= ${dayLiteral(from)} AND ordered_at < ${dayLiteral(until)} GROUP BY customer_id`;
}

/** The ids of customers of today, in their order. */
export function customerIds(): Sql {
	return sql`SELECT customer_id::VARCHAR AS customer_id FROM features.customers ORDER BY idx`;
}

/** One row per customer of the day: whom they are today. */
export function peopleOfToday(): Sql {
	return sql`
		SELECT f.idx::INTEGER AS idx
		FROM ${id(...WINDOW)} w JOIN features.customers f ON f.customer_id = w.customer_id ORDER BY w.idx`;
}
