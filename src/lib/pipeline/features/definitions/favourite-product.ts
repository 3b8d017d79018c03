import { sql } from '#lib/engine/sql.ts';
import { products } from '../bases/products.ts';
import type { FeatureDefinition } from './definition.ts';

export const favouriteProduct: FeatureDefinition = {
	id: 'favourite_product',
	label: 'Favourite product',
	family: 'products',
	unit: 'text',
	kind: 'text',
	meaning: 'The product that most of the money went to.',
	formula: 'product with most money; of equal ones, that with more lines',
	needs: ['product'],
	complete: false,
	base: products,
	absent: null,
	sql: () => sql`max({'money': money, 'lines': line_count, 'name': name}).name`
};
