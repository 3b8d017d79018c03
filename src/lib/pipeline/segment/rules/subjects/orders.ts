import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Subject, SubjectField } from './subject.ts';
import { askedColumns, type TableField } from '../table-subject.ts';

/** Fields of `clean.orders`. */
const OWN: readonly TableField[] = [
	{ id: 'amount', label: 'value of the order', type: 'number', unit: 'money', needs: ['amount'] },
	{ id: 'line_count', label: 'number of lines', type: 'number', unit: 'count', needs: [] },
	{
		id: 'item_count',
		label: 'number of items',
		type: 'number',
		unit: 'number',
		needs: ['quantity'],
		// Sums of decimals do not depend on the order of the rows.
		column: sql`item_count::DECIMAL(28,4)`
	}
];

/** Fields of `clean.order_details`, and how the rows of an order tell them. */
const TOLD: readonly (SubjectField & { readonly of: Sql })[] = [
	{
		id: 'is_discounted',
		label: 'any discount',
		type: 'flag',
		unit: 'flag',
		needs: ['discount_or_coupon'],
		of: sql`coalesce(bool_or(coupon IS NOT NULL OR discount <> 0), false)`
	},
	{
		id: 'discount',
		label: 'discount',
		type: 'number',
		unit: 'money',
		needs: ['discount'],
		of: sql`CASE WHEN bool_or(is_order_discount) THEN max(abs(discount)) ELSE sum(abs(discount)) END`
	},
	{ id: 'coupon', label: 'coupon', type: 'text', unit: 'text', needs: ['coupon'], of: sql`min(coupon)` },
	{
		id: 'channel',
		label: 'channel',
		type: 'text',
		unit: 'text',
		needs: ['order_channel_name'],
		of: sql`min(channel)`
	},
	{ id: 'store', label: 'store', type: 'text', unit: 'text', needs: ['order_store'], of: sql`min(store)` },
	{
		id: 'payment_method',
		label: 'payment method',
		type: 'text',
		unit: 'text',
		needs: ['payment_method'],
		of: sql`min(payment_method)`
	}
];

/**
 * Orders, as in `clean.orders` and `clean.order_details`, without credit notes. What the rows of an order tell differently is
 * the first of the texts.
 */
export const orders: Subject = {
	id: 'orders',
	one: 'order',
	many: 'orders',
	verb: 'placed',
	notVerb: 'did not place',
	needs: [],
	fields: [...OWN, ...TOLD],
	// Shorter numbers come first, so that order 9 stands before order 10.
	sql: (asked, asOf) => sql`
		SELECT customer_id, ordered_at AS at, lpad(order_id, greatest(length(order_id), 24)::INTEGER, ' ') AS record
			${askedColumns(OWN, asked)}${askedColumns(TOLD, asked)}
		FROM clean.orders ${joinDetails(asked, asOf)}
		WHERE customer_id IS NOT NULL AND NOT is_return AND ordered_at < ${asOf}`
};

/** What is told of orders, one row for each; nothing where it is not asked for. */
function joinDetails(asked: readonly string[], asOf: Sql): Sql {
	const told = TOLD.filter((field) => asked.includes(field.id));
	if (told.length === 0) return sql``;
	const columns = told.map((field) => as(field.of, field.id));
	return sql`LEFT JOIN (
			SELECT customer_id, order_id, ${join(columns, ', ')} FROM clean.order_details
			WHERE ordered_at < ${asOf} AND NOT is_return GROUP BY customer_id, order_id
		) d USING (customer_id, ${id('order_id')})`;
}
