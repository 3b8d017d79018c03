import { tableSubject } from '../table-subject.ts';

/** Answers to surveys, as in `clean.answers`. Some have no time. */
export const answers = tableSubject({
	id: 'answers',
	one: 'answer',
	many: 'answers',
	verb: 'gave',
	notVerb: 'did not give',
	needs: ['answers'],
	table: 'answers',
	time: 'answered_at',
	fields: [
		{ id: 'question', label: 'question', type: 'text', unit: 'text', needs: ['answer_question'] },
		{ id: 'answer', label: 'text', type: 'text', unit: 'text', needs: ['answer_text'] },
		{ id: 'score', label: 'score', type: 'number', unit: 'number', needs: ['answer_scores'] }
	]
});
