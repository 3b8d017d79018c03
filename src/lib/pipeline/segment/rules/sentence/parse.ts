import { EVERYONE, Rule, type Condition, type RuleGroup } from '../schema.ts';
import { CLAUSES } from './clauses/index.ts';
import { normalise } from './normalise.ts';
import { examplesLike } from './examples.ts';
import { readPlain } from './plain/parse.ts';
import { Reader, type Problem } from './reader.ts';
import { AppError } from '#lib/core/errors.ts';
import { keyOf } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

const NO_ONE: RuleGroup = { kind: 'group', match: 'any', conditions: [] };
const MOST_CONDITIONS = 30;

/**
 * The rule that a sentence says, as `normalise` has it. Capitals, blanks and the form of quotes do not matter, and it may be said
 * as people say it: `bought more than 3 times in the last 90 days and spent over 500`.
 * @throws `rule.sentence`: the place that is not understood, what is found there and what could stand there, what of the
 * sentence could be read, and whole sentences that are like it
 */
export function parseSentence(text: string, vocabulary: Vocabulary): Rule {
	const read = readSentence(text, vocabulary);
	if ('kind' in read) return read;
	throw new AppError('rule.sentence', {
		...read,
		read: text.slice(0, read.place).trim(),
		examples: examplesLike(text, (example) => 'kind' in readSentence(example, vocabulary))
	});
}

/** What `sentenceOf` writes is read first, so that it always means what it was written of. */
function readSentence(text: string, vocabulary: Vocabulary): Rule | Problem {
	const written = new Reader(text);
	const plain = new Reader(text);
	const found =
		written.whole(() => readRule(written, vocabulary)) ?? plain.whole(() => readPlain(plain, vocabulary));
	if (found === null) return (plain.place > written.place ? plain : written).problem();
	const rule = normalise(found);
	const checked = Rule.safeParse(rule);
	if (checked.success) return rule;
	const expected = checked.error.issues.map(({ message }) => message);
	return { place: 0, found: text.slice(0, 60), expected, near: [] };
}

/**
 * What could stand at a place of a sentence, given what stands before it: words, names and kinds of values such as `a number`. What
 * has been typed of a word already stands in the way of what begins otherwise.
 */
export function expectedAt(text: string, place: number, vocabulary: Vocabulary): string[] {
	const before = text.slice(0, place);
	const reader = new Reader(before);
	// A word that nothing follows yet may be the beginning of a longer one.
	const isTyping = before !== '' && !/\s$/.test(before);
	if (
		reader.attempt(() => readRule(reader, vocabulary)) !== null &&
		reader.at === reader.tokens.length &&
		isTyping
	) {
		return [];
	}
	const typed = keyOf(before.slice(reader.place)).replace(/^[“"„]/, '');
	return reader.expected.filter((each) => keyOf(each).replace(/^“/, '').startsWith(typed));
}

function readRule(reader: Reader, vocabulary: Vocabulary): Rule {
	if (reader.takesOneOf('no customers', 'no one', 'nobody')) return NO_ONE;
	reader.takesOneOf('customers', 'all customers', 'people', 'all people', 'everyone', 'everybody');
	if (reader.at > 0 && reader.peek() === undefined) {
		reader.note('who', 'whose', 'except those', '(');
		return EVERYONE;
	}
	reader.takesQuietly(',');
	if (reader.takesOneOf('except those', 'except')) {
		return { ...readItems(reader, vocabulary, ['or']), match: 'none' };
	}
	return readItems(reader, vocabulary, ['and', 'or']);
}

/** Conditions that are joined by one and the same word. */
function readItems(reader: Reader, vocabulary: Vocabulary, joints: readonly ('and' | 'or')[]): RuleGroup {
	const conditions = [readCondition(reader, vocabulary)];
	let joint: 'and' | 'or' | null = joints.length === 1 ? (joints[0] ?? null) : null;
	for (;;) {
		const next = reader.attempt(() => {
			const used = readJoint(reader, joint);
			return { used, condition: readCondition(reader, vocabulary) };
		});
		if (next === null) return { kind: 'group', match: joint === 'or' ? 'any' : 'all', conditions };
		if (conditions.length === MOST_CONDITIONS) reader.fail(`at most ${MOST_CONDITIONS} conditions`);
		joint ??= next.used;
		conditions.push(next.condition);
	}
}

/** Reads what joins two conditions; null for a comma alone, which takes the word that is used elsewhere. */
function readJoint(reader: Reader, joint: 'and' | 'or' | null): 'and' | 'or' | null {
	const isParted = reader.takesQuietly(',');
	const found = (['and', 'or'] as const).find((each) => (joint ?? each) === each && reader.takes(each));
	if (!found && !isParted) reader.fail();
	return found ?? null;
}

function readCondition(reader: Reader, vocabulary: Vocabulary): Condition {
	const isNot = reader.takesOneOf('not', 'none of');
	if (isNot || reader.peek()?.text === '(') return readBrackets(reader, vocabulary, isNot);
	return reader.first(Object.values(CLAUSES).map((clause) => () => clause.read(reader, vocabulary)));
}

function readBrackets(reader: Reader, vocabulary: Vocabulary, isNot: boolean): Condition {
	reader.expect('(');
	const inside = readInside(reader, vocabulary);
	reader.expect(')');
	if (!isNot) return inside.conditions.length === 1 && inside.conditions[0] ? inside.conditions[0] : inside;
	const isOneOfThem = inside.match === 'any' || inside.conditions.length === 1;
	return { kind: 'group', match: 'none', conditions: isOneOfThem ? inside.conditions : [inside] };
}

function readInside(reader: Reader, vocabulary: Vocabulary): RuleGroup {
	if (reader.takes('everyone')) return EVERYONE;
	if (reader.takes('no one')) return NO_ONE;
	return readItems(reader, vocabulary, ['and', 'or']);
}
