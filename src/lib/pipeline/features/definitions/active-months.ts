import { sql } from '#lib/engine/sql.ts';
import type { FeatureDefinition } from './definition.ts';

export const activeMonths: FeatureDefinition = {
	id: 'active_months',
	label: 'Months with an order',
	unit: 'months',
	meaning: 'In how many calendar months the customer has bought.',
	formula: 'number of different calendar months with an order',
	needs: [],
	complete: true,
	sql: () => sql`count(DISTINCT year(ordered_at) * 12 + month(ordered_at)) FILTER (WHERE NOT is_return)`
};
