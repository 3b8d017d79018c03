import { sql } from '#lib/engine/sql.ts';
import { isGivenBack, isWholeOrder } from '#lib/pipeline/clean/given-back.sql.ts';
import type { FeatureBase } from './base.ts';

/**
 * Credit notes, refunds on rows of their own and orders that were given back as a whole, whether the rules take them off or
 * set them aside; `is_whole_order`: an order that is none of the others, and is set aside.
 */
export const returns: FeatureBase = {
	id: 'returns',
	row: 'a credit note, or an order that was given back',
	sql: ({ asOf }) => sql`
		SELECT customer_id, bool_and(${isWholeOrder()}) AS is_whole_order
		FROM clean.rows WHERE ordered_at < ${asOf} AND ${isGivenBack()}
		GROUP BY customer_id, order_id`
};
