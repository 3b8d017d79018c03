import { trimText } from './dictionary.ts';
import { expandedFingerprint, fingerprint, pairFingerprint, signatureOf, wordsOf } from './fingerprint.ts';
import { knownPlaces, type ComparedLabel } from './misspelling.ts';

/** A text of a column and how many rows have it. */
export interface Spelling {
	readonly text: string;
	readonly count: number;
}

/** Spellings with the same fingerprint: surely one label. */
export interface LabelClass extends ComparedLabel {
	/** The most frequent first. */
	readonly spellings: readonly Spelling[];
	readonly rows: number;
	/** Numbers and telling marks, which labels that are joined must share. */
	readonly signature: string;
	/** The words in one, without blanks. */
	readonly letters: string;
	/** Null where the label has too few letters. */
	readonly pairs: string | null;
	readonly expanded: string;
}

/** Texts looked at between two pauses. */
const SLICE = 250;

/**
 * Texts in classes of one fingerprint, those of most rows first. Texts without a letter are left out: numbers and marks are no
 * labels.
 */
export async function labelClasses(
	texts: readonly Spelling[],
	rest: () => Promise<void>
): Promise<LabelClass[]> {
	const byKey = new Map<string, { words: readonly string[]; signature: string; spellings: Spelling[] }>();
	const distinct = addEqual(texts);
	await rest();
	for (const [i, spelling] of distinct.entries()) {
		if (i % SLICE === SLICE - 1) await rest();
		if (!/\p{L}/u.test(spelling.text)) continue;
		const words = wordsOf(spelling.text);
		const signature = signatureOf(spelling.text);
		const key = `${fingerprint(words)}|${signature}`;
		const known = byKey.get(key);
		if (known) known.spellings.push(spelling);
		else byKey.set(key, { words, signature, spellings: [spelling] });
	}
	const classes: LabelClass[] = [];
	for (const each of byKey.values()) {
		if (classes.length % SLICE === SLICE - 1) await rest();
		classes.push(describe(each));
	}
	await rest();
	return classes.sort(
		(a, b) => b.rows - a.rows || b.spellings.length - a.spellings.length || compare(textOf(a), textOf(b))
	);
}

function describe({
	words,
	signature,
	spellings
}: Pick<LabelClass, 'words' | 'signature' | 'spellings'>): LabelClass {
	return {
		words,
		signature,
		spellings: mostFrequentFirst(spellings),
		rows: spellings.reduce((sum, { count }) => sum + count, 0),
		places: knownPlaces(words.join(' ')),
		letters: words.join(''),
		pairs: pairFingerprint(words),
		expanded: expandedFingerprint(words)
	};
}

/** The most frequent spelling of a class. */
export function textOf({ spellings }: Pick<LabelClass, 'spellings'>): string {
	return spellings[0]?.text ?? '';
}

/** Texts that differ only in blanks at their ends, as one; the most frequent first. */
function addEqual(texts: readonly Spelling[]): Spelling[] {
	const counts = new Map<string, number>();
	for (const { text, count } of texts) {
		const key = trimText(text);
		counts.set(key, (counts.get(key) ?? 0) + count);
	}
	return [...counts]
		.map(([text, count]) => ({ text, count }))
		.sort((a, b) => b.count - a.count || compare(a.text, b.text));
}

/** Of equals, the spelling most like that of a name first, then by code units. */
export function mostFrequentFirst(spellings: readonly Spelling[]): Spelling[] {
	return [...spellings].sort(
		(a, b) =>
			b.count - a.count ||
			likeAName(b.text) - likeAName(a.text) ||
			a.text.length - b.text.length ||
			compare(a.text, b.text)
	);
}

/** Words with a capital and small letters behind it, less marks and double blanks, which a name seldom has. */
function likeAName(text: string): number {
	const capitals = text.match(/(?<!\p{L})\p{Lu}\p{Ll}+/gu)?.length ?? 0;
	const oddities = text.match(/[^\p{L}\p{M}\p{N} ]| {2}/gu)?.length ?? 0;
	return capitals - oddities;
}

/** By code units, the same on every machine. */
export function compare(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}
