import { sql } from '#lib/engine/sql.ts';
import { categories } from '../bases/categories.ts';
import type { FeatureDefinition } from './definition.ts';

export const favouriteCategory: FeatureDefinition = {
	id: 'favourite_category',
	label: 'Favourite category',
	family: 'products',
	unit: 'text',
	kind: 'text',
	meaning: 'The category that most of the money went to.',
	formula: 'category with most money; of equal ones, that with more lines',
	needs: ['category'],
	complete: false,
	base: categories,
	absent: null,
	sql: () => sql`max({'money': money, 'lines': line_count, 'category': category}).category`
};
