import { editDistance } from '#lib/core/nearest-names.ts';
import type { Reader } from '../reader.ts';
import { readText } from '../tests.ts';

/** Words that end a name which stands without quotes. */
const STOPS = new Set(
	(
		'and or but nor not who whose that which with without in within since until before after between during over under ' +
		'above below more less fewer at least most exactly once twice times per a an each every then also all for from is are ' +
		'was were did have has had never in it them something anything no none any category last past nothing ' +
		'recently often again yesterday today regularly lately much many lots few frequently ago this next soon ever yet'
	).split(' ')
);
const MOST_WORDS = 12;
const NUMBER_START = /^[\d\p{Sc}<>=≥≤≠(),+-]/u;

/** Reads the first of several sayings that is next, if any. */
export function takesAnyOf(reader: Reader, sayings: readonly string[]): boolean {
	return sayings.some((words) => reader.takesQuietly(words));
}

/** Reads names in quotes, or without them up to a word of sentences; further ones begin with a capital or a quote. */
export function readBareTexts(reader: Reader): string[] {
	const values = [readBareText(reader)];
	for (;;) {
		const next = reader.attempt(() => {
			const isParted = reader.takesQuietly(',');
			if (!reader.takesQuietly('or') && !isParted) reader.fail();
			const token = reader.peek();
			if (token?.kind !== 'quote' && !/^\p{Lu}/u.test(token?.text ?? '')) reader.fail();
			return readBareText(reader);
		});
		if (next === null) return values;
		values.push(next);
	}
}

function readBareText(reader: Reader): string {
	if (reader.peek()?.kind === 'quote') return reader.quietly(() => readText(reader));
	takesAnyOf(reader, ['the', 'a', 'an']);
	const words: string[] = [];
	for (let token = reader.peek(); token?.kind === 'word'; token = reader.peek()) {
		// A number may be the end of a name, and not its beginning.
		const isStop =
			STOPS.has(token.text.toLowerCase()) || (words.length === 0 && NUMBER_START.test(token.text));
		if (isStop || words.length === MOST_WORDS) break;
		words.push(token.text);
		reader.at += 1;
	}
	return words.length === 0 || isMistyped(words) ? reader.fail() : words.join(' ');
}

const NOUNS = ['order', 'orders', 'product', 'products', 'message', 'messages', 'month', 'category'];

/** One word that is another one but for a letter: `oder`. */
function isMistyped([word = '', ...others]: readonly string[]): boolean {
	return others.length === 0 && NOUNS.some((noun) => editDistance(word, noun) === 1);
}
