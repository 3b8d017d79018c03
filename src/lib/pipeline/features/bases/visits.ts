import { as, sql, type Sql } from '#lib/engine/sql.ts';
import { decayed, eventKind, eventWeight } from '../behaviour.ts';
import { DEVICES, PLACES } from '../places.ts';
import { judgedTexts } from '../words.sql.ts';
import type { FeatureBase, FeatureScope } from './base.ts';

/**
 * What people did, a row per visit: the events of a customer that share a session, without one those of a day. Columns:
 * `is_visit` (false: nothing but messages that were opened or came in), `started_at`, `ended_at`, `days_ago` of the last
 * act (1: the day before `asOf`), `session_id`, `act_count`, `view_count`, `cart_count`, `is_bought` (an order on the day
 * of the last act or the next), `is_over` (that next day is over), `place` and `device` by `PLACES` and `DEVICES`, and
 * `points`, DECIMAL, of the behaviour score.
 */
export const visits: FeatureBase = {
	id: 'visits',
	row: 'a visit: the events of a session, or of a day',
	sql: (scope) => sql`
		WITH ${judged(scope)},
		acts AS (
			SELECT e.customer_id, e.happened_at, e.session_id, k.*,
				date_diff('day', e.happened_at, ${scope.asOf}::TIMESTAMP) AS days_ago,
				coalesce(p.kind, CASE WHEN e.store IS NOT NULL THEN 'store' END) AS place, d.kind AS device
			FROM clean.events e
				LEFT JOIN kinds k ON k.event = coalesce(e.event, '')
				LEFT JOIN places p ON p.channel = e.channel
				LEFT JOIN devices d ON d.device = e.device
			WHERE e.happened_at < ${scope.asOf}
		),
		visited AS (
			SELECT customer_id, session_id, bool_or(is_visit) AS is_visit,
				min(happened_at) AS started_at, max(happened_at) AS ended_at, min(days_ago) AS days_ago, count(*) AS act_count,
				count_if(is_view) AS view_count, count_if(is_cart) AS cart_count, bool_or(is_purchase) AS has_purchase,
				max(place) AS place, max(device) AS device, sum(${decayed(sql`weight`, sql`days_ago`, scope.params)}) AS points
			FROM acts
			GROUP BY customer_id, session_id, CASE WHEN session_id IS NULL THEN happened_at::DATE END
		),
		bought AS (${boughtVisits(scope)})
		SELECT v.*, v.has_purchase OR b.customer_id IS NOT NULL AS is_bought, v.days_ago > 1 AS is_over
		FROM visited v LEFT JOIN bought b ON b.customer_id = v.customer_id AND b.days_ago = v.days_ago`
};

/** How many days before `asOf` the events of the files begin. */
export function reachDays(asOf: Sql): Sql {
	return sql`(SELECT date_diff('day', min(happened_at), ${asOf}::TIMESTAMP) FROM clean.events)`;
}

/** The stages `kinds`, `places` and `devices`: what the texts of events mean, each judged once. */
function judged({ params }: FeatureScope): Sql {
	return sql`named AS (
			SELECT event, ${as(eventKind(sql`event`), 'kind')}
			FROM (SELECT DISTINCT coalesce(event, '') AS event FROM clean.events)
		),
		kinds AS (
			SELECT event, kind NOT IN ('message', 'open') AS is_visit, kind = 'view' AS is_view, kind = 'cart' AS is_cart,
				kind = 'purchase' AS is_purchase, ${as(eventWeight(sql`event`, sql`kind`, params), 'weight')}
			FROM named
		),
		places AS (${judgedTexts('events', 'channel', PLACES)}),
		devices AS (${judgedTexts('events', 'device', DEVICES)})`;
}

/** The customers and days of `visited` after which an order is theirs: one of the same day or of the next. */
function boughtVisits({ asOf }: FeatureScope): Sql {
	return sql`
			SELECT DISTINCT v.customer_id, v.days_ago
			FROM (
				SELECT DISTINCT customer_id, days_ago, days_ago - later.days AS order_days_ago
				FROM visited, (VALUES (0), (1)) later(days)
			) v
			JOIN clean.orders o ON o.customer_id = v.customer_id
				AND date_diff('day', o.ordered_at, ${asOf}::TIMESTAMP) = v.order_days_ago
			WHERE o.ordered_at < ${asOf} AND NOT o.is_return`;
}
