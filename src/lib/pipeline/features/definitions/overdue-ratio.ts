import { sql } from '#lib/engine/sql.ts';
import type { FeatureDefinition } from './definition.ts';
import { usualGap } from '../usual-gap.sql.ts';

export const overdueRatio: FeatureDefinition = {
	id: 'overdue_ratio',
	label: 'How far overdue',
	family: 'timing',
	unit: 'ratio',
	kind: 'number',
	meaning:
		'How long ago the last order is, measured in usual pauses: at 1 the next one is due, at 2 it is a whole pause late.',
	formula: 'days since the last order ÷ usual days between orders, as for the expected next order',
	needs: [],
	caution:
		'With fewer than three days with an order it is the rhythm of everybody: see “Whose rhythm it is”.',
	complete: false,
	base: null,
	uses: ['gap_days_median', 'recency_days'],
	absent: null,
	sql: () => sql`recency_days / ${usualGap()}`
};
