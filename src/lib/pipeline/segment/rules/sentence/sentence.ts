import type { Condition, Rule, RuleGroup } from '../schema.ts';
import { CLAUSES } from './clauses/index.ts';
import type { Clause } from './clauses/clause.ts';
import { normalise } from './normalise.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * A rule in plain words, on one line: `Customers who placed more than 3 orders in the last 90 days and whose total spend is more
 * than 500`. `parseSentence` reads the rule back as `normalise` has it.
 */
export function sentenceOf(rule: Rule, vocabulary: Vocabulary): string {
	const whole = normalise(rule);
	if (whole.conditions.length === 0) return whole.match === 'any' ? 'No customers' : 'All customers';
	const before = whole.match === 'none' ? 'Customers except those' : 'Customers';
	return `${before} ${joined(whole, vocabulary)}`;
}

/** A condition in few words, for a row of its own: `Placed more than 3 orders`, `Total spend is more than 500`, `In Champions`. */
export function phraseOf(condition: Condition, vocabulary: Vocabulary): string {
	if (condition.kind === 'group') {
		const { conditions } = condition;
		if (conditions.length === 0) return condition.match === 'any' ? 'No customers' : 'All customers';
		return upperFirst(conditionWords(condition, vocabulary));
	}
	return upperFirst(conditionWords(condition, vocabulary).replace(/^(?:who are|whose|who) /, ''));
}

/** The conditions of a group, told apart by commas where they are more than two. */
function joined({ match, conditions }: RuleGroup, vocabulary: Vocabulary): string {
	const words = conditions.map((each) => conditionWords(each, vocabulary));
	const last = match === 'all' ? 'and' : 'or';
	if (words.length < 3) return words.join(` ${last} `);
	return `${words.slice(0, -1).join(', ')}, ${last} ${words.at(-1)}`;
}

function conditionWords(condition: Condition, vocabulary: Vocabulary): string {
	if (condition.kind === 'group') return groupWords(condition, vocabulary);
	return clauseOf(condition).write(condition, vocabulary);
}

function groupWords(group: RuleGroup, vocabulary: Vocabulary): string {
	if (group.conditions.length === 0) return group.match === 'any' ? '(no one)' : '(everyone)';
	const words = `(${joined(group, vocabulary)})`;
	return group.match === 'none' ? `not ${words}` : words;
}

function clauseOf<C extends Exclude<Condition, { kind: 'group' }>>({ kind }: C): Clause<C> {
	return CLAUSES[kind] as unknown as Clause<C>;
}

function upperFirst(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
