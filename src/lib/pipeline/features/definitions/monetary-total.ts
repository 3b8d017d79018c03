import { sql } from '#lib/engine/sql.ts';
import type { FeatureDefinition } from './definition.ts';

export const monetaryTotal: FeatureDefinition = {
	id: 'monetary_total',
	label: 'Total spend',
	unit: 'money',
	meaning: 'All the money the customer has brought.',
	formula: 'sum of the amounts of the orders, less refunds and, where they are taken off, credit notes',
	needs: ['amount'],
	complete: true,
	sql: () => sql`coalesce(sum(amount), 0)`
};
