import { sql, type Sql } from '#lib/engine/sql.ts';
import { andIn, type Part } from './parts.sql.ts';

/** Prefixes of postcodes shorter than this are not looked up: one character covers half a country. */
const SHORTEST_PREFIX = 2;

/**
 * One row per person of a part with a `home_store`: where most orders and visits were, of two the one that was there last.
 * An order counts once for a store, and so does a visit, whose events share a session. `found` is a table or stage of
 * `foundRecords`, null where no orders file tells a store.
 */
export function homeStores(found: Sql | null, part: Part): Sql {
	const orders =
		found === null
			? sql``
			: sql`
				SELECT customer_id, store, max(last_at) AS said_at FROM ${found}
				WHERE store IS NOT NULL AND order_key IS NOT NULL${andIn(part)}
				GROUP BY customer_id, store, order_key
				UNION ALL`;
	return sql`
		SELECT customer_id, arg_max(store, {'count': count, 'said_at': said_at, 'store': store}) AS home_store
		FROM (
			SELECT customer_id, store, count(*) AS count, max(said_at) AS said_at
			FROM (${orders}
				SELECT customer_id, store, max(happened_at) AS said_at FROM clean.events
				WHERE store IS NOT NULL${andIn(part)}
				GROUP BY customer_id, store, coalesce(session_id, source || ':' || row)
			) GROUP BY customer_id, store
		) GROUP BY customer_id`;
}

/** One row per person of a part with a `home_channel`: that of most orders, of two the later, in lower case. */
export function homeChannels(found: Sql, part: Part): Sql {
	return sql`
		SELECT customer_id, arg_max(channel, {'count': count, 'said_at': said_at, 'channel': channel}) AS home_channel
		FROM (
			SELECT customer_id, channel, count(*) AS count, max(said_at) AS said_at
			FROM (
				SELECT customer_id, channel, max(last_at) AS said_at FROM ${found}
				WHERE channel IS NOT NULL AND order_key IS NOT NULL${andIn(part)}
				GROUP BY customer_id, channel, order_key
			) GROUP BY customer_id, channel
		) GROUP BY customer_id`;
}

/** A postcode or country as tables are compared: letters and digits, in upper case; NULL when there are none. */
export function placeKey(text: Sql): Sql {
	return sql`nullif(regexp_replace(upper(${text}), ${String.raw`[^\p{L}\p{N}]`}, '', 'g'), '')`;
}

/**
 * One row per postcode and country of the people in a table or stage: `code` and `land` by `placeKey`, and the `region`,
 * else city, that the postcode tables have for it. The whole postcode comes first, then its longest prefix. The country
 * must be the same where both tell one; a postcode that is in several regions for want of a country has none.
 */
export function regionsOfPostcodes(people: Sql): Sql {
	return sql`
		WITH wanted AS (
			SELECT DISTINCT ${placeKey(sql`postcode`)} AS code, ${placeKey(sql`country`)} AS land FROM ${people}
		),
		places AS (
			SELECT ${placeKey(sql`postcode`)} AS code, ${placeKey(sql`country`)} AS land,
				arg_max(coalesce(region, city), {'length': length(source), 'source': source, 'row': -row}) AS region
			FROM clean.places GROUP BY ALL
		),
		cuts AS (
			SELECT code, land, unnest(range(least(length(code), ${SHORTEST_PREFIX}), length(code) + 1)) AS size
			FROM wanted WHERE code IS NOT NULL
		),
		matches AS (
			SELECT c.code, c.land, c.size, p.land IS NOT NULL AND c.land IS NOT NULL AS is_told,
				CASE WHEN min(p.region) = max(p.region) THEN min(p.region) END AS region
			FROM cuts c JOIN places p ON p.code = left(c.code, c.size)
			WHERE p.land IS NULL OR c.land IS NULL OR p.land = c.land
			GROUP BY ALL
		)
		SELECT code, land, nullif(max({'size': size, 'is_told': is_told, 'region': coalesce(region, '')}).region, '') AS region
		FROM matches GROUP BY code, land`;
}
