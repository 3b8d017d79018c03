import type { Duration, SequenceCondition, SequenceStep, Window } from '../../schema.ts';
import { readWhole } from '../numbers.ts';
import type { Reader } from '../reader.ts';
import { nounOf, readNoun, readOfSubject, readWhere, withArticle, writeWhere } from '../records.ts';
import { subjectWords, type SubjectWords, type Vocabulary } from '../vocabulary.ts';
import { readDuration, readWindow, writeDuration, writeWindow } from '../windows.ts';
import type { Clause } from './clause.ts';

const MOST_STEPS = 6;
const MOST_TIMES = 20;

/**
 * `who in this order had an event with kind “view”, then within 7 days placed an order, all within 30 days, all in the last 90
 * days`; without order `who in any order had 2 events, also did not place an order`.
 */
export const sequence: Clause<SequenceCondition> = {
	write: ({ ordered, steps, within, window }, vocabulary) => {
		const done = steps.map((step) => writeStep(step, vocabulary)).join(ordered ? ', then ' : ', also ');
		const span = within === null ? '' : `, all within ${writeDuration(within)}`;
		const when = window === null ? '' : `, all ${writeWindow(window)}`;
		return `who in ${ordered ? 'this' : 'any'} order ${done}${span}${when}`;
	},
	read: (reader, vocabulary) => {
		const ordered = reader.takesOneOf('who in this order', 'who , in this order ,');
		if (!ordered) reader.expect('who in any order', 'who , in any order ,');
		const steps = readSteps(reader, vocabulary, ordered);
		return { kind: 'sequence', ordered, steps, ...readSpan(reader) };
	}
};

function writeStep(
	{ did, subject, where, which, times, within }: SequenceStep,
	vocabulary: Vocabulary
): string {
	const words = subjectWords(vocabulary, subject);
	const span = within === null ? '' : `within ${writeDuration(within)} `;
	return `${span}${did ? words.verb : words.notVerb} ${recordWords(which, times, words)}${writeWhere(where, words.fields)}`;
}

function recordWords(which: SequenceStep['which'], times: number, words: SubjectWords): string {
	if (which === 'any') return times === 1 ? withArticle(words.one) : `${times} ${words.many}`;
	return `their ${which} ${times === 1 ? '' : `${times} `}${nounOf(words, times)}`;
}

function readSteps(reader: Reader, vocabulary: Vocabulary, ordered: boolean): SequenceStep[] {
	const steps = [readStep(reader, vocabulary)];
	for (;;) {
		const next = reader.attempt(() => {
			if (ordered) reader.expect(', then', 'then', 'and then', ', and then');
			else reader.expect(', also', 'also', 'and also', ', and also');
			return readStep(reader, vocabulary);
		});
		if (next === null) break;
		if (steps.length === MOST_STEPS) reader.fail(`at most ${MOST_STEPS} steps`);
		steps.push(next);
	}
	if (steps[0]?.did === false) reader.fail('a first step that was done');
	return steps;
}

function readStep(reader: Reader, vocabulary: Vocabulary): SequenceStep {
	const within = reader.takes('within') ? readDuration(reader) : null;
	return readOfSubject(reader, vocabulary, (words, subject) => {
		const did = !reader.takesOneOf(words.notVerb);
		if (did) reader.expect(words.verb);
		const { which, times } = readRecords(reader, words);
		return { did, subject, where: readWhere(reader, words.fields), which, times, within };
	});
}

function readRecords(reader: Reader, words: SubjectWords): Pick<SequenceStep, 'which' | 'times'> {
	const which = (['first', 'last'] as const).find((each) => reader.takesOneOf(`their ${each}`));
	if (which) {
		const times = reader.attempt(() => reader.quietly(() => readWhole(reader, 1, MOST_TIMES))) ?? 1;
		readNoun(reader, words);
		return { which, times };
	}
	if (['a', 'an', 'any'].some((article) => reader.takesQuietly(article))) {
		readNoun(reader, words);
		return { which: 'any', times: 1 };
	}
	if (reader.peek() === undefined) reader.fail(withArticle(words.one));
	const times = readWhole(reader, 1, MOST_TIMES);
	readNoun(reader, words);
	return { which: 'any', times };
}

function readSpan(reader: Reader): { readonly within: Duration | null; readonly window: Window | null } {
	let within: Duration | null = null;
	let window: Window | null = null;
	for (;;) {
		const from = reader.at;
		within ??= reader.attempt(() => {
			reader.expect(', all within', 'all within');
			return readDuration(reader);
		});
		window ??= reader.attempt(() => {
			reader.expect(', all', 'all');
			return readWindow(reader);
		});
		if (reader.at === from) return { within, window };
	}
}
