import { sql } from '#lib/engine/sql.ts';
import type { FeatureDefinition } from './definition.ts';

export const frequency: FeatureDefinition = {
	id: 'frequency',
	label: 'Orders',
	unit: 'orders',
	meaning: 'How many times the customer has bought.',
	formula: 'number of different orders; credit notes are no orders',
	needs: [],
	complete: true,
	sql: () => sql`count_if(NOT is_return)`
};
