import { as, join, list, sql, type Sql } from '#lib/engine/sql.ts';
import { eventKind } from '#lib/pipeline/features/behaviour.ts';
import { hasTime } from '#lib/pipeline/features/time-of-day.sql.ts';
import { plainWords } from '#lib/pipeline/features/words.sql.ts';
import type { CartParams } from './schema.ts';

/** On which day carts are looked at, and by which parameters. */
export interface CartScope {
	/** A DATE: nothing on or after it is seen. */
	readonly asOf: Sql;
	readonly carts: CartParams;
}

/** Words of events that empty a whole cart; of some that a shop writes about a cart; and of what else can be taken back. */
const EMPTIES = '(clear|empt).*(cart|basket|bag|trolley)|(cart|basket|bag|trolley).*(clear|empt)';
const BY_SHOP = 'abandon|remind|recover|expire';
const ABOUT_CART = 'cart|basket|\\bbag\\b|trolley';
const ABOUT_OTHERS = 'wish|favou?rit|saved|order|refund|cancel|return|account|address';

/**
 * A SELECT with a row per person who filled a cart before the as-of day: `customer_id`, and of their newest cart
 *
 * - `cart_at` TIMESTAMP, the last act on it, and `bought_at`, the first order or purchase event since it was filled;
 * - `stage`: where it is at the start of the as-of day, and `due_at`, when the message of the stage is due or was: of an open
 *   cart that of the first stage, NULL where no message is due;
 * - `was_left` BOOLEAN: nothing was bought until `delayMinutes` after the last act, and that time is over. Of a purchase on the
 *   day of the cart that has no time nobody knows, and it is not said;
 * - `value` DECIMAL(18,4): of what is in it, NULL where nothing of it has a known value;
 * - `products` and `categories` VARCHAR[], in the order of letters, NULL where none is known.
 *
 * A cart is what was put in and taken out without an order or a purchase event in between. Going to the checkout is an act on
 * it. Who took everything out again, and bought nothing since, has no cart. A purchase without a time of day, at midnight, is one of the end of its day:
 * files of orders often have days alone, and who bought on the day of the cart is not to be reminded of it. So an order of
 * the morning also counts as that of a cart of the same afternoon, where the file does not tell them apart.
 *
 * The value of an event, where it is above 0, is that of all it puts in. What was taken out has the mean value of what was put in of the product.
 * Where the event has no value, the product counts with the median of its unit prices in orders; so does its category.
 *
 * With `stages`, only the carts at these are looked into.
 */
export function cartsSql(scope: CartScope, stages: readonly string[] | null = null): Sql {
	return sql`
		WITH ${stagedSql(scope, stages)},
		${itemsSql(sql`staged`)},
		${contentSql(scope.asOf)}
		SELECT s.customer_id, s.cart_at, s.bought_at, s.stage, s.due_at, s.was_left, c.value, c.products, c.categories
		FROM staged s JOIN content c ON c.customer_id = s.customer_id
		WHERE s.bought_at IS NOT NULL OR (c.pieces > 0 AND NOT s.is_emptied)`;
}

/**
 * A SELECT of the `customer_id` of those whose newest cart is at one of some stages, as `cartsSql` tells them. What is in a cart is
 * looked at only where something was taken out of it.
 */
export function peopleAtStages(scope: CartScope, stages: readonly string[]): Sql {
	return sql`
		WITH ${stagedSql(scope, stages)},
		${itemsSql(sql`(SELECT * FROM staged WHERE has_taken AND bought_at IS NULL AND NOT is_emptied)`)}
		SELECT customer_id FROM staged
		WHERE bought_at IS NOT NULL OR (NOT is_emptied
			AND (NOT has_taken OR customer_id IN (SELECT customer_id FROM items WHERE put_in > taken_out)))`;
}

/** The stage `staged`: the newest carts with their stage; of some stages alone where these are given. */
function stagedSql({ asOf, carts }: CartScope, stages: readonly string[] | null): Sql {
	return sql`${actsSql(asOf)},
		${newestSql()},
		staged AS MATERIALIZED (
			SELECT n.*, ${stageSql(carts, asOf)}, ${wasLeftSql(carts, asOf)} AS was_left
			FROM newest n${stages === null ? sql`` : sql` WHERE stage IN ${list(stages)}`}
		)`;
}

/**
 * The stages `kinds`: what an event of a name does about carts; `acts`: what was done, with `what`: `fill`, `take`, `go` (to the
 * checkout); and `partings`: what ends a cart, with `is_bought`.
 */
function actsSql(asOf: Sql): Sql {
	const words = plainWords(sql`event`);
	const takes = sql`regexp_matches(${words}, ${ABOUT_CART}) OR NOT regexp_matches(${words}, ${ABOUT_OTHERS})`;
	return sql`kinds AS MATERIALIZED (
			SELECT * FROM (
				SELECT event, CASE
						WHEN regexp_matches(${words}, ${BY_SHOP}) THEN NULL
						WHEN kind IN ('cart', 'removal') AND regexp_matches(${words}, ${EMPTIES}) THEN 'empty'
						WHEN kind = 'cart' THEN 'fill'
						WHEN kind = 'removal' AND (${takes}) THEN 'take'
						WHEN kind = 'checkout' THEN 'go'
						WHEN kind = 'purchase' THEN 'buy'
					END AS what
				FROM (
					SELECT event, ${as(eventKind(sql`event`), 'kind')}
					FROM (SELECT unnest(list(DISTINCT event)) AS event FROM clean.events)
				)
			) WHERE what IS NOT NULL
		),
		acts AS MATERIALIZED (
			SELECT e.customer_id, e.happened_at, k.what
			FROM clean.events e JOIN kinds k ON k.event = e.event
			WHERE e.customer_id IS NOT NULL AND e.happened_at < ${asOf}
		),
		partings AS (
			SELECT customer_id, happened_at, false AS is_bought FROM acts WHERE what = 'empty'
			UNION ALL
			SELECT customer_id, ${endOfDay(sql`happened_at`)}, true FROM acts WHERE what = 'buy'
			UNION ALL
			SELECT customer_id, ${endOfDay(sql`ordered_at`)}, true
			FROM clean.orders WHERE NOT is_return AND ordered_at < ${asOf}
		)`;
}

/** A time, or the end of its day where it has none. */
function endOfDay(time: Sql): Sql {
	return sql`CASE WHEN ${hasTime(time)} THEN ${time} ELSE ${time} + to_hours(24) - to_microseconds(1) END`;
}

/**
 * The stage `newest`: the last cart of each person. What parts two carts at the very time at which one is filled comes after it.
 */
function newestSql(): Sql {
	return sql`filled AS (
			SELECT customer_id, max(happened_at) AS filled_at FROM acts WHERE what = 'fill' GROUP BY customer_id
		),
		parted AS (
			SELECT f.customer_id, f.filled_at,
				max(p.happened_at) FILTER (WHERE p.happened_at < f.filled_at) AS begun_after,
				min(p.happened_at) FILTER (WHERE p.happened_at >= f.filled_at) AS ended_at,
				min(p.happened_at) FILTER (WHERE p.happened_at >= f.filled_at AND p.is_bought) AS bought_at,
				coalesce(bool_or(NOT p.is_bought AND p.happened_at >= f.filled_at), false) AS is_emptied
			FROM filled f LEFT JOIN partings p ON p.customer_id = f.customer_id
			GROUP BY f.customer_id, f.filled_at
		),
		newest AS (
			SELECT p.customer_id, greatest(any_value(p.filled_at), max(a.happened_at)) AS cart_at,
				any_value(p.begun_after) AS begun_after, any_value(p.ended_at) AS ended_at,
				any_value(p.bought_at) AS bought_at, bool_or(p.is_emptied) AS is_emptied,
				coalesce(bool_or(a.what = 'take'), false) AS has_taken
			FROM parted p LEFT JOIN (SELECT * FROM acts WHERE what IN ('take', 'go')) a ON a.customer_id = p.customer_id
				AND (p.begun_after IS NULL OR a.happened_at > p.begun_after)
				AND (p.ended_at IS NULL OR a.happened_at <= p.ended_at)
			GROUP BY p.customer_id
		)`;
}

/**
 * The stage `items`: what was put into some of the newest carts and taken out, by product. A cart with a product that is not named is
 * reckoned as one.
 */
function itemsSql(carts: Sql): Sql {
	const pieces = sql`abs(coalesce(nullif(quantity, 0), 1))`;
	return sql`cart_acts AS (
			SELECT n.customer_id, k.what, lower(trim(e.product)) AS item, e.product, e.category, e.quantity,
				CASE WHEN e.value > 0 THEN e.value END AS value,
				bool_and(e.product IS NOT NULL) OVER (PARTITION BY n.customer_id) AS is_named
			FROM clean.events e JOIN kinds k ON k.event = e.event AND k.what IN ('fill', 'take')
				JOIN ${carts} n ON n.customer_id = e.customer_id
					AND e.happened_at <= coalesce(n.ended_at, n.cart_at)
					AND (n.begun_after IS NULL OR e.happened_at > n.begun_after)
		),
		items AS (
			SELECT customer_id, CASE WHEN is_named THEN item ELSE '' END AS item,
				CASE WHEN any_value(is_named) THEN [min(product)] ELSE list(DISTINCT product) END AS products,
				list(DISTINCT category) FILTER (WHERE what = 'fill' AND category IS NOT NULL) AS categories,
				coalesce(sum(${pieces}) FILTER (WHERE what = 'fill'), 0) AS put_in,
				coalesce(sum(${pieces}) FILTER (WHERE what = 'take'), 0) AS taken_out,
				sum(value) FILTER (WHERE what = 'fill') AS value,
				sum(${pieces}) FILTER (WHERE what = 'fill' AND value IS NOT NULL) AS valued
			FROM cart_acts GROUP BY ALL
		)`;
}

/** The stage `content`: what is in each cart. */
function contentSql(asOf: Sql): Sql {
	return sql`lacking AS (SELECT DISTINCT item FROM items WHERE item <> '' AND (value IS NULL OR categories IS NULL)),
		known AS (
			SELECT l.item, median(o.unit_price)::DECIMAL(18,4) AS unit_price, min(o.category) AS category
			FROM (
				SELECT lower(trim(product)) AS item, unit_price, category FROM clean.order_lines
				WHERE NOT is_return AND ordered_at < ${asOf}
				UNION ALL
				SELECT lower(trim(sku)), unit_price, category FROM clean.order_lines
				WHERE NOT is_return AND ordered_at < ${asOf} AND lower(trim(sku)) IS DISTINCT FROM lower(trim(product))
			) o JOIN lacking l ON l.item = o.item
			GROUP BY l.item
		),
		remaining AS (
			SELECT i.customer_id, i.products,
				coalesce(i.categories, CASE WHEN k.category IS NOT NULL THEN [k.category] END) AS categories,
				greatest(put_in - taken_out, 0) AS pieces,
				CASE WHEN valued = pieces THEN i.value
					WHEN valued > 0 THEN round(i.value::DOUBLE * pieces::DOUBLE / valued::DOUBLE, 4)
					ELSE k.unit_price * pieces END::DECIMAL(18,4) AS value
			FROM items i LEFT JOIN known k ON k.item = i.item
		),
		content AS (
			SELECT customer_id, sum(pieces) AS pieces, sum(value) FILTER (WHERE pieces > 0)::DECIMAL(18,4) AS value,
				${wordsSql(sql`products`)} AS products, ${wordsSql(sql`categories`)} AS categories
			FROM remaining GROUP BY customer_id
		)`;
}

/** The different words of lists of what is still in a cart, in the order of letters; NULL where there is none. */
function wordsSql(lists: Sql): Sql {
	const all = sql`flatten(list(${lists}) FILTER (WHERE pieces > 0 AND ${lists} IS NOT NULL))`;
	return sql`nullif(list_sort(list_distinct(${all})), [])`;
}

/** The delay was over before anything was bought. */
function wasLeftSql({ delayMinutes }: CartParams, asOf: Sql): Sql {
	const limit = sql`n.cart_at + to_minutes(${delayMinutes})`;
	const isVague = sql`n.bought_at = ${endOfDay(sql`date_trunc('day', n.cart_at)`)}`;
	return sql`CASE WHEN n.bought_at IS NULL THEN ${limit} <= ${asOf} ELSE n.bought_at > ${limit} AND NOT ${isVague} END`;
}

/** `stage` and `due_at`. The first stage begins at the delay; each holds from its time on, which counts. */
function stageSql({ delayMinutes, stages, coldAfterDays, recentBuyerDays }: CartParams, asOf: Sql): Sql {
	const start = sql`${asOf}::TIMESTAMP`;
	const times = stages.map(({ id, afterMinutes }, i) => ({
		id,
		at: sql`n.cart_at + to_minutes(${i === 0 ? delayMinutes : afterMinutes})`
	}));
	const latestFirst = times.toReversed();
	const isBought = sql`n.bought_at IS NOT NULL`;
	const isOpen = sql`n.cart_at + to_minutes(${delayMinutes}) > ${start}`;
	const isCold = sql`n.cart_at + to_hours(${coldAfterDays * 24}) <= ${start}`;
	return sql`CASE
				WHEN n.bought_at >= ${start} - to_hours(${recentBuyerDays * 24}) THEN 'recent_buyer'
				WHEN ${isBought} THEN 'earlier_buyer'
				WHEN ${isOpen} THEN 'open'
				WHEN ${isCold} THEN 'cold'
				${join(
					latestFirst.map(({ id, at }) => sql`WHEN ${at} <= ${start} THEN ${id}`),
					'\n'
				)}
			END AS stage,
			CASE WHEN ${isBought} OR (${isCold} AND NOT ${isOpen}) THEN NULL
				WHEN ${isOpen} THEN ${times[0]?.at ?? sql`NULL`}
				${join(
					latestFirst.map(({ at }) => sql`WHEN ${at} <= ${start} THEN ${at}`),
					'\n'
				)}
			END AS due_at`;
}
