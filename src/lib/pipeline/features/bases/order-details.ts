import { sql } from '#lib/engine/sql.ts';
import type { FeatureBase } from './base.ts';

/**
 * Orders without credit notes, with what is said of them besides their money: `is_discounted` (a discount or a coupon), `discount`
 * (money taken off, NULL where none is told) and `is_refunded` (some of its money was given back).
 */
export const orderDetails: FeatureBase = {
	id: 'order_details',
	row: 'an order',
	sql: ({ asOf }) => sql`
		SELECT customer_id, coalesce(bool_or(coupon IS NOT NULL OR discount <> 0), false) AS is_discounted,
			CASE WHEN bool_or(is_order_discount) THEN max(abs(discount)) ELSE sum(abs(discount)) END AS discount,
			coalesce(bool_or(refund > 0), false) AS is_refunded
		FROM clean.order_details WHERE ordered_at < ${asOf} AND NOT is_return
		GROUP BY customer_id, order_id`
};
