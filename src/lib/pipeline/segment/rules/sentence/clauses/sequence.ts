import { takesLimit } from '../../step-limits.ts';
import { verbsOf } from '../../subjects/index.ts';
import type { Duration, SequenceCondition, SequenceStep, Window } from '../../schema.ts';
import { readDeed, toldOf, writeDeed } from '../deeds.ts';
import { readWhole } from '../numbers.ts';
import type { Reader } from '../reader.ts';
import {
	expectDid,
	nounOf,
	readNoun,
	readOfSubject,
	readWhere,
	takesDidNot,
	withArticle,
	writeWhere
} from '../records.ts';
import { subjectWords, type SubjectWords, type Vocabulary } from '../vocabulary.ts';
import { readDuration, readWindow, writeDuration, writeWindow } from '../windows.ts';
import type { Clause } from './clause.ts';

/** The most steps of a sequence, and the most times that one may be done. */
export const MOST_STEPS = 6;
export const MOST_TIMES = 20;

/** What tells one step from something that was done. */
const MARKS = ['at some time', 'in this order', 'in this order ,'];

/** What joins steps, as it is written and as it may be said. */
const JOINTS = {
	ordered: ['and then', ', and then', ', then', 'then', 'but then', ', but then'],
	unordered: ['and', ', and', ', also', 'also', 'and also', 'but', ', but']
} as const;

/**
 * `who in the last 90 days viewed “Garden Chair” and then, within 7 days, placed an order but then did not give an answer within 5
 * days of it, all within 30 days`; without order `who in any order viewed a product 2 times but did not place an order`; of one
 * step `who at some time placed 3 orders, all within 7 days`.
 */
export const sequence: Clause<SequenceCondition> = {
	write: ({ ordered, steps, within, window }, vocabulary) => {
		const when = window === null ? '' : `${writeWindow(window)} `;
		const alone = steps.length === 1 ? 'at some time ' : '';
		const done = steps.map((step, i) => writeStep(step, i === 0, ordered, vocabulary)).join(' ');
		const span = within === null ? '' : `, all within ${writeDuration(within)}`;
		return `who ${when}${ordered ? alone : 'in any order '}${done}${span}`;
	},
	read: (reader, vocabulary) => {
		reader.expect('who', 'who ,');
		const before = reader.attempt(() => reader.quietly(() => readWindow(reader)));
		const isUnordered = ['in any order', 'in any order ,'].some((words) => reader.takesQuietly(words));
		const isMarked = isUnordered || MARKS.some((words) => reader.takesQuietly(words));
		const steps = readSteps(reader, vocabulary, !isUnordered, isMarked);
		// One step without a mark is something that was done, and no sequence.
		if (!isMarked && steps.length === 1) reader.fail();
		if (steps[0]?.did === false) reader.fail('a first step that was done');
		const { within, window } = readSpan(reader);
		return { kind: 'sequence', ordered: !isUnordered, steps, within, window: before ?? window };
	}
};

function writeStep(step: SequenceStep, isFirst: boolean, isOrdered: boolean, vocabulary: Vocabulary): string {
	const { did, within, times } = step;
	const words = writeDone(step, vocabulary);
	const length = within === null ? '' : writeDuration(within);
	const isAfter = did && !isFirst && within !== null;
	const span = times === 1 ? `within ${length}` : `each within ${length} of the one before`;
	const joint = isFirst
		? ''
		: `${did ? 'and' : 'but'}${isOrdered ? ' then' : ''}${isAfter ? `, ${span},` : ''} `;
	if (within === null || isAfter) return `${joint}${words}`;
	return `${joint}${words} ${did ? `each within ${length} of the one before` : `within ${length} of it`}`;
}

function writeDone({ did, subject, where, which, times }: SequenceStep, vocabulary: Vocabulary): string {
	const words = subjectWords(vocabulary, subject);
	const told = which === 'any' ? toldOf(subject, where) : null;
	if (told) {
		const often = times === 1 ? '' : ` ${times} times`;
		return `${writeDeed(told, did)}${often}${writeWhere(told.where, words.fields)}`;
	}
	const verbs = verbsOf(words, where);
	return `${did ? verbs.did : verbs.didNot} ${recordWords(which, times, words)}${writeWhere(where, words.fields)}`;
}

function recordWords(which: SequenceStep['which'], times: number, words: SubjectWords): string {
	if (which === 'any') return times === 1 ? withArticle(words.one) : `${times} ${words.many}`;
	return `their ${which} ${times === 1 ? '' : `${times} `}${nounOf(words, times)}`;
}

function readSteps(
	reader: Reader,
	vocabulary: Vocabulary,
	ordered: boolean,
	isMarked: boolean
): SequenceStep[] {
	const [written, ...others] = JOINTS[ordered ? 'ordered' : 'unordered'];
	const first = () => readStep(reader, vocabulary, [], ordered);
	// What may be no sequence at all is told by what else it can be.
	const steps = [isMarked ? first() : reader.quietly(first)];
	for (;;) {
		const next = reader.attempt(() => {
			reader.expect(written, ...others);
			return readStep(reader, vocabulary, steps, ordered);
		});
		if (next === null) break;
		if (steps.length === MOST_STEPS) reader.fail(`at most ${MOST_STEPS} steps`);
		steps.push(next);
	}
	return steps;
}

/** Reads a step that fits behind those before it. */
function readStep(
	reader: Reader,
	vocabulary: Vocabulary,
	steps: readonly SequenceStep[],
	ordered: boolean
): SequenceStep {
	const before = ordered && steps.length > 0 ? reader.attempt(() => readBefore(reader)) : null;
	// What was not done within some time is the end of what was done.
	const isEnd = steps.some(({ did, within }) => !did && within !== null);
	const done = reader.first<Done>([
		() => readTold(reader, vocabulary, isEnd),
		() => readRecords(reader, vocabulary, isEnd)
	]);
	const after = ordered && before === null ? reader.attempt(() => readLength(reader, !done.did)) : null;
	const step = { ...done, within: before ?? after };
	return takesLimit({ ordered, steps: [...steps, step] }, steps.length) ? step : { ...step, within: null };
}

function readBefore(reader: Reader): Duration {
	reader.takesQuietly(',');
	const length = readLength(reader);
	reader.takesQuietly(',');
	return length;
}

type Done = Omit<SequenceStep, 'within'>;

/** `within 7 days`, `each within 7 days of the one before`, and of what was not done `within 7 days of it`. */
function readLength(reader: Reader, isOfIt = false): Duration {
	const isEach = reader.takesQuietly('each');
	reader.expect('within');
	const length = readDuration(reader);
	if (isOfIt) reader.expect('of it');
	else if (isEach) reader.expect('of the one before');
	return length;
}

function readTold(reader: Reader, vocabulary: Vocabulary, isEnd: boolean): Done {
	const { deed, isDone, where } = readDeed(reader, isEnd);
	const { subject } = deed;
	const times = reader.attempt(() => {
		const count = reader.quietly(() => readWhole(reader, 1, MOST_TIMES));
		reader.expect('times', 'time');
		return count;
	});
	const more = readWhere(reader, subjectWords(vocabulary, subject).fields);
	return { did: isDone, subject, where: [...where, ...more], which: 'any', times: times ?? 1 };
}

function readRecords(reader: Reader, vocabulary: Vocabulary, isEnd: boolean): Done {
	return readOfSubject(reader, vocabulary, (words, subject) => {
		const did = !takesDidNot(reader, words, true);
		if (did && isEnd) reader.fail();
		if (did) expectDid(reader, words);
		const { which, times } = readWhich(reader, words);
		return { did, subject, where: readWhere(reader, words.fields), which, times };
	});
}

function readWhich(reader: Reader, words: SubjectWords): Pick<SequenceStep, 'which' | 'times'> {
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
			if (!['all', ', all'].some((words) => reader.takesQuietly(words))) reader.fail();
			return readWindow(reader);
		});
		if (reader.at === from) return { within, window };
	}
}
