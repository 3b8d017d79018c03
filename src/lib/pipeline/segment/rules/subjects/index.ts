import type { FieldTest, SubjectId } from '../schema.ts';
import { answers } from './answers.ts';
import { events } from './events.ts';
import { lines } from './lines.ts';
import { orders } from './orders.ts';
import { sends } from './sends.ts';
import type { Subject, SubjectField } from './subject.ts';

/** What people did, in the order in which the builder offers it. */
export const SUBJECTS_OF_RULES: readonly Subject[] = [orders, lines, events, sends, answers];

const BY_ID: Readonly<Record<SubjectId, Subject>> = { orders, lines, events, sends, answers };

/** A subject by its id. */
export function subjectOf(id: SubjectId): Subject {
	return BY_ID[id];
}

/** A field of a subject; undefined where it has none of that id. */
export function fieldOf(subject: Subject, field: string): SubjectField | undefined {
	return subject.fields.find(({ id }) => id === field);
}

/** What people did with records that pass these tests, and did not do: `were sent` messages, but `had` one with an action. */
export function verbsOf(
	{ verb, notVerb, usual }: Pick<Subject, 'verb' | 'notVerb' | 'usual'>,
	where: readonly FieldTest[]
): { readonly did: string; readonly didNot: string } {
	return usual !== undefined && where.some(({ field }) => field === usual.unless)
		? { did: usual.verb, didNot: usual.notVerb }
		: { did: verb, didNot: notVerb };
}
