import { id, sql, type Sql } from '#lib/engine/sql.ts';
import type { ENGAGEMENTS } from '../rules/schema.ts';
import type { JourneyScope } from './journeys.sql.ts';
import { NO_VISITS, orderChannelsSql, touchesSql } from './touches.sql.ts';

/** In how many channels somebody is active. */
export type Engagement = (typeof ENGAGEMENTS)[number];

/**
 * A SELECT of the channels that customers are active in: `customer_id` and `channel`, once each. Active: an order, a visit or a
 * click there at most `activeDays` days before the as-of day.
 */
export function activeChannelsSql({ asOf, journeys }: Pick<JourneyScope, 'asOf' | 'journeys'>): Sql {
	const since = sql`${asOf} - ${journeys.activeDays}::INTEGER`;
	return sql`
		SELECT customer_id, channel FROM (${touchesSql(asOf, NO_VISITS)}) WHERE touched_at >= ${since}
		UNION
		SELECT customer_id, channel FROM (${orderChannelsSql(asOf)})
		WHERE ordered_at >= ${since} AND customer_id IS NOT NULL`;
}

/**
 * A SELECT with a row for every customer: `idx`, `channels` VARCHAR[] (those active in, by name) and `engagement`: `omni` of
 * `omniChannels` or more, `single` of fewer, `none`.
 */
export function engagementSql(scope: JourneyScope): Sql {
	return sql`
		WITH used AS (
			SELECT customer_id, list_sort(list(channel)) AS channels
			FROM (${activeChannelsSql(scope)}) GROUP BY customer_id
		)
		SELECT f.idx, coalesce(u.channels, []) AS channels,
			CASE WHEN u.channels IS NULL THEN 'none' WHEN len(u.channels) >= ${scope.journeys.omniChannels} THEN 'omni'
				ELSE 'single' END AS engagement
		FROM ${id(...scope.customers)} f LEFT JOIN used u ON u.customer_id = f.customer_id`;
}
