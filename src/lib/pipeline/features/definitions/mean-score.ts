import { sql } from '#lib/engine/sql.ts';
import { answers } from '../bases/answers.ts';
import type { FeatureDefinition } from './definition.ts';

export const meanScore: FeatureDefinition = {
	id: 'mean_score',
	label: 'Mean score',
	family: 'survey',
	unit: 'score',
	kind: 'number',
	meaning: 'What the customer answers on average, in points.',
	formula: 'mean of the scores',
	caution:
		'Answers to different questions are taken together, each on its own scale; answers without a day count on any day.',
	needs: ['answer_scores'],
	complete: false,
	base: answers,
	absent: null,
	sql: () => sql`sum(score)::DOUBLE / nullif(count(score), 0)`
};
