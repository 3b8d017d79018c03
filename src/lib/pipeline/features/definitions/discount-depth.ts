import { sql } from '#lib/engine/sql.ts';
import { orderDetails } from '../bases/order-details.ts';
import { orders } from '../bases/orders.ts';
import { numberPart, type FeatureDefinition } from './definition.ts';

const discountTotal = numberPart('discount_total', orderDetails, () => sql`sum(discount)`);
const orderValueTotal = numberPart(
	'order_value_total',
	orders,
	() => sql`sum(amount) FILTER (WHERE NOT is_return)`
);

export const discountDepth: FeatureDefinition = {
	id: 'discount_depth',
	label: 'Depth of discounts',
	family: 'money',
	unit: 'share',
	kind: 'number',
	meaning: 'How much of the money was taken off by discounts.',
	formula: 'discounts ÷ (amounts of the orders + discounts)',
	needs: ['discount', 'amount'],
	caution: 'Taken as if the amounts were those after the discount.',
	complete: true,
	base: null,
	parts: [discountTotal, orderValueTotal],
	absent: 0,
	sql: () => sql`coalesce(discount_total / nullif(order_value_total + discount_total, 0), 0)`
};
