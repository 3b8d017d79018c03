import { sql } from '#lib/engine/sql.ts';
import { visits } from '../bases/visits.ts';
import type { FeatureDefinition } from './definition.ts';

export const productViews: FeatureDefinition = {
	id: 'product_views',
	label: 'Products looked at',
	family: 'engagement',
	unit: 'count',
	kind: 'number',
	meaning: 'How many times the customer looked at a product.',
	formula: 'number of events that are views of a product',
	needs: ['event_views'],
	complete: true,
	base: visits,
	absent: 0,
	sql: () => sql`sum(view_count)`
};
