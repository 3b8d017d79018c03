import type { FoundPair } from '#lib/pipeline/clean/duplicates/pairs.ts';
import type { AccountPair } from '#lib/pipeline/clean/schema.ts';

/** What the user said of a pair, by itself or by what follows from other pairs. */
export type Decision = 'open' | 'merged' | 'apart';

/** What was decided so far. */
export interface Decided {
	readonly merges: readonly AccountPair[];
	readonly apart: readonly AccountPair[];
}

/** Groups of more people than this are not merged all at once: a chain of likenesses may have grown too long. */
export const LARGEST_GROUP = 6;

/** The decision on each pair, in their order: A is B and B is C makes A and C one. */
export function decisionsOn(pairs: readonly FoundPair[], { merges, apart }: Decided): Decision[] {
	const rootOf = joined(merges);
	const told = new Set(apart.flatMap(({ a, b }) => [key(rootOf(a), rootOf(b)), key(rootOf(b), rootOf(a))]));
	const said = new Set(apart.map(({ a, b }) => `${a}+${b}`));
	return pairs.map(({ a, b, apartBy }) => {
		if (rootOf(a) === rootOf(b)) return 'merged';
		return told.has(key(rootOf(a), rootOf(b))) || (apartBy !== null && said.has(apartBy)) ? 'apart' : 'open';
	});
}

/** Pairs nobody has decided on, from a probability on, the most probable first. */
export function openPairs(pairs: readonly FoundPair[], decided: Decided, least: number): FoundPair[] {
	const decisions = decisionsOn(pairs, decided);
	return pairs.filter(({ probability }, i) => decisions[i] === 'open' && probability >= least);
}

/** The groups that hang together by pairs: each with its pairs and the number of its people. */
export function groupsOf(
	pairs: readonly FoundPair[]
): { readonly people: number; readonly pairs: readonly FoundPair[] }[] {
	const rootOf = joined(pairs);
	const groups = new Map<string, FoundPair[]>();
	for (const pair of pairs) {
		const root = rootOf(pair.a);
		groups.set(root, [...(groups.get(root) ?? []), pair]);
	}
	return [...groups.values()].map((own) => ({
		people: new Set(own.flatMap(({ a, b }) => [a, b])).size,
		pairs: own
	}));
}

/** What merging all open pairs from a probability on would do. */
export interface MergeAll {
	readonly pairs: readonly FoundPair[];
	/** People who would be fewer. */
	readonly fewer: number;
	/** Groups that stay for the review, because they are large or hold two people who were told apart. */
	readonly heldBack: number;
}

/** The pairs that can be merged at once. */
export function mergeAllOf(pairs: readonly FoundPair[], decided: Decided, least: number): MergeAll {
	const decisions = decisionsOn(pairs, decided);
	const wanted = pairs.filter(({ probability }, i) => decisions[i] === 'open' && probability >= least);
	const groups = groupsOf(wanted);
	const rootOf = joined([...decided.merges, ...wanted]);
	const torn = new Set(decided.apart.filter(({ a, b }) => rootOf(a) === rootOf(b)).map(({ a }) => rootOf(a)));
	for (const [i, { a, b }] of pairs.entries()) {
		if (decisions[i] === 'apart' && rootOf(a) === rootOf(b)) torn.add(rootOf(a));
	}
	const safe = groups.filter(
		({ people, pairs: own }) => people <= LARGEST_GROUP && !torn.has(rootOf(own[0]?.a ?? ''))
	);
	return {
		pairs: safe.flatMap((group) => group.pairs),
		fewer: safe.reduce((sum, { people }) => sum + people - 1, 0),
		heldBack: groups.length - safe.length
	};
}

/** Some of the pairs, evenly over all of them, the first and the last included. */
export function sampleOf<Item>(items: readonly Item[], most: number): Item[] {
	if (items.length <= most) return [...items];
	const places = Array.from({ length: most }, (_, i) => Math.round((i * (items.length - 1)) / (most - 1)));
	return places.flatMap((place) => items[place] ?? []);
}

/** A function that tells the group of an account: the same text for all that pairs join. */
function joined(pairs: readonly Pick<AccountPair, 'a' | 'b'>[]): (account: string) => string {
	const parents = new Map<string, string>();
	const rootOf = (account: string): string => {
		let root = account;
		for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
		if (root !== account) parents.set(account, root);
		return root;
	};
	for (const { a, b } of pairs) {
		const [x, y] = [rootOf(a), rootOf(b)];
		if (x !== y) parents.set(x, y);
	}
	return rootOf;
}

function key(a: string, b: string): string {
	return `${a} ${b}`;
}
