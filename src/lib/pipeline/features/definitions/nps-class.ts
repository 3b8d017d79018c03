import { sql } from '#lib/engine/sql.ts';
import { answers } from '../bases/answers.ts';
import type { FeatureDefinition } from './definition.ts';

export const npsClass: FeatureDefinition = {
	id: 'nps_class',
	label: 'Promoter or detractor',
	family: 'survey',
	unit: 'text',
	kind: 'text',
	meaning: 'Whether the customer would recommend you, by the last answer on a scale from 0 to 10.',
	formula:
		'by the newest score of a question in whole numbers from 0 to 10: 0–6 detractor, 7–8 passive, 9–10 promoter',
	caution: 'A question whose scores are whole numbers up to 10, some above 5, is taken for one from 0 to 10.',
	needs: ['answer_scores'],
	complete: false,
	base: answers,
	absent: null,
	sql: () => sql`CASE WHEN arg_max(score, {'at': said_at, 'value': score}) FILTER (WHERE is_nps AND score IS NOT NULL) IS NULL THEN NULL
		WHEN arg_max(score, {'at': said_at, 'value': score}) FILTER (WHERE is_nps AND score IS NOT NULL) >= 9 THEN 'promoter'
		WHEN arg_max(score, {'at': said_at, 'value': score}) FILTER (WHERE is_nps AND score IS NOT NULL) >= 7 THEN 'passive'
		ELSE 'detractor' END`
};
