import { expandWords } from './abbreviations.ts';

/** Letters that no accent comes off, as they are written without. */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map([
	['ß', 'ss'],
	['æ', 'ae'],
	['œ', 'oe'],
	['ø', 'o'],
	['đ', 'd'],
	['ð', 'd'],
	['þ', 'th'],
	['ł', 'l'],
	['ı', 'i']
]);

/**
 * The words of a label in their order: small letters without accents, points and apostrophes; `&` is “and”, all other marks
 * part words, and letters that stand alone one after the other are one word (`N. Y. C.`).
 */
export function wordsOf(text: string): readonly string[] {
	const plain = text
		.normalize('NFKD')
		.replaceAll(/[\u0300-\u036f.'’‘`´]/g, '')
		.toLowerCase()
		.replaceAll(/[ßæœøđðþłı]/g, (letter) => PLAIN_LETTERS.get(letter) ?? letter)
		.replaceAll('&', ' and ')
		.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
		.trim()
		.replaceAll(/(?<=(?:^| )\p{L}) (?=\p{L}(?: |$))/gu, '');
	return plain === '' ? [] : plain.split(' ');
}

const NUMBERS = /\p{N}+(?:[.,]\p{N}+)*/gu;
/** Marks that change what a label means: grades (A+), comparisons (<18), shares, money, languages (C#). */
const TELLING_MARKS = /[+#%<>=€$£¥°@*]|^\s*[-−]|[-−]\s*$/gu;

/** What two labels must share to be one at all: their numbers, and marks that change the meaning. */
export function signatureOf(text: string): string {
	const numbers = (text.match(NUMBERS) ?? []).sort();
	const marks = (text.match(TELLING_MARKS) ?? []).map((mark) => mark.trim()).sort();
	return `${numbers.join(' ')}|${marks.join('')}`;
}

/**
 * The same for all ways to write a label with the same words, whatever their order, case, accents and marks: the key of
 * OpenRefine's “fingerprint” (https://openrefine.org/docs/technical-reference/clustering-in-depth), but for words that stand
 * twice, which stay two: Baden-Baden is not Baden.
 */
export function fingerprint(words: readonly string[]): string {
	return [...words].sort().join(' ');
}

/** The same for labels that differ in abbreviations, words that say nothing, and words that stand twice. */
export function expandedFingerprint(words: readonly string[]): string {
	return [...new Set(expandWords(words))].sort().join(' ');
}

/** Texts of fewer letters have too few pairs to tell them apart. */
const SHORTEST_FOR_PAIRS = 5;

/**
 * The pairs of neighbouring letters of a label without its blanks, in order: OpenRefine's “n-gram fingerprint” with n = 2, but
 * for pairs that stand twice, which stay two: Type II is not Type III. Null for short texts.
 */
export function pairFingerprint(words: readonly string[]): string | null {
	const letters = words.join('');
	if (letters.length < SHORTEST_FOR_PAIRS) return null;
	return Array.from({ length: letters.length - 1 }, (_, i) => letters.slice(i, i + 2))
		.sort()
		.join(' ');
}
