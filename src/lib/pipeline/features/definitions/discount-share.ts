import { sql } from '#lib/engine/sql.ts';
import { orderDetails } from '../bases/order-details.ts';
import type { FeatureDefinition } from './definition.ts';

export const discountShare: FeatureDefinition = {
	id: 'discount_share',
	label: 'Orders with a discount',
	family: 'money',
	unit: 'share',
	kind: 'number',
	meaning: 'How many of the orders had a discount or a coupon.',
	formula: 'orders with a discount other than 0 or a coupon ÷ orders',
	needs: ['discount_or_coupon'],
	complete: true,
	base: orderDetails,
	absent: 0,
	sql: () => sql`count_if(is_discounted)::DOUBLE / count(*)`
};
