import { sql } from '#lib/engine/sql.ts';
import type { FeatureDefinition } from './definition.ts';
import { usualGap } from '../usual-gap.sql.ts';

export const rhythmSource: FeatureDefinition = {
	id: 'rhythm_source',
	label: 'Whose rhythm it is',
	family: 'timing',
	unit: 'text',
	kind: 'text',
	meaning:
		'Whether the expected next order goes by the pauses of the customer or, with too few orders, by those of everybody.',
	formula: '“own” with three days with an order or more, else “everybody”',
	needs: [],
	complete: false,
	base: null,
	uses: ['gap_days_median'],
	absent: null,
	sql: () =>
		sql`CASE WHEN gap_days_median IS NOT NULL THEN 'own' WHEN ${usualGap()} IS NOT NULL THEN 'everybody' END`
};
