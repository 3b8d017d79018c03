import type { ActivityCondition, FieldTest, Measure, NumberTest, SubjectId, Window } from '../../schema.ts';
import { readDeed, readTimes, toldOf, writeDeed, writeTimes } from '../deeds.ts';
import { asksWhetherKnown, readComparison, writeComparison, writeCount } from '../numbers.ts';
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
import { verbsOf } from '../../subjects/index.ts';
import { subjectWords, type SubjectWords, type Vocabulary } from '../vocabulary.ts';
import { readWindow, writeWindow } from '../windows.ts';
import type { Clause } from './clause.ts';

const MEASURES = { sum: 'a total', mean: 'a mean', min: 'a smallest', max: 'a largest' } as const;
const MEASURE_SYNONYMS = {
	sum: ['total', 'a sum of'],
	mean: ['an average', 'average', 'mean'],
	min: ['a minimum', 'a lowest', 'smallest'],
	max: ['a maximum', 'a highest', 'largest']
} as const;
const SUMMED = ['sum', 'mean', 'min', 'max'] as const;

/**
 * Counts: `who placed more than 3 orders a month with category “Shoes” in the last 90 days`, `who did not place any orders`. Of
 * one record: `whose first order was one with any discount`. Other measures: `whose orders in the last 90 days have a
 * total value of the order of more than 500`, `… show at least 3 different values of category`. Where a verb says it:
 * `who viewed “Garden Chair” at least 3 times in the last 90 days`.
 */
export const activity: Clause<ActivityCondition> = {
	write: (condition, vocabulary) => {
		const words = subjectWords(vocabulary, condition.subject);
		if (condition.measure.kind !== 'count') return writeMeasure(condition, condition.measure, words);
		return condition.among === 'all' ? writeNumber(condition, words) : writeOneRecord(condition, words);
	},
	read: (reader, vocabulary) =>
		reader.first([
			() => readNumberOf(reader, vocabulary),
			() => readDone(reader, vocabulary),
			() => readMeasured(reader, vocabulary)
		])
};

function writeNumber({ subject, where, window, per, test }: ActivityCondition, words: SubjectWords): string {
	const told = toldOf(subject, where);
	if (told) {
		const isPlain = per === null && (isNone(test) || isSome(test));
		const times = isPlain ? '' : ` ${writeTimes(test)}${writePer(per)}`;
		const deed = writeDeed(told, !isPlain || isSome(test));
		return `who ${deed}${times}${writeWhere(told.where, words.fields)}${writeWhen(window)}`;
	}
	const rest = `${writePer(per)}${writeWhere(where, words.fields)}${writeWhen(window)}`;
	const { did, didNot } = verbsOf(words, where);
	if (per === null && isNone(test)) return `who ${didNot} any ${words.many}${rest}`;
	if (per === null && isSome(test)) return `who ${did} ${withArticle(words.one)}${rest}`;
	return `who ${did} ${countWords(test, words)}${rest}`;
}

function countWords(test: NumberTest, words: SubjectWords): string {
	if (asksWhetherKnown(test)) {
		return `${test.op === 'known' ? 'a known' : 'an unknown'} number of ${words.many}`;
	}
	return `${writeCount(test)} ${test.op === 'between' ? words.many : nounOf(words, test.value)}`;
}

function writeOneRecord(condition: ActivityCondition, words: SubjectWords): string {
	const { among, where, window, per, test } = condition;
	const record = `whose ${among} ${words.one}${writeWhen(window)}`;
	const rest = writeWhere(where, words.fields);
	if (per === null && isSome(test)) return `${record} was one${rest}`;
	if (per === null && isNone(test)) return `${record} was not one${rest}`;
	return `${record}${rest} counts ${writeTested(test)}${writePer(per)}`;
}

function writeMeasure(
	{ among, where, window, per, test }: ActivityCondition,
	measure: Exclude<Measure, { kind: 'count' }>,
	words: SubjectWords
): string {
	const rest = writeWhere(where, words.fields);
	const isAll = among === 'all';
	const records = isAll
		? `whose ${words.many}${rest}${writeWhen(window)}`
		: `whose ${among} ${words.one}${writeWhen(window)}${rest}`;
	const field = words.fields.write(measure.field);
	if (measure.kind === 'distinct') {
		const shows = isAll ? 'show' : 'shows';
		return `${records} ${shows} ${writeTested(test)} different values of ${field}${writePer(per)}`;
	}
	const has = `${isAll ? 'have' : 'has'} ${MEASURES[measure.kind]} ${field}`;
	return `${records} ${has} of ${writeTested(test)}${writePer(per)}`;
}

function writeTested(test: NumberTest): string {
	if (asksWhetherKnown(test)) {
		return `${test.op === 'known' ? 'a known' : 'an unknown'} number`;
	}
	return writeComparison(test);
}

function writePer(per: ActivityCondition['per']): string {
	return per === null ? '' : ` a ${per}`;
}

function writeWhen(window: Window | null): string {
	return window === null ? '' : ` ${writeWindow(window)}`;
}

function isNone(test: NumberTest): boolean {
	return test.op === 'eq' && test.value === 0;
}

function isSome(test: NumberTest): boolean {
	return test.op === 'ge' && test.value === 1;
}

/** What stands behind the records, in any order. */
export interface Tail {
	readonly where: FieldTest[];
	readonly window: Window | null;
	readonly per: ActivityCondition['per'];
}

/** No records. */
export const NONE: NumberTest = { op: 'eq', value: 0 };
/** At least one. */
export const SOME: NumberTest = { op: 'ge', value: 1 };

function readDone(reader: Reader, vocabulary: Vocabulary): ActivityCondition {
	reader.expect('who');
	const { deed, isDone, where } = readDeed(reader);
	const test = isDone ? (readTimes(reader) ?? SOME) : NONE;
	const tail = readTail(reader, subjectWords(vocabulary, deed.subject));
	return activityOf(deed.subject, 'all', { kind: 'count' }, test, {
		...tail,
		where: [...where, ...tail.where]
	});
}

function readNumberOf(reader: Reader, vocabulary: Vocabulary): ActivityCondition {
	reader.expect('who');
	return readOfSubject(reader, vocabulary, (words, subject) => {
		const isNot = takesDidNot(reader, words);
		if (!isNot) expectDid(reader, words);
		const test = isNot ? readNone(reader, words) : readCount(reader, words);
		return activityOf(subject, 'all', { kind: 'count' }, test, readTail(reader, words));
	});
}

function readNone(reader: Reader, words: SubjectWords): NumberTest {
	reader.takesOneOf('any', 'an', 'a');
	readNoun(reader, words);
	return NONE;
}

function readCount(reader: Reader, words: SubjectWords): NumberTest {
	const one = reader.attempt(() => {
		reader.expect(withArticle(words.one));
		return SOME;
	});
	if (one) return one;
	const test = readUnsure(reader, 'number of') ?? (reader.takesQuietly('no') ? NONE : readComparison(reader));
	readNoun(reader, words);
	return test;
}

function readUnsure(reader: Reader, noun: string): NumberTest | null {
	if (reader.takesQuietly(`a known ${noun}`)) return { op: 'known' };
	return reader.takesQuietly(`an unknown ${noun}`) ? { op: 'unknown' } : null;
}

function readMeasured(reader: Reader, vocabulary: Vocabulary): ActivityCondition {
	reader.expect('whose');
	const which = (['first', 'last'] as const).find((each) => reader.takes(each));
	const among = which ?? (reader.takesQuietly('latest') ? 'last' : 'all');
	return readOfSubject(reader, vocabulary, (words, subject) => {
		reader.expect(among === 'all' ? words.many : words.one);
		const tail = readTail(reader, words);
		if (among === 'all') return readMeasure(reader, words, { subject, among, tail });
		return reader.first([
			() => readOneRecord(reader, words, { subject, among, tail }),
			() => readMeasure(reader, words, { subject, among, tail })
		]);
	});
}

interface Records {
	readonly subject: SubjectId;
	readonly among: ActivityCondition['among'];
	readonly tail: Tail;
}

function readOneRecord(
	reader: Reader,
	words: SubjectWords,
	{ subject, among, tail }: Records
): ActivityCondition {
	const count = { kind: 'count' } as const;
	if (reader.takes('counts')) {
		const test = readTested(reader);
		return activityOf(subject, among, count, test, withMore(tail, readTail(reader, words)));
	}
	const isNot = reader.takesOneOf('was not one', 'is not one');
	if (!isNot) reader.expect('was one', 'is one');
	return activityOf(subject, among, count, isNot ? NONE : SOME, withMore(tail, readTail(reader, words)));
}

function readMeasure(
	reader: Reader,
	words: SubjectWords,
	{ subject, among, tail }: Records
): ActivityCondition {
	if (reader.takesOneOf('show', 'shows')) {
		const test = readTested(reader);
		reader.expect('different values of', 'different');
		const field = words.fields.read(reader);
		return activityOf(
			subject,
			among,
			{ kind: 'distinct', field },
			test,
			withMore(tail, readTail(reader, words))
		);
	}
	reader.expect('have', 'has', 'had');
	const kind = SUMMED.find((each) => reader.takesOneOf(MEASURES[each], ...MEASURE_SYNONYMS[each]));
	if (!kind) return reader.fail();
	const field = words.fields.read(reader);
	reader.takes('of');
	const test = readTested(reader);
	return activityOf(subject, among, { kind, field }, test, withMore(tail, readTail(reader, words)));
}

function readTested(reader: Reader): NumberTest {
	return readUnsure(reader, 'number') ?? readComparison(reader);
}

/** Reads what stands behind records. */
export function readTail(reader: Reader, { fields }: SubjectWords): Tail {
	const where: FieldTest[] = [];
	let window: Window | null = null;
	let per: Tail['per'] = null;
	for (;;) {
		const from = reader.at;
		if (where.length === 0) where.push(...readWhere(reader, fields));
		window ??= reader.attempt(() => readWindow(reader));
		per ??= readPer(reader);
		if (reader.at === from) return { where, window, per };
	}
}

function readPer(reader: Reader): Tail['per'] {
	const found = (['week', 'month'] as const).find((each) =>
		reader.takesOneOf(`a ${each}`, `per ${each}`, `each ${each}`, `every ${each}`)
	);
	return found ?? null;
}

function withMore(first: Tail, second: Tail): Tail {
	return {
		where: [...first.where, ...second.where],
		window: first.window ?? second.window,
		per: first.per ?? second.per
	};
}

/** The condition of records and what stands behind them. */
export function activityOf(
	subject: SubjectId,
	among: ActivityCondition['among'],
	measure: Measure,
	test: NumberTest,
	{ where, window, per }: Tail
): ActivityCondition {
	return { kind: 'activity', subject, among, where, window, measure, per, test };
}
