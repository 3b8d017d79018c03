import { list, sql, type Sql } from '#lib/engine/sql.ts';
import { eventKind } from '#lib/pipeline/features/behaviour.ts';
import { CHANNEL } from '#lib/pipeline/features/bases/channels.ts';

/** The channel of a click on a message of which no file tells one. */
export const MESSAGE_CHANNEL = 'message';

/** Stands between the channels of a path where it crosses the border as one text; no name of a channel has it. */
export const BETWEEN = '\u001f';

/** Events that are nobody's visit: messages that came in, or were shown to be opened. */
export const NO_VISITS = ['message', 'open'] as const;

/** The name of a channel of a row, as channels are compared: in small letters, a store without a channel as `store`. */
const CHANNEL_KEY = sql`translate(${CHANNEL}, chr(0) || chr(31), '  ')`;

/** A name of a channel as it is compared. */
export function channelKey(name: string): string {
	return name.trim().toLowerCase();
}

/**
 * A SELECT of what people did in a channel that is known, besides orders: `customer_id`, `touched_at`, `channel`. Events of
 * the kinds left out, and those without a channel and a store, are none. A click on a message has the channel of its row,
 * else the one of its campaign, else `MESSAGE_CHANNEL`. Names of channels and events are judged once each.
 */
export function touchesSql(asOf: Sql, leftOut: readonly string[]): Sql {
	const place = sql`coalesce(channel, CASE WHEN store IS NOT NULL THEN 'store' END)`;
	return sql`
		SELECT e.customer_id, e.happened_at AS touched_at, p.channel
		FROM (SELECT customer_id, happened_at, coalesce(event, '') AS event, ${place} AS place FROM clean.events) e
			JOIN (
				SELECT place, ${plainChannel(sql`place`)} AS channel
				FROM (SELECT unnest(list(DISTINCT ${place})) AS place FROM clean.events)
			) p ON p.place = e.place
			JOIN (
				SELECT event FROM (SELECT unnest(list(DISTINCT coalesce(event, ''))) AS event FROM clean.events)
				WHERE ${eventKind(sql`event`)} NOT IN ${list(leftOut)}
			) k ON k.event = e.event
		WHERE e.happened_at < ${asOf} AND e.customer_id IS NOT NULL
		UNION ALL
		${clicksSql(asOf)}`;
}

/** Names of channels are compared in small letters; what could part a path is taken out. */
function plainChannel(name: Sql): Sql {
	return sql`translate(lower(${name}), chr(0) || chr(31), '  ')`;
}

/** A campaign that its file gives two channels tells none. */
function clicksSql(asOf: Sql): Sql {
	return sql`
		SELECT s.customer_id, s.sent_at,
			coalesce(${plainChannel(sql`s.channel`)}, c.channel, ${MESSAGE_CHANNEL})
		FROM clean.sends s
			LEFT JOIN (
				SELECT lower(campaign) AS campaign, ${plainChannel(sql`any_value(channel)`)} AS channel
				FROM clean.campaigns WHERE channel IS NOT NULL AND (starts_on < ${asOf} OR starts_on IS NULL)
				GROUP BY lower(campaign) HAVING count(DISTINCT lower(channel)) = 1
			) c ON c.campaign = lower(s.campaign)
		WHERE s.sent_at < ${asOf} AND s.action = 'clicked' AND s.customer_id IS NOT NULL`;
}

/** A SELECT of the rows of orders that name a channel: `customer_id`, `order_id`, `ordered_at`, `channel`. */
export function orderChannelsSql(asOf: Sql): Sql {
	return sql`
		SELECT customer_id, order_id, ordered_at, ${CHANNEL_KEY} AS channel
		FROM clean.order_details
		WHERE ordered_at < ${asOf} AND NOT is_return AND (channel IS NOT NULL OR store IS NOT NULL)`;
}

/** One row per channel: `channel` as it is compared, and `name` as it is written most often, of equal ones the first. */
export function channelNamesSql(asOf: Sql): Sql {
	return sql`
		WITH written AS (
			SELECT coalesce(channel, CASE WHEN store IS NOT NULL THEN 'Store' END) AS name
			FROM clean.order_details WHERE ordered_at < ${asOf} AND NOT is_return
			UNION ALL
			SELECT coalesce(channel, CASE WHEN store IS NOT NULL THEN 'Store' END)
			FROM clean.events WHERE happened_at < ${asOf}
			UNION ALL
			SELECT channel FROM clean.sends WHERE sent_at < ${asOf} AND action = 'clicked'
			UNION ALL
			SELECT channel FROM clean.campaigns WHERE starts_on < ${asOf} OR starts_on IS NULL
		),
		counted AS (
			SELECT translate(name, chr(0) || chr(31), '  ') AS name, count(*) AS rows_written
			FROM written WHERE name IS NOT NULL GROUP BY 1
		)
		SELECT lower(name)::VARCHAR AS channel, first(name ORDER BY rows_written DESC, name)::VARCHAR AS name
		FROM counted GROUP BY lower(name) ORDER BY channel`;
}
