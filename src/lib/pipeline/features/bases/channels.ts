import { as, sql } from '#lib/engine/sql.ts';
import { PLACES } from '../places.ts';
import { kindOf } from '../words.sql.ts';
import type { FeatureBase } from './base.ts';

/** The name of a channel as it is compared; where a file names a store alone, it is the store. */
export const CHANNEL = sql`coalesce(lower(channel), CASE WHEN store IS NOT NULL THEN 'store' END)`;

/**
 * A row per channel of a customer, NULL for what no channel is known of: `order_count`, `click_count` (of messages),
 * `act_count` (orders, events and clicks), `last_order_at`, `last_click_at`, and `place` by `PLACES`. An order counts once,
 * whatever its rows.
 */
export const channels: FeatureBase = {
	id: 'channels',
	row: 'a channel that a customer used',
	sql: ({ asOf }) => sql`
		WITH used AS (
			SELECT customer_id, max(${CHANNEL}) AS channel, 1 AS order_count, 0 AS click_count, max(ordered_at) AS used_at
			FROM clean.order_details WHERE ordered_at < ${asOf} AND NOT is_return
			GROUP BY customer_id, source, order_id
			UNION ALL
			SELECT customer_id, ${as(CHANNEL, 'channel')}, 0, 0, max(happened_at)
			FROM clean.events WHERE happened_at < ${asOf} AND (channel IS NOT NULL OR store IS NOT NULL)
			GROUP BY customer_id, 2
			UNION ALL
			SELECT customer_id, lower(channel), 0, count(*), max(sent_at)
			FROM clean.sends WHERE sent_at < ${asOf} AND action = 'clicked'
			GROUP BY customer_id, 2
		),
		shared AS (
			SELECT customer_id, channel, sum(order_count) AS order_count, sum(click_count) AS click_count,
				max(used_at) FILTER (WHERE order_count > 0) AS last_order_at,
				max(used_at) FILTER (WHERE click_count > 0) AS last_click_at
			FROM used GROUP BY customer_id, channel
		),
		places AS (
			SELECT channel, ${as(kindOf(sql`channel`, PLACES), 'place')} FROM (SELECT DISTINCT channel FROM shared)
		)
		SELECT shared.*, place FROM shared LEFT JOIN places USING (channel)`
};
