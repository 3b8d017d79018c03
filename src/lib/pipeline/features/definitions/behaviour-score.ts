import { sql } from '#lib/engine/sql.ts';
import { visits } from '../bases/visits.ts';
import { behaviourFormula } from '../behaviour.ts';
import type { FeatureDefinition } from './definition.ts';

export const behaviourScore: FeatureDefinition = {
	id: 'behaviour_score',
	label: 'Behaviour score',
	family: 'scores',
	unit: 'score',
	kind: 'number',
	meaning:
		'How much the customer has done lately: every act counts by its kind, and half after each half-life.',
	formula: behaviourFormula,
	caution: 'Orders count only where the events tell of them.',
	needs: ['events'],
	complete: true,
	base: visits,
	absent: 0,
	sql: () => sql`coalesce(sum(points), 0)`
};
