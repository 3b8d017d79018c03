import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Engagement } from './engagement.sql.ts';
import { MOST_STEPS, pathSql, type JourneyScope } from './journeys.sql.ts';
import { BETWEEN } from './touches.sql.ts';

/** So many of the first moves of a path are counted; move 0 is the one from its first step to its last. */
export const MOST_MOVES = 3;

const TEXT = sql`array_to_string(path, ${BETWEEN})::VARCHAR`;

/** Orders of the customers before the as-of day: `idx`, `ordered_at`, `amount`. */
function soldSql({ asOf, customers }: JourneyScope): Sql {
	return sql`
		SELECT f.idx, o.ordered_at, o.amount
		FROM clean.orders o JOIN ${id(...customers)} f ON f.customer_id = o.customer_id
		WHERE NOT o.is_return AND o.ordered_at < ${asOf}`;
}

/** One row: all orders, those that a touch led to, and those of them whose path is longer than what is looked at. */
export function countOrders(scope: JourneyScope): Sql {
	return sql`
		SELECT (SELECT count(*) FROM (${soldSql(scope)}))::INTEGER AS orders,
			count(*)::INTEGER AS led, count_if(step_count > ${MOST_STEPS})::INTEGER AS long,
			count(DISTINCT idx)::INTEGER AS customers, count(DISTINCT path)::INTEGER AS paths
		FROM segment.journeys ORDER BY orders`;
}

/** The paths of most orders, of equal ones by name. */
export function listPaths(most: number): Sql {
	return sql`
		SELECT ${TEXT} AS path, count(*)::INTEGER AS orders, count(DISTINCT idx)::INTEGER AS customers,
			sum(amount)::DOUBLE AS revenue,
			median(greatest(0, epoch(ordered_at) - epoch(first_at)) / 86400)::DOUBLE AS days
		FROM segment.journeys GROUP BY segment.journeys.path ORDER BY orders DESC, path LIMIT ${most}`;
}

/** Orders by the number of steps; `MOST_STEPS` stands for that many or more. */
export function countSteps(): Sql {
	return sql`
		SELECT least(step_count, ${MOST_STEPS})::INTEGER AS steps, count(*)::INTEGER AS orders,
			count(DISTINCT idx)::INTEGER AS customers
		FROM segment.journeys GROUP BY 1 ORDER BY steps`;
}

/** One row per move and pair of channels; `target` NULL: the order. */
export function countMoves(): Sql {
	return sql`
		SELECT move::INTEGER AS move, source::VARCHAR AS source, target::VARCHAR AS target, count(*)::INTEGER AS orders,
			count(DISTINCT idx)::INTEGER AS customers
		FROM (${movesSql()})
		GROUP BY move, source, target ORDER BY move, orders DESC, source, target NULLS LAST`;
}

function movesSql(): Sql {
	return sql`
			SELECT idx, 0 AS move, path[1] AS source, path[-1] AS target FROM segment.journeys
			UNION ALL
			SELECT idx, m.move, path[m.move], path[m.move + 1]
			FROM segment.journeys, range(1, ${MOST_MOVES + 1}) m(move) WHERE len(path) >= m.move`;
}

/** What customers of each engagement bought in the days that count: means and deviations, of the sample. */
export function measureEngagement(scope: JourneyScope): Sql {
	return sql`
		WITH ${boughtStage(scope)}
		SELECT engagement::VARCHAR AS engagement, count(*)::INTEGER AS customers,
			avg(coalesce(orders, 0))::DOUBLE AS orders_mean, stddev_samp(coalesce(orders, 0))::DOUBLE AS orders_deviation,
			avg(coalesce(revenue, 0))::DOUBLE AS revenue_mean,
			stddev_samp(coalesce(revenue, 0))::DOUBLE AS revenue_deviation, sum(revenue)::DOUBLE AS revenue
		FROM segment.engagement LEFT JOIN bought USING (idx)
		GROUP BY engagement ORDER BY engagement`;
}

/** The sets of channels that most people are active in. */
export function listCombinations(scope: JourneyScope, most: number): Sql {
	return sql`
		WITH ${boughtStage(scope)}
		SELECT array_to_string(channels, ${BETWEEN})::VARCHAR AS channels, any_value(engagement)::VARCHAR AS engagement,
			count(*)::INTEGER AS customers, coalesce(sum(orders), 0)::INTEGER AS orders, sum(revenue)::DOUBLE AS revenue
		FROM segment.engagement LEFT JOIN bought USING (idx)
		WHERE engagement <> 'none'
		GROUP BY segment.engagement.channels ORDER BY customers DESC, channels LIMIT ${most}`;
}

/** What each customer bought at most `activeDays` before the as-of day; money is less credit notes. */
function boughtStage({ asOf, customers, journeys }: JourneyScope): Sql {
	return sql`bought AS (
			SELECT f.idx, count_if(NOT o.is_return) AS orders, sum(o.amount) AS revenue
			FROM clean.orders o JOIN ${id(...customers)} f ON f.customer_id = o.customer_id
			WHERE o.ordered_at < ${asOf} AND o.ordered_at >= ${asOf} - ${journeys.activeDays}::INTEGER
			GROUP BY f.idx
		)`;
}

/** One row: visits that tell no channel, clicks on messages, and those of them of which no channel is known. */
export function countUntold({ asOf }: JourneyScope): Sql {
	return sql`
		SELECT count_if(channel IS NULL AND store IS NULL)::INTEGER AS untold, count(*)::INTEGER AS events
		FROM clean.events WHERE happened_at < ${asOf} ORDER BY untold`;
}

/** Whose orders or channels are asked for; channels as they are compared. */
export type JourneyFilter =
	/** With an order that this path led to. */
	| { readonly kind: 'path'; readonly path: readonly string[] }
	/** With an order that nothing is known to have led to. */
	| { readonly kind: 'untouched' }
	/** With an order after so many steps; `MOST_STEPS`: or more. */
	| { readonly kind: 'steps'; readonly steps: number }
	/** With an order whose path has this move; `to` null: the order. */
	| { readonly kind: 'move'; readonly move: number; readonly from: string; readonly to: string | null }
	| { readonly kind: 'engagement'; readonly engagement: Engagement }
	/** Active in just these channels. */
	| { readonly kind: 'channels'; readonly channels: readonly string[] };

/** The ids of people, in the order of customers. */
export function listPeople(filter: JourneyFilter, scope: JourneyScope): Sql {
	return sql`
		SELECT customer_id::VARCHAR AS customer_id FROM ${id(...scope.customers)}
		WHERE idx IN (${rowsOf(filter, scope)}) ORDER BY idx`;
}

function rowsOf(filter: JourneyFilter, scope: JourneyScope): Sql {
	switch (filter.kind) {
		case 'path':
			return sql`SELECT idx FROM segment.journeys WHERE path = ${pathSql(filter.path)}`;
		case 'untouched':
			return sql`
				SELECT s.idx FROM (SELECT idx, count(*) AS orders FROM (${soldSql(scope)}) GROUP BY idx) s
					LEFT JOIN (SELECT idx, count(*) AS led FROM segment.journeys GROUP BY idx) l ON l.idx = s.idx
				WHERE s.orders > coalesce(l.led, 0)`;
		case 'steps':
			return sql`SELECT idx FROM segment.journeys WHERE least(step_count, ${MOST_STEPS}) = ${filter.steps}`;
		case 'move': {
			const target = filter.to === null ? sql`target IS NULL` : sql`target = ${filter.to}`;
			return sql`SELECT idx FROM (${movesSql()}) WHERE move = ${filter.move} AND source = ${filter.from} AND ${target}`;
		}
		case 'engagement':
			return sql`SELECT idx FROM segment.engagement WHERE engagement = ${filter.engagement}`;
		case 'channels': {
			const channels = join(
				filter.channels.map((channel) => sql`${channel}`),
				', '
			);
			return sql`SELECT idx FROM segment.engagement WHERE channels = [${channels}]::VARCHAR[]`;
		}
	}
}
