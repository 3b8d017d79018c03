import { sql } from '#lib/engine/sql.ts';
import { categories } from '../bases/categories.ts';
import type { FeatureDefinition } from './definition.ts';

export const distinctCategories: FeatureDefinition = {
	id: 'distinct_categories',
	label: 'Categories',
	family: 'products',
	unit: 'count',
	kind: 'number',
	meaning: 'From how many categories the customer has bought.',
	formula: 'number of different categories of the lines of the orders',
	needs: ['category'],
	complete: true,
	base: categories,
	absent: 0,
	sql: () => sql`count(*)`
};
