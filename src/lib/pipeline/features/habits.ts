import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { rowsOf, type FeatureBase } from './bases/base.ts';
import { orders } from './bases/orders.ts';
import { hasTime } from './time-of-day.sql.ts';

/*
 * When somebody buys, by a few orders alone, is mostly chance. So each customer has a Dirichlet prior with the shares of
 * everybody: ten orders more that are spread as all orders are (Gelman et al., Bayesian Data Analysis, §3.4). The expected
 * share of a weekday or an hour is then (own + 10 × share of everybody) ÷ (own orders + 10).
 */

/** How many orders the prior counts for. */
const STRENGTH = 10;
/** Larger than the number of moments of any kind. */
const PLACES = 32;
/** Expected orders are compared in nine decimals, so that equal ones are equal on every engine. */
const DECIMALS = 1_000_000_000;

/** Kinds of moments, of which an order has one. */
export interface Habit {
	/** How each is called. */
	readonly names: readonly string[];
	/**
	 * A row per moment in which a customer has bought, and one more for the moment that everybody prefers, which stands for
	 * all in which the customer has not: `order_count`, `expected` (own orders and those of the prior) and `standing`, largest
	 * for the moment with the largest expected share, the first of equals.
	 */
	readonly base: FeatureBase;
}

/** Monday to Sunday. */
export const WEEKDAYS = habitOf(
	'weekdays',
	'a weekday on which a customer bought, or that everybody prefers',
	['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
	sql`isodow(ordered_at) - 1`
);

/** Six hours each; orders without a time of day have none. */
export const DAYPARTS = habitOf(
	'dayparts',
	'a part of the day in which a customer bought, or that everybody prefers',
	['night', 'morning', 'afternoon', 'evening'],
	sql`hour(ordered_at) // 6`,
	hasTime(sql`ordered_at`)
);

/** 00:00 to 23:00; orders without a time of day have none. */
export const HOURS = habitOf(
	'hours',
	'an hour of the day in which a customer bought, or that everybody prefers',
	Array.from({ length: 24 }, (_, hour) => `${`${hour}`.padStart(2, '0')}:00`),
	sql`hour(ordered_at)`,
	hasTime(sql`ordered_at`)
);

/** The name of the moment with the largest expected share; the first of equals. */
export function preferredText({ names }: Habit): Sql {
	const branches = names.map((name, place) => sql`WHEN ${place} THEN ${name}`);
	return sql`CASE ${PLACES - 1} - max(standing) % ${PLACES} ${join(branches, '\n')} END`;
}

/** The largest expected share. */
export function preferredShare(): Sql {
	return sql`max(expected) / (sum(order_count) + ${STRENGTH})`;
}

function habitOf(name: string, row: string, names: readonly string[], place: Sql, isTold = sql`true`): Habit {
	return { names, base: { id: name, row, over: orders, sql: () => moments(place, isTold) } };
}

function moments(place: Sql, isTold: Sql): Sql {
	const standing = sql`(expected * ${DECIMALS})::BIGINT * ${PLACES} + ${PLACES - 1} - place`;
	return sql`
		WITH own AS (
			SELECT customer_id, ${as(place, 'place')}, count(*) AS order_count FROM ${rowsOf(orders)}
			WHERE NOT is_return AND customer_id IS NOT NULL AND ${isTold}
			GROUP BY customer_id, ${id('place')}
		),
		everybody AS (
			SELECT place, ${STRENGTH} * (sum(order_count)::DOUBLE / sum(sum(order_count)) OVER ()) AS prior
			FROM own GROUP BY place
		),
		expected AS (
			SELECT customer_id, place, order_count, order_count + prior AS expected FROM own JOIN everybody USING (place)
			UNION ALL
			SELECT customer_id, place, 0, prior
			FROM clean.customers, (SELECT * FROM everybody ORDER BY prior DESC, place LIMIT 1)
		)
		SELECT *, ${as(standing, 'standing')} FROM expected`;
}
