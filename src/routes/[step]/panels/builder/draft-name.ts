import { phraseOf, type Vocabulary } from '#lib/pipeline/segment/rules/sentence/index.ts';
import type { Content } from '#lib/session/segments/draft-answer.svelte.ts';

const LONGEST = 60;

/** What a draft is called while nobody has named it: its conditions in few words. */
export function suggestedName(content: Content, vocabulary: Vocabulary): string {
	if (content.kind === 'sql') return 'My SQL';
	const { match, conditions } = content.rule;
	if (conditions.length === 0) return match === 'any' ? 'Nobody' : 'Everyone';
	const phrases = conditions.map((condition) =>
		phraseOf(condition, vocabulary).replace(/^\((?:whose |who )?(.*)\)$/, '$1')
	);
	const words = phrases.map((phrase, i) => (i === 0 ? phrase : lowerFirst(phrase)));
	const whole = words.join(match === 'all' ? ', ' : ' or ');
	return shortened(match === 'none' ? `Not: ${lowerFirst(whole)}` : whole);
}

/** A text that ends with a whole word. */
function shortened(text: string): string {
	if (text.length <= LONGEST) return text;
	const cut = text.slice(0, LONGEST - 1);
	return `${cut.replace(/[\s,]+\S*$/, '')}…`;
}

function lowerFirst(text: string): string {
	return /^[A-Z][A-Z]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
