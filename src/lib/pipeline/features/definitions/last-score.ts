import { sql } from '#lib/engine/sql.ts';
import { answers } from '../bases/answers.ts';
import type { FeatureDefinition } from './definition.ts';

export const lastScore: FeatureDefinition = {
	id: 'last_score',
	label: 'Last score',
	family: 'survey',
	unit: 'score',
	kind: 'number',
	meaning: 'What the customer answered last, in points.',
	formula: 'score of the newest answer that has one',
	caution:
		'Answers to different questions are taken together, each on its own scale; answers without a day count on any day.',
	needs: ['answer_scores'],
	complete: false,
	base: answers,
	absent: null,
	sql: () => sql`arg_max(score, {'at': said_at, 'value': score}) FILTER (WHERE score IS NOT NULL)`
};
