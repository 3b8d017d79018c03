import { sql } from '#lib/engine/sql.ts';
import type { FeatureBase } from './base.ts';

/** Orders and credit notes (`is_return`), as in `clean.orders`. */
export const orders: FeatureBase = {
	id: 'orders',
	row: 'an order or a credit note',
	sql: ({ asOf }) => sql`
		SELECT customer_id, ordered_at, amount, line_count, item_count, is_return
		FROM clean.orders WHERE ordered_at < ${asOf}`
};
