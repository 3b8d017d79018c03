import { sql } from '#lib/engine/sql.ts';
import { answers } from '../bases/answers.ts';
import type { FeatureDefinition } from './definition.ts';

export const daysSinceAnswer: FeatureDefinition = {
	id: 'days_since_answer',
	label: 'Days since the last answer',
	family: 'survey',
	unit: 'days',
	kind: 'number',
	meaning: 'How long ago the customer last answered; low is good.',
	formula: 'whole days from the day of the last answer to the as-of day, at least 1',
	needs: ['answer_days'],
	complete: false,
	base: answers,
	absent: null,
	sql: ({ asOf }) => sql`date_diff('day', max(answered_at), ${asOf}::TIMESTAMP)`
};
