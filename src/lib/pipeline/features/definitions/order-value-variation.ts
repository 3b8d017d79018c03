import { sql } from '#lib/engine/sql.ts';
import { orders } from '../bases/orders.ts';
import type { FeatureDefinition } from './definition.ts';

const COUNT = sql`count(amount) FILTER (WHERE NOT is_return)`;
const TOTAL = sql`(sum(amount) FILTER (WHERE NOT is_return))::DOUBLE`;
// Sums of exact numbers are the same in whatever order; those of running means are not.
const SQUARES = sql`(sum(amount * amount) FILTER (WHERE NOT is_return))::DOUBLE`;

export const orderValueVariation: FeatureDefinition = {
	id: 'order_value_variation',
	label: 'Unevenness of orders',
	family: 'money',
	unit: 'ratio',
	kind: 'number',
	meaning:
		'How much the orders of a customer differ in value: 0 when all are alike; nobody with a single order has this.',
	formula: 'standard deviation of the amounts of the orders (n − 1) ÷ their mean',
	needs: ['amount'],
	complete: false,
	base: orders,
	absent: null,
	sql: () => sql`round(sqrt(greatest(${SQUARES} - ${TOTAL} * ${TOTAL} / ${COUNT}, 0) / nullif(${COUNT} - 1, 0))
		/ nullif(${TOTAL} / ${COUNT}, 0), 6)`
};
