import { id, join, list, sql, type Sql } from '#lib/engine/sql.ts';
import type { FeatureTableName } from '#lib/pipeline/features/step.ts';
import { hasTime } from '#lib/pipeline/features/time-of-day.sql.ts';
import type { JourneyParams } from './schema.ts';
import { channelKey, NO_VISITS, orderChannelsSql, touchesSql } from './touches.sql.ts';

/** What journeys are looked at for: the customers of a day, and what is known before it. A `RuleScope` is one. */
export interface JourneyScope {
	/** A DATE: the start of the as-of day. */
	readonly asOf: Sql;
	readonly customers: FeatureTableName;
	readonly journeys: JourneyParams;
}

/** The last so many steps of a path are looked at. */
export const MOST_STEPS = 12;

/** An event that says that somebody bought is the order itself, which is no way to it. */
const NO_TOUCHES = [...NO_VISITS, 'purchase'];

/**
 * A SELECT of the orders that a touch led to: `idx`, `customer_id`, `order_id`, `ordered_at`, `amount`, `path` VARCHAR[]
 * (channels as they are compared, in the order of time and of equal times by name, those in a row once, the channel of
 * the order last, at most `MOST_STEPS`), `step_count` (all steps) and `first_at` (the first touch).
 *
 * A touch belongs to the first order of the person at its time or later, where that is at most `lookbackDays` days later.
 * An order without a time of day counts as placed at the end of its day. Of orders at one time the first by number has
 * the touches.
 *
 * With `path`, those whose path it cannot be may be left out.
 */
export function journeysSql(
	{ asOf, customers, journeys }: JourneyScope,
	path: readonly string[] | null = null
): Sql {
	const lookback = sql`to_hours(${journeys.lookbackDays * 24})`;
	// No span is longer, so that it lies in two of them at most.
	const stretch = (time: Sql) => sql`epoch_us(${time}) // ${(journeys.lookbackDays + 1) * 86_400_000_000}`;
	return sql`
		WITH sold AS (
			SELECT f.idx, o.customer_id, o.order_id, o.ordered_at, o.amount,
				CASE WHEN ${hasTime(sql`o.ordered_at`)} THEN o.ordered_at
					ELSE o.ordered_at + to_hours(24) - to_microseconds(1) END AS placed_at
			FROM clean.orders o JOIN ${id(...customers)} f ON f.customer_id = o.customer_id
			WHERE NOT o.is_return AND o.ordered_at < ${asOf}
		),
		spans AS (
			SELECT *, greatest(ordered_at - ${lookback}, to_microseconds(1)
				+ lag(placed_at) OVER (PARTITION BY idx ORDER BY placed_at, order_id, ordered_at, amount)) AS since
			FROM sold
		),
		-- Joined by stretches of time first: not every touch of a person is to be held against every order.
		stretched AS (
			SELECT *, ${stretch(sql`since`)} AS stretch FROM spans
			UNION ALL
			SELECT *, ${stretch(sql`placed_at`)} FROM spans WHERE ${stretch(sql`placed_at`)} > ${stretch(sql`since`)}
		),
		led AS MATERIALIZED (
			SELECT s.idx, s.placed_at, any_value(s.customer_id) AS customer_id, any_value(s.order_id) AS order_id,
				any_value(s.ordered_at) AS ordered_at, any_value(s.amount) AS amount, min(t.touched_at) AS first_at,
				list({'touched_at': t.touched_at, 'channel': t.channel}) AS touches
			FROM stretched s JOIN (${touchesSql(asOf, NO_TOUCHES)}) t ON t.customer_id = s.customer_id
				AND ${stretch(sql`t.touched_at`)} = s.stretch AND t.touched_at >= s.since AND t.touched_at <= s.placed_at
			GROUP BY s.idx, s.placed_at${path === null ? sql`` : onlyWithin(path)}
		),
		-- An order of another list with the same number has another time.
		told AS (
			SELECT led.idx, led.placed_at,
				coalesce(max(o.channel) FILTER (WHERE o.ordered_at = led.ordered_at), max(o.channel)) AS channel
			FROM led JOIN (${orderChannelsSql(asOf)}) o ON o.customer_id = led.customer_id AND o.order_id = led.order_id
			GROUP BY led.idx, led.placed_at
		),
		walked AS (
			SELECT led.*, list_transform(list_sort(led.touches), lambda touch: touch.channel)
				|| CASE WHEN told.channel IS NULL THEN [] ELSE [told.channel] END AS channels
			FROM led LEFT JOIN told ON told.idx = led.idx AND told.placed_at = led.placed_at
		),
		-- Each channel beside the one before it: a lambda that looked at the whole list would be slow for long ones.
		paired AS (
			SELECT *, list_zip(channels, [NULL::VARCHAR] || channels, true) AS pairs FROM walked
		),
		paths AS (
			SELECT *, list_transform(list_filter(pairs, lambda pair: pair[1] IS DISTINCT FROM pair[2]), lambda pair: pair[1])
				AS steps FROM paired
		)
		SELECT idx, customer_id, order_id, ordered_at, amount, steps[${-MOST_STEPS}:] AS path, len(steps) AS step_count,
			first_at
		FROM paths`;
}

/** All touches are in channels of a path; nothing of a path that may be the end of a longer one. */
function onlyWithin(path: readonly string[]): Sql {
	if (path.length >= MOST_STEPS) return sql``;
	return sql` HAVING bool_and(t.channel IN ${list(path.map(channelKey))})`;
}

/** The channels of a path as a VARCHAR[] that paths are compared with. */
export function pathSql(path: readonly string[]): Sql {
	const channels = path.map((channel) => sql`${channelKey(channel)}`);
	return sql`[${join(channels, ', ')}]::VARCHAR[]`;
}
