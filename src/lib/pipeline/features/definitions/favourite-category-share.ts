import { sql } from '#lib/engine/sql.ts';
import { categories } from '../bases/categories.ts';
import type { FeatureDefinition } from './definition.ts';

export const favouriteCategoryShare: FeatureDefinition = {
	id: 'favourite_category_share',
	label: 'Share of the favourite category',
	family: 'products',
	unit: 'share',
	kind: 'number',
	meaning: 'How much of the money went to the favourite category.',
	formula: 'money of the favourite category ÷ money of all lines with a category',
	needs: ['category', 'line_amount'],
	complete: true,
	base: categories,
	absent: 0,
	sql: () => sql`coalesce(max(money) / nullif(sum(money), 0), 0)`
};
