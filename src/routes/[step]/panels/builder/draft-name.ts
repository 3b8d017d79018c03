import { phraseOf, type Vocabulary } from '#lib/pipeline/segment/rules/sentence/index.ts';
import type { Content } from '#lib/session/segments/draft-answer.svelte.ts';

const LONGEST = 40;

/** How figures are told in few words: a name stays true when a number is changed. */
const WITHOUT_FIGURES: readonly (readonly [figures: RegExp, words: string])[] = [
	[/\bin the last \d+ \w+/g, 'lately'],
	[/\bbefore the last \d+ \w+/g, 'long ago'],
	[/ (?:since|until) \d{4}-\d\d-\d\d/g, ''],
	[/ between \d{4}-\d\d-\d\d and \d{4}-\d\d-\d\d/g, ''],
	[/ (?:all )?within \d+ \w+/g, ' soon'],
	[/\b(?:is|are|of) (?:more than|at least) -?[\d.]+/g, 'above a limit'],
	[/\b(?:is|are|of) (?:less than|fewer than|at most) -?[\d.]+/g, 'below a limit'],
	[/\b(?:is|are|of) between -?[\d.]+ and -?[\d.]+/g, 'in a range'],
	[/\b(?:more than|at least) -?[\d.]+ (?=\w+s\b)/g, 'several '],
	[/\b(?:fewer than|at most) -?[\d.]+ (?=\w+s\b)/g, 'few ']
];

/** Words that a name does not end with. */
const LOOSE = /[\s,]+(?:a|an|and|at|by|in|is|of|on|or|that|the|their|then|to|was|were|who|whose|with)$/;

/** What a draft is called while nobody has named it: as many of its conditions as a short name holds. */
export function suggestedName(content: Content, vocabulary: Vocabulary): string {
	if (content.kind === 'sql') return 'My SQL';
	const { match, conditions } = content.rule;
	if (conditions.length === 0) return match === 'any' ? 'Nobody' : 'Everyone';
	const joint = match === 'all' ? ', ' : ' or ';
	const [first = '', ...others] = conditions.map((condition) =>
		withoutFigures(phraseOf(condition, vocabulary).replace(/^\((?:whose |who )?(.*)\)$/, '$1'))
	);
	let name = match === 'none' ? `Not: ${lowerFirst(first)}` : first;
	for (const words of others) {
		const longer = `${name}${joint}${lowerFirst(words)}`;
		if (longer.length > LONGEST) break;
		name = longer;
	}
	return shortened(name);
}

function withoutFigures(phrase: string): string {
	return WITHOUT_FIGURES.reduce((text, [figures, words]) => text.replaceAll(figures, words), phrase);
}

/** A text that ends with a whole word. */
function shortened(text: string): string {
	if (text.length <= LONGEST) return text;
	let name = text
		.slice(0, LONGEST + 1)
		.replace(/[\s,]+\S*$/, '')
		.slice(0, LONGEST);
	while (LOOSE.test(name)) name = name.replace(LOOSE, '');
	return name;
}

function lowerFirst(text: string): string {
	return /^[A-Z][A-Z]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
