import type { FieldTest, SubjectId } from '../schema.ts';
import type { Names } from './names.ts';
import type { Reader } from './reader.ts';
import { readAttached, takesLink, writeAttached } from './tests.ts';
import { subjectWords, type SubjectWords, type Vocabulary } from './vocabulary.ts';

/** The most fields that records are told apart by. */
const MOST_FIELDS = 20;

/** What must hold of records, with a blank before it: ` with category “Shoes” and without any discount`. */
export function writeWhere(where: readonly FieldTest[], fields: Names): string {
	return where.map((test, i) => ` ${i > 0 ? 'and ' : ''}${writeOne(test, fields)}`).join('');
}

function writeOne({ field, test }: FieldTest, fields: Names): string {
	const name = fields.write(field);
	const declared = fields.typeOf(field);
	if (test.type === 'flag' && declared === 'flag')
		return `${test.test.op === 'yes' ? 'with' : 'without'} ${name}`;
	if (test.type === declared && test.test.op === 'known') return `with any known ${name}`;
	if (test.type === declared && test.test.op === 'unknown') return `without any known ${name}`;
	return `with ${name} ${writeAttached(test, declared)}`;
}

/** Reads what must hold of records, if anything. */
export function readWhere(reader: Reader, fields: Names): FieldTest[] {
	const where: FieldTest[] = [];
	for (;;) {
		const isFirst = where.length === 0;
		const next = reader.attempt(() => {
			if (!isFirst && !reader.takesOneOf('and', ', and', ',')) reader.fail();
			return readOne(reader, fields);
		});
		if (next === null) return where;
		if (where.length === MOST_FIELDS) reader.fail(`at most ${MOST_FIELDS} fields`);
		where.push(next);
	}
}

function readOne(reader: Reader, fields: Names): FieldTest {
	if (reader.takes('without')) {
		reader.takesQuietly('any known');
		const field = readField(reader, fields);
		const declared = fields.typeOf(field);
		if (declared === null) return reader.fail('with');
		if (declared === 'flag') return { field, test: { type: 'flag', test: { op: 'no' } } };
		return { field, test: { type: declared, test: { op: 'unknown' } } };
	}
	reader.expect('with', 'where');
	const isKnown = reader.takesQuietly('any known');
	const field = readField(reader, fields);
	const declared = fields.typeOf(field);
	if (isKnown && declared !== 'flag') {
		return { field, test: { type: declared ?? reader.fail(), test: { op: 'known' } } };
	}
	if (declared !== 'flag') return { field, test: readAttached(reader, declared) };
	const test = reader.attempt(() => {
		if (!reader.quietly(() => takesLink(reader))) reader.fail();
		return readAttached(reader, declared);
	});
	return { field, test: test ?? { type: 'flag', test: { op: 'yes' } } };
}

function readField(reader: Reader, fields: Names): string {
	const named = reader.attempt(() => fields.read(reader));
	if (named !== null) return named;
	if (!['a', 'an', 'the'].some((article) => reader.takesQuietly(article))) reader.fail();
	return fields.read(reader);
}

/** `an order` */
export function withArticle(noun: string): string {
	return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** A noun as its number asks: `order` of 1. */
export function nounOf({ one, many }: SubjectWords, count: number): string {
	return count === 1 ? one : many;
}

/** Reads that people did something of a subject, whichever of its verbs says so. */
export function expectDid(reader: Reader, { verb, usual }: SubjectWords): void {
	if (usual && reader.takesQuietly(usual.verb)) return;
	reader.expect(verb);
}

/** Reads that people did not, if that is said. @param isTold the usual words are told as some that could stand here */
export function takesDidNot(reader: Reader, { notVerb, usual }: SubjectWords, isTold = false): boolean {
	const isNot = isTold ? reader.takes(notVerb) : reader.takesQuietly(notVerb);
	return isNot || (usual !== undefined && reader.takesQuietly(usual.notVerb));
}

/** Reads a noun of a subject, of one or of many. */
export function readNoun(reader: Reader, { one, many }: SubjectWords): void {
	reader.expect(many, one);
}

/** Reads something of one subject: the first of all for which it can be read. */
export function readOfSubject<T>(
	reader: Reader,
	vocabulary: Vocabulary,
	read: (words: SubjectWords, subject: SubjectId) => T
): T {
	return reader.first(
		[...vocabulary.subjects.keys()].map((subject) => () => read(subjectWords(vocabulary, subject), subject))
	);
}
