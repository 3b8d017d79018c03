import type { Duration, FieldTest, SequenceCondition, SequenceStep } from '../../schema.ts';
import { MOST_STEPS, MOST_TIMES } from '../clauses/sequence.ts';
import type { Reader } from '../reader.ts';
import { readWhere } from '../records.ts';
import { subjectWords, type Vocabulary } from '../vocabulary.ts';
import { readDuration, readWindow } from '../windows.ts';
import { readHead, type Head } from './heads.ts';
import { takesAnyOf } from './words.ts';

/** Words that say that one thing came after another. */
const AFTER = [
	'and then',
	', then',
	', and then',
	'then',
	'but then',
	'and afterwards',
	'and later',
	'and after that'
];
const JOINED = ['and', ', and', 'but', ', but'];

/**
 * `viewed Garden Chair and bought Raised Bed within 7 days`, `viewed Garden Chair but did not buy it`: in order, because a time at
 * the end that does not count back from today, `then` or `it` says so. What says none of that is no sequence.
 */
export function readPlainSequence(reader: Reader, vocabulary: Vocabulary): SequenceCondition {
	reader.expect('who');
	const steps: SequenceStep[] = [];
	let isInOrder = false;
	do {
		const within = steps.length === 0 ? null : reader.attempt(() => readWithin(reader));
		const head = readHead(reader);
		steps.push(stepOf(reader, withNamed(reader, head, steps), vocabulary, within));
		isInOrder ||= head.isIt || within !== null;
		const joined = takesJoint(reader);
		if (joined === null) break;
		isInOrder ||= joined === 'after';
	} while (steps.length < MOST_STEPS);
	const last = steps.pop() ?? reader.fail();
	const within = last.within ?? reader.attempt(() => readWithin(reader));
	if (steps[0]?.did !== true || !(isInOrder || within !== null)) return reader.fail();
	const window = reader.attempt(() => readWindow(reader));
	return { kind: 'sequence', ordered: true, steps: [...steps, { ...last, within }], within: null, window };
}

/** What leads to a further verb; null and nothing read where none follows. */
function takesJoint(reader: Reader): 'after' | 'joined' | null {
	return reader.attempt(() => {
		const isAfter = takesAnyOf(reader, AFTER);
		if (!isAfter && !takesAnyOf(reader, JOINED)) reader.fail();
		reader.takesQuietly('who');
		const from = reader.at;
		reader.attempt(() => readWithin(reader));
		readHead(reader);
		reader.at = from;
		return isAfter ? 'after' : 'joined';
	});
}

/** A length of time after the step before, and not one that counts back from today. */
function readWithin(reader: Reader): Duration {
	takesAnyOf(reader, [',']);
	if (!takesAnyOf(reader, ['within', 'in under'])) reader.fail();
	const length = reader.quietly(() => readDuration(reader));
	takesAnyOf(reader, ['of it', 'of that', 'after it', 'after that', 'afterwards', 'later', ',']);
	return length;
}

/** The head, `it` being what was named last. */
function withNamed(reader: Reader, head: Head, steps: readonly SequenceStep[]): Head {
	if (!head.isIt) return head;
	const isNamed = ({ field, test }: FieldTest) =>
		field === 'product' && test.type === 'text' && test.test.op === 'is';
	const named = steps.findLast(({ did }) => did)?.where.find(isNamed);
	return named ? { ...head, where: [...head.where, named] } : reader.fail();
}

function stepOf(reader: Reader, head: Head, vocabulary: Vocabulary, within: Duration | null): SequenceStep {
	const { subject, where, test } = head;
	if (!('value' in test)) return reader.fail();
	const did = test.value > 0;
	const isCount = test.op === 'ge' || test.op === 'eq';
	if (!isCount || !Number.isInteger(test.value) || test.value > MOST_TIMES) return reader.fail();
	const more = readWhere(reader, subjectWords(vocabulary, subject).fields);
	return { did, subject, where: [...where, ...more], which: 'any', times: did ? test.value : 1, within };
}
