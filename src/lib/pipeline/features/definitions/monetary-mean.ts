import { sql } from '#lib/engine/sql.ts';
import type { FeatureDefinition } from './definition.ts';

export const monetaryMean: FeatureDefinition = {
	id: 'monetary_mean',
	label: 'Spend per order',
	unit: 'money',
	meaning: 'What an order of this customer is worth on average.',
	formula: 'total spend ÷ orders',
	needs: ['amount'],
	complete: true,
	sql: () => sql`coalesce(sum(amount), 0)::DOUBLE / count_if(NOT is_return)`
};
