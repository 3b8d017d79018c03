import type { NumberTest } from '../schema.ts';
import type { Reader } from './reader.ts';

type Comparison = Extract<NumberTest, { value: number }>['op'];
/** A test that compares, and does not ask only whether there is a number. */
type Comparing = Extract<NumberTest, { value: number } | { op: 'between' }>;
type Asking = Exclude<NumberTest, Comparing>;

/** How comparisons are written, and what else they may be called. A longer saying stands before one that it begins with. */
const COMPARISONS: readonly { readonly op: Comparison; readonly words: readonly string[] }[] = [
	{ op: 'ne', words: ['not exactly', 'not equal to', 'other than', '!=', '<>', '≠'] },
	{ op: 'eq', words: ['exactly', 'equal to', 'equals', '='] },
	{ op: 'ge', words: ['at least', 'no less than', 'no fewer than', '>=', '≥'] },
	{ op: 'le', words: ['at most', 'no more than', 'up to', '<=', '≤'] },
	{ op: 'gt', words: ['more than', 'greater than', 'over', 'above', '>'] },
	{ op: 'lt', words: ['less than', 'fewer than', 'under', 'below', '<'] }
];

const WRITTEN = new Map(COMPARISONS.map(({ op, words: [word = ''] }) => [op, word]));
const SPELLED = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** True for a test of whether there is a number at all. */
export function asksWhetherKnown(test: NumberTest): test is Asking {
	return test.op === 'known' || test.op === 'unknown';
}

/** A comparison of a number: `more than 500`. What is known or not is written by who asks. */
export function writeComparison(test: Comparing): string {
	if (test.op === 'between') return `between ${test.from} and ${test.to}`;
	return `${WRITTEN.get(test.op)} ${test.value}`;
}

/** The comparison of a count, of which there are fewer and not less. */
export function writeCount(test: Comparing): string {
	return test.op === 'lt' ? `fewer than ${test.value}` : writeComparison(test);
}

/** Reads a comparison; a number alone has to be equal. */
export function readComparison(reader: Reader): NumberTest {
	if (reader.takesOneOf('between', 'from')) {
		const from = readNumber(reader);
		reader.expect('and', 'to');
		return { op: 'between', from, to: readNumber(reader) };
	}
	const found = COMPARISONS.find(({ words: [word = '', ...synonyms] }) =>
		reader.takesOneOf(word, ...synonyms)
	);
	if (found) return { op: found.op, value: readNumber(reader) };
	const isNot = reader.takesQuietly('not');
	const isOpen = /^[\d,.]+\+$/.test(reader.peek()?.text ?? '');
	const value = readNumber(reader);
	if (isNot) return { op: 'ne', value };
	if (isOpen) return { op: 'ge', value };
	return readOrMore(reader, value);
}

/** `3 or more`, or just so many. */
export function readOrMore(reader: Reader, value: number): NumberTest {
	if (['or more', 'and more', 'or over'].some((words) => reader.takesQuietly(words)))
		return { op: 'ge', value };
	if (['or less', 'or fewer', 'or under'].some((words) => reader.takesQuietly(words)))
		return { op: 'le', value };
	return { op: 'eq', value };
}

/** Reads a number, with a sign of money before it or commas in it if need be. */
export function readNumber(reader: Reader): number {
	const token = reader.peek();
	const said =
		token?.kind === 'word' ? token.text.replace(/^\p{Sc}|\p{Sc}$|\+$/gu, '').replaceAll(',', '') : '';
	const spelled = SPELLED.indexOf(said.toLowerCase());
	const text = spelled < 0 ? said : String(spelled);
	const value = Number(text);
	if (!NUMBER.test(text) || !Number.isFinite(value)) return reader.fail('a number');
	reader.at += 1;
	return value === 0 ? 0 : value;
}

/** Reads a whole number between two others. */
export function readWhole(reader: Reader, least: number, most: number): number {
	const from = reader.at;
	const value = readNumber(reader);
	if (Number.isInteger(value) && value >= least && value <= most) return value;
	reader.at = from;
	return reader.fail(`a whole number from ${least} to ${most}`);
}
