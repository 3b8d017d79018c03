import type { Condition, RuleGroup } from '../../schema.ts';
import { CLAUSES } from '../clauses/index.ts';
import type { Reader } from '../reader.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { PLAIN_CLAUSES } from './clauses.ts';
import { takesAnyOf } from './words.ts';

const PEOPLE = [
	'customers',
	'customer',
	'people',
	'everyone',
	'everybody',
	'anyone',
	'those',
	'shoppers',
	'buyers',
	'clients'
];
/** Who is spoken of, which begins a condition. */
const WHO = [
	'that',
	'which',
	'they',
	...PEOPLE.map((people) => `${people} who`),
	...PEOPLE.map((people) => `${people} that`)
];
/** Words that begin a further condition without any other that joins it. */
const LEADS = new Set(['who', 'whose', 'that', 'with', 'without', 'from', 'having']);
const AND = ['and also', 'and', 'but also', 'but', 'plus', '&', 'as well as'];
const MOST_CONDITIONS = 30;

/** Reads a sentence as people say it, in which `who` may be left out; every condition may also be as `CLAUSES` write it. */
export function readPlain(reader: Reader, vocabulary: Vocabulary): RuleGroup {
	takesAnyOf(reader, ['show me', 'show', 'find', 'give me', 'i want']);
	takesAnyOf(reader, ['all', 'the', 'all the']);
	takesAnyOf(reader, PEOPLE);
	reader.takesQuietly(',');
	if (takesAnyOf(reader, ['except those', 'except'])) {
		return { ...readItems(reader, vocabulary, 'or'), match: 'none' };
	}
	return readItems(reader, vocabulary, null);
}

type Joint = 'and' | 'or';

function readItems(reader: Reader, vocabulary: Vocabulary, only: Joint | null): RuleGroup {
	const conditions = [readItem(reader, vocabulary)];
	let joint = only;
	for (;;) {
		const next = reader.attempt(() => {
			const used = readJoint(reader, joint);
			return { used, condition: readItem(reader, vocabulary) };
		});
		if (next === null || conditions.length === MOST_CONDITIONS) break;
		joint ??= next.used;
		conditions.push(next.condition);
	}
	return { kind: 'group', match: joint === 'or' ? 'any' : 'all', conditions };
}

function readJoint(reader: Reader, joint: Joint | null): Joint | null {
	const isParted = reader.takesQuietly(',');
	if (joint !== 'or' && takesAnyOf(reader, AND)) return 'and';
	if (joint !== 'and' && takesAnyOf(reader, ['or'])) return 'or';
	if (isParted) return null;
	if (joint === 'or' || !LEADS.has(reader.peek()?.text.toLowerCase() ?? '')) return reader.fail();
	return 'and';
}

function readItem(reader: Reader, vocabulary: Vocabulary): Condition {
	const isNot = reader.peek(1)?.text === '(' && takesAnyOf(reader, ['not']);
	if (reader.takesQuietly('(')) {
		const inside = readItems(reader, vocabulary, null);
		reader.expect(')');
		if (!isNot) return inside;
		return {
			kind: 'group',
			match: 'none',
			conditions: inside.match === 'any' ? inside.conditions : [inside]
		};
	}
	const next = reader.peek()?.text.toLowerCase();
	if (takesAnyOf(reader, WHO) || (next !== 'who' && next !== 'whose')) reader.imply('who');
	return reader.furthest([
		...Object.values(CLAUSES).map((clause) => () => clause.read(reader, vocabulary)),
		...PLAIN_CLAUSES.map((read) => () => read(reader, vocabulary))
	]);
}
