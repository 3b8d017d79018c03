import type { CanonicalKind } from './kind.ts';
import { decimal, email, moment, text } from './values.sql.ts';

/** `clean.answers`: one row per answer of a person. */
export const answers: CanonicalKind = {
	kind: 'survey',
	table: 'answers',
	people: ['customer', 'email'],
	columns: [
		{ name: 'email', role: 'email', type: email },
		{ name: 'answered_at', role: 'date', type: moment },
		{ name: 'question', role: 'question', type: text },
		{ name: 'answer', role: 'answer', type: text },
		{ name: 'score', role: 'score', type: decimal }
	],
	needs: [['answer', 'score']]
};
