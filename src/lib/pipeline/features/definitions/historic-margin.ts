import { sql } from '#lib/engine/sql.ts';
import type { FeatureDefinition } from './definition.ts';

export const historicMargin: FeatureDefinition = {
	id: 'historic_margin',
	label: 'Margin so far',
	family: 'money',
	unit: 'money',
	kind: 'number',
	meaning: 'What is left of all the money the customer has brought, after the goods are paid.',
	formula: 'total spend × margin',
	needs: ['margin'],
	complete: true,
	base: null,
	uses: ['monetary_total'],
	absent: 0,
	sql: ({ params }) => sql`monetary_total * ${params.margin}`
};
