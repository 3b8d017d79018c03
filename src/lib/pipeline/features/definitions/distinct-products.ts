import { sql } from '#lib/engine/sql.ts';
import { products } from '../bases/products.ts';
import type { FeatureDefinition } from './definition.ts';

export const distinctProducts: FeatureDefinition = {
	id: 'distinct_products',
	label: 'Products',
	family: 'products',
	unit: 'count',
	kind: 'number',
	meaning: 'How many different products the customer has bought.',
	formula: 'number of different skus, or product names where there is no sku, of the lines of the orders',
	needs: ['product'],
	complete: true,
	base: products,
	absent: 0,
	sql: () => sql`count(*)`
};
