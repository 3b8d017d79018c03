import type { Test, TestType, TextTest, TimeTest } from '../schema.ts';
import { readComparison, writeComparison } from './numbers.ts';
import type { Names } from './names.ts';
import type { Reader } from './reader.ts';
import { quoted } from './tokens.ts';
import { readWindow, writeWindow } from './windows.ts';

/** What a value is called when nothing else tells of which type it is. */
const TYPE_WORDS = { number: 'number', text: 'text', time: 'day', flag: 'mark' } as const;
const TYPES = ['number', 'text', 'time'] as const;

/** Words that end a text which stands without quotes. */
const ENDINGS = new Set(
	'and or nor who whose with without in before since until between all then also'.split(' ')
);

/** The most texts that a test may name, and how long one may be. */
const MOST_VALUES = 100;
const MOST_LENGTH = 200;

/** A test of a part of a text. */
type PartTest = Extract<TextTest, { value: string }>;

/** How tests of a part of a text are written: after a name of one thing, of several, and after the field of a record. */
const PARTS: Readonly<Record<PartTest['op'], Readonly<Record<'one' | 'many' | 'attached', string>>>> = {
	contains: { one: 'contains', many: 'contain', attached: 'containing' },
	not_contains: { one: 'does not contain', many: 'do not contain', attached: 'not containing' },
	starts_with: { one: 'starts with', many: 'start with', attached: 'starting with' },
	ends_with: { one: 'ends with', many: 'end with', attached: 'ending with' }
};

/** A name and a test behind it: `total spend is more than 5`, `tags contain “shoe”`. */
export function writeNamed(names: Names, id: string, test: Test): string {
	const name = names.write(id);
	const number = names.isPlural(id) ? 'many' : 'one';
	const { test: asked } = test;
	if (isPart(asked)) return `${name} ${PARTS[asked.op][number]} ${quoted(asked.value)}`;
	return `${name} ${number === 'one' ? 'is' : 'are'} ${writeBare(test, names.typeOf(id))}`;
}

/**
 * A test behind the field of a record: `more than 5`, `containing “shoe”`, `being in the last 7 days`.
 * @param declared the type that the field has; a test of another type says so where it could not be told apart
 */
export function writeAttached(test: Test, declared: TestType | null): string {
	const { test: asked, type } = test;
	if (asked.op === 'known' || asked.op === 'unknown') return `that is ${writeBare(test, declared)}`;
	const words = isPart(asked)
		? `${PARTS[asked.op].attached} ${quoted(asked.value)}`
		: writeBare(test, declared);
	// The name of a mark stands alone, so that what follows has to be led to.
	return type === 'time' || type === 'flag' || declared === 'flag' ? `being ${words}` : words;
}

function isPart(test: Test['test']): test is PartTest {
	return test.op in PARTS;
}

function writeBare({ type, test }: Test, declared: TestType | null): string {
	switch (test.op) {
		case 'known':
			return type === declared ? 'known' : `a known ${TYPE_WORDS[type]}`;
		case 'unknown':
			return type === declared ? 'unknown' : `an unknown ${TYPE_WORDS[type]}`;
		case 'is':
			return listed(test.values, 'or');
		case 'is_not':
			return test.values.length === 1
				? `not ${listed(test.values, 'or')}`
				: `neither ${listed(test.values, 'nor')}`;
		case 'in':
			return writeWindow(test.window);
		case 'not_in':
			return `not ${writeWindow(test.window)}`;
		case 'yes':
			return 'true';
		case 'no':
			return 'false';
		default:
			return isPart(test) ? quoted(test.value) : writeComparison(test);
	}
}

/** Texts in quotes: `“a”, “b” or “c”`. */
export function listed(values: readonly string[], last: 'or' | 'nor'): string {
	const written = values.map(quoted);
	return [written.slice(0, -1).join(', '), ...written.slice(-1)].filter(Boolean).join(` ${last} `);
}

/** Reads a test that stands behind a name and has to begin with a word such as `is`. */
export function readFinite(reader: Reader, declared: TestType | null): Test {
	const part = reader.attempt(() => readPart(reader, declared));
	if (part) return part;
	const isSign = /^[<>=!≥≤≠]/.test(reader.peek()?.text ?? '');
	if (!isSign) reader.expect('is', 'are', 'was', 'were', 'has been');
	return readBare(reader, declared);
}

/** Reads a test that stands behind the field of a record. */
export function readAttached(reader: Reader, declared: TestType | null): Test {
	const part = reader.attempt(() => readPart(reader, declared));
	if (part) return part;
	takesLink(reader);
	return readBare(reader, declared);
}

/** Reads a word that leads from a field to its test, if there is one. */
export function takesLink(reader: Reader): boolean {
	return reader.takesOneOf('being', 'that is', 'that are', 'is', 'are', 'was', 'were', 'of');
}

function readPart(reader: Reader, declared: TestType | null): Test {
	return declared === null || declared === 'text'
		? readPartOf(reader)
		: reader.quietly(() => readPartOf(reader));
}

function readPartOf(reader: Reader): Test {
	if (reader.takesOneOf('contains', 'contain', 'containing')) return textTest('contains', readText(reader));
	if (reader.takesOneOf('does not contain', 'do not contain', 'not containing', 'is not containing')) {
		return textTest('not_contains', readText(reader));
	}
	if (reader.takesOneOf('starts with', 'start with', 'starting with', 'begins with', 'beginning with')) {
		return textTest('starts_with', readText(reader));
	}
	reader.expect('ends with', 'end with', 'ending with');
	return textTest('ends_with', readText(reader));
}

function textTest(op: 'contains' | 'not_contains' | 'starts_with' | 'ends_with', value: string): Test {
	return { type: 'text', test: { op, value } };
}

/** What a value of the declared type can be is told as what could stand; the others are read all the same. */
function readBare(reader: Reader, declared: TestType | null): Test {
	const told = <T>(type: TestType, read: () => T) =>
		declared === null || declared === type ? read() : reader.quietly(read);
	return reader.first<Test>([
		() => told('flag', () => readFlag(reader)),
		() => readKnown(reader, declared),
		() => told('time', () => ({ type: 'time', test: readTime(reader) })),
		() => told('text', () => ({ type: 'text', test: readIs(reader, declared) })),
		() => told('number', () => ({ type: 'number', test: readComparison(reader) }))
	]);
}

function readFlag(reader: Reader): Test {
	if (reader.takesOneOf('true', 'yes')) return { type: 'flag', test: { op: 'yes' } };
	reader.expect('false', 'no');
	return { type: 'flag', test: { op: 'no' } };
}

function readKnown(reader: Reader, declared: TestType | null): Test {
	const op = readKnownWord(reader);
	const named = TYPES.find((type) => reader.takesQuietly(TYPE_WORDS[type]));
	const type = named ?? declared;
	if (type === null || type === 'flag') return reader.fail(...TYPES.map((each) => TYPE_WORDS[each]));
	return { type, test: { op } };
}

function readKnownWord(reader: Reader): 'known' | 'unknown' {
	if (['not known', 'empty', 'missing'].some((words) => reader.takesQuietly(words))) return 'unknown';
	if (['not unknown', 'not empty', 'not missing'].some((words) => reader.takesQuietly(words))) return 'known';
	if (reader.takesQuietly('a known')) return 'known';
	if (reader.takesQuietly('an unknown')) return 'unknown';
	if (reader.takes('known')) return 'known';
	reader.expect('unknown');
	return 'unknown';
}

function readTime(reader: Reader): TimeTest {
	const isNot = reader.takesQuietly('not');
	return { op: isNot ? 'not_in' : 'in', window: readWindow(reader) };
}

function readIs(reader: Reader, declared: TestType | null): TextTest {
	const isNot = ['neither', 'none of', 'not'].some((words) => reader.takesQuietly(words));
	return { op: isNot ? 'is_not' : 'is', values: readTexts(reader, declared === 'text') };
}

/** Reads texts, one of which is meant. @param isBare the first may stand without quotes */
export function readTexts(reader: Reader, isBare: boolean): string[] {
	const values = [isBare ? readBareText(reader) : readText(reader)];
	for (;;) {
		const next = reader.attempt(() => {
			const isParted = reader.takesQuietly(',');
			if (!reader.takesOneOf('or', 'nor') && !isParted) reader.fail();
			return readText(reader);
		});
		if (next === null) return values;
		if (values.length === MOST_VALUES) reader.fail(`at most ${MOST_VALUES} texts`);
		values.push(next);
	}
}

/** Reads a text in quotes. */
export function readText(reader: Reader): string {
	const token = reader.peek();
	if (token?.kind === 'open') return reader.fail('a quote that is closed');
	if (token?.kind !== 'quote') return reader.fail('a text in quotes');
	if (token.text.length === 0 || token.text.length > MOST_LENGTH) {
		return reader.fail(`a text of 1 to ${MOST_LENGTH} letters`);
	}
	reader.at += 1;
	return token.text;
}

function readBareText(reader: Reader): string {
	const from = reader.at;
	for (let token = reader.peek(); token?.kind === 'word'; token = reader.peek()) {
		if (ENDINGS.has(token.text.toLowerCase())) break;
		reader.at += 1;
	}
	const words = reader.tokens.slice(from, reader.at).map(({ text }) => text);
	const text = words.join(' ');
	if (text === '' || text.length > MOST_LENGTH || isComparison(text)) {
		reader.at = from;
		return readText(reader);
	}
	return text;
}

/** What begins like a comparison is one. */
function isComparison(text: string): boolean {
	return /^(?:exactly|more than|less than|fewer than|at least|at most|not|between|from|true|false)\b/i.test(
		text
	);
}
