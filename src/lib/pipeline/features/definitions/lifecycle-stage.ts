import { sql } from '#lib/engine/sql.ts';
import type { FeatureDefinition } from './definition.ts';
import { usualGap } from '../usual-gap.sql.ts';

/** Usual pauses since the last order up to which a customer is active, and up to which they are cooling. */
const ACTIVE_PAUSES = 2;
const COOLING_PAUSES = 4;

export const lifecycleStage: FeatureDefinition = {
	id: 'lifecycle_stage',
	label: 'Lifecycle stage',
	family: 'timing',
	unit: 'text',
	kind: 'text',
	meaning:
		'Where the customer stands by their own rhythm: new, active, cooling or lapsed. Whoever buys at random leaves one pause in four longer than twice the usual, and one in sixteen longer than four times.',
	formula:
		'days since the last order ÷ usual days between orders, as for the expected next order: up to 2 active, or new with one day with an order only; up to 4 cooling; above 4 lapsed',
	needs: [],
	caution:
		'With fewer than three days with an order it is the rhythm of everybody: see “Whose rhythm it is”.',
	complete: false,
	base: null,
	uses: ['gap_days_median', 'recency_days', 'tenure_days'],
	absent: null,
	sql: () => sql`CASE WHEN ${usualGap()} IS NULL THEN NULL
		WHEN recency_days > ${COOLING_PAUSES} * ${usualGap()} THEN 'lapsed'
		WHEN recency_days > ${ACTIVE_PAUSES} * ${usualGap()} THEN 'cooling'
		WHEN recency_days = tenure_days THEN 'new'
		ELSE 'active' END`
};
