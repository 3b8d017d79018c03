import { editDistance } from './edit-distance.ts';

/** Two texts by their places in the list, and how many edits apart they are. */
export interface NearPair {
	readonly a: number;
	readonly b: number;
	readonly distance: number;
}

/** From this length on two edits are allowed, below it one; shorter than the shortest none. */
const LONG = 9;
const SHORTEST = 5;
/** Longer texts are no labels. */
const LONGEST = 120;
/** A part of a text that more texts than this share says nothing about them. */
const MOST_SHARING = 200;
/** Texts looked at between two pauses. */
const SLICE = 400;

/** How many edits may lie between texts of which the shorter has that length. */
export function editLimit(length: number): number {
	return length < SHORTEST ? 0 : length < LONG ? 1 : 2;
}

/**
 * Pairs of texts that are at least one edit and at most `editLimit` apart. Instead of all pairs, only those are compared that
 * share a part: short ones what is left of them without one letter (as in Garbe's SymSpell), long ones one of three parts at
 * about the same place (Li, Deng, Wang and Feng, “PASS-JOIN”, VLDB 2011). A part that very many share is passed over, so the
 * work stays in proportion to the texts.
 *
 * @param texts each once
 * @param rest called every few hundred texts, so that others can run
 */
export async function nearPairs(texts: readonly string[], rest: () => Promise<void>): Promise<NearPair[]> {
	await rest();
	const pairs = [...(await shortPairs(texts, rest)), ...(await longPairs(texts, rest))];
	return pairs.sort((p, q) => p.a - q.a || p.b - q.b);
}

/** Pairs of which the shorter is short: one edit leaves a text in common when one letter is taken out of each. */
async function shortPairs(texts: readonly string[], rest: () => Promise<void>): Promise<NearPair[]> {
	const index = new Map<string, number[]>();
	const pairs: NearPair[] = [];
	for (const [i, text] of texts.entries()) {
		if (i % SLICE === SLICE - 1) await rest();
		if (text.length < SHORTEST || text.length > LONG) continue;
		const seen = new Set<number>();
		for (const variant of lettersOut(text)) {
			const sharing = entry(index, variant);
			if (sharing.length <= MOST_SHARING) sharing.forEach((other) => seen.add(other));
			sharing.push(i);
		}
		for (const other of seen) {
			const found = texts[other] ?? '';
			if (Math.min(found.length, text.length) >= LONG) continue;
			const distance = editDistance(found, text, 1);
			if (distance === 1) pairs.push({ a: other, b: i, distance });
		}
	}
	return pairs;
}

function lettersOut(text: string): Set<string> {
	const variants = new Set([text]);
	for (let i = 0; i < text.length; i++) variants.add(text.slice(0, i) + text.slice(i + 1));
	return variants;
}

const PARTS = 3;
const LONG_LIMIT = 2;

/** Pairs of long texts: two edits leave at least one of three parts as it is, a little to the left or right. */
async function longPairs(texts: readonly string[], rest: () => Promise<void>): Promise<NearPair[]> {
	const order = [...texts.keys()].filter((i) => isLong(texts[i] ?? ''));
	order.sort((i, j) => (texts[i] ?? '').length - (texts[j] ?? '').length || i - j);
	const index = new Map<string, number[]>();
	const pairs: NearPair[] = [];
	for (const [n, i] of order.entries()) {
		if (n % SLICE === SLICE - 1) await rest();
		const text = texts[i] ?? '';
		for (const other of sharingPart(text, index)) {
			const distance = editDistance(texts[other] ?? '', text, LONG_LIMIT);
			if (distance > 0 && distance <= LONG_LIMIT) {
				pairs.push({ a: Math.min(i, other), b: Math.max(i, other), distance });
			}
		}
		for (let part = 0; part < PARTS; part++) {
			const [from, to] = partOf(text.length, part);
			entry(index, partKey(text.length, part, text.slice(from, to))).push(i);
		}
	}
	return pairs;
}

function isLong({ length }: string): boolean {
	return length >= LONG && length <= LONGEST;
}

/** Texts, none longer than this one, of which a part stands in it where it may stand within the limit. */
function sharingPart(text: string, index: ReadonlyMap<string, readonly number[]>): Set<number> {
	const found = new Set<number>();
	for (let length = Math.max(LONG, text.length - LONG_LIMIT); length <= text.length; length++) {
		const longer = text.length - length;
		for (let part = 0; part < PARTS; part++) {
			const [from, to] = partOf(length, part);
			const first = Math.max(0, from - Math.floor((LONG_LIMIT - longer) / 2));
			const last = Math.min(text.length - (to - from), from + Math.floor((LONG_LIMIT + longer) / 2));
			for (let start = first; start <= last; start++) {
				const sharing = index.get(partKey(length, part, text.slice(start, start + to - from)));
				if (sharing && sharing.length <= MOST_SHARING) sharing.forEach((other) => found.add(other));
			}
		}
	}
	return found;
}

/** Where a part of a text starts and ends. */
function partOf(length: number, part: number): readonly [number, number] {
	return [Math.floor((length * part) / PARTS), Math.floor((length * (part + 1)) / PARTS)];
}

function partKey(length: number, part: number, text: string): string {
	return `${length} ${part} ${text}`;
}

function entry(index: Map<string, number[]>, key: string): number[] {
	const known = index.get(key) ?? [];
	if (known.length === 0) index.set(key, known);
	return known;
}
