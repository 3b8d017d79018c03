import { sql } from '#lib/engine/sql.ts';
import { RECENT_DAYS } from '../recent.ts';
import type { FeatureBase } from './base.ts';

/**
 * A row per campaign that a customer was sent: `delivered_count`, `opened_count` and `clicked_count` of its messages,
 * `recent_count` and `recent_click_count` of the last 90 days, and `clicked_at`, the last click. Several opens or clicks
 * count once for each message at most, and a click is an open. A file that lists only what came back has a message all
 * the same, and one without deliveries counts as delivered what did not bounce.
 */
export const messages: FeatureBase = {
	id: 'messages',
	row: 'a campaign that a customer was sent',
	sql: ({ asOf }) => sql`
		WITH told AS (
			SELECT customer_id, campaign,
				count_if(action = 'sent') AS sent, count_if(action = 'delivered') AS delivered,
				count_if(action = 'bounced') AS bounced, count_if(action = 'opened') AS opened,
				count_if(action = 'clicked') AS clicked, count_if(action = 'sent' AND is_recent) AS recent_sent,
				count_if(action = 'delivered' AND is_recent) AS recent_delivered,
				count_if(action = 'clicked' AND is_recent) AS recent_clicked,
				max(sent_at) FILTER (WHERE action = 'clicked') AS clicked_at
			FROM (SELECT *, sent_at >= ${asOf} - ${RECENT_DAYS}::INTEGER AS is_recent FROM clean.sends WHERE sent_at < ${asOf})
			GROUP BY customer_id, campaign
		),
		counted AS (
			SELECT *, CASE WHEN delivered > 0 THEN delivered
				WHEN opened + clicked > 0 THEN greatest(sent - bounced, 1) ELSE greatest(sent - bounced, 0) END AS delivered_count
			FROM told
		)
		SELECT customer_id, delivered_count, least(greatest(opened, clicked), delivered_count) AS opened_count,
			least(clicked, delivered_count) AS clicked_count, greatest(recent_sent, recent_delivered) AS recent_count,
			least(recent_clicked, delivered_count) AS recent_click_count, clicked_at
		FROM counted`
};
