import { sql } from '#lib/engine/sql.ts';
import { answers } from '../bases/answers.ts';
import type { FeatureDefinition } from './definition.ts';

export const answerCount: FeatureDefinition = {
	id: 'answer_count',
	label: 'Answers',
	family: 'survey',
	unit: 'count',
	kind: 'number',
	meaning: 'How many questions the customer has answered.',
	formula: 'number of answers; answers without a day count on any day',
	needs: ['answers'],
	complete: true,
	base: answers,
	absent: 0,
	sql: () => sql`count(*)`
};
