import { FIXED_CART_STAGES, FIXED_STAGE_NAMES, type CartParams } from '../../carts/schema.ts';
import { PROFILE_FIELDS } from '../profile-fields.ts';
import type { SubjectId } from '../schema.ts';
import type { RuleScope } from '../scope.ts';
import { SUBJECTS_OF_RULES } from '../subjects/index.ts';
import type { Subject } from '../subjects/subject.ts';
import { Names } from './names.ts';

/** The words of a subject, and the names of its fields. */
export interface SubjectWords
	extends Pick<Subject, 'id' | 'one' | 'many' | 'verb' | 'notVerb'>, Partial<Pick<Subject, 'usual'>> {
	readonly fields: Names;
}

/** Every name that a sentence about customers may have. */
export interface Vocabulary {
	readonly features: Names;
	readonly segments: Names;
	readonly profile: Names;
	readonly cartStages: Names;
	readonly subjects: ReadonlyMap<SubjectId, SubjectWords>;
}

/** The names of everything that a rule may ask for. */
export function vocabularyOf({
	features,
	segments,
	carts
}: Pick<RuleScope, 'features' | 'segments' | 'carts'>): Vocabulary {
	const featureNames = [...features.values()].map(({ id, label, kind }) => ({ id, label, type: kind }));
	const segmentNames = [...segments.values()].map(({ ref, name }) => ({ id: ref, label: name, type: null }));
	return {
		features: new Names(featureNames, 'feature'),
		segments: new Names(segmentNames, 'segment'),
		profile: new Names(PROFILE_FIELDS, 'feature'),
		cartStages: new Names(stageNames(carts), 'segment'),
		subjects: new Map(SUBJECTS_OF_RULES.map((subject) => [subject.id, wordsOf(subject)]))
	};
}

function wordsOf({ fields, ...subject }: Subject): SubjectWords {
	return { ...subject, fields: new Names(fields, 'field') };
}

function stageNames({ stages }: CartParams) {
	return [
		...stages.map(({ id, name }) => ({ id, label: name, type: null })),
		...FIXED_CART_STAGES.map((id) => ({ id, label: FIXED_STAGE_NAMES[id], type: null }))
	];
}

/** The words of a subject. */
export function subjectWords(vocabulary: Vocabulary, subject: SubjectId): SubjectWords {
	const words = vocabulary.subjects.get(subject);
	if (!words) throw new RangeError(`there are no words for ${subject}`);
	return words;
}
