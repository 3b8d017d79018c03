import { withoutFillers } from './abbreviations.ts';
import {
	compare,
	labelClasses,
	mostFrequentFirst,
	textOf,
	type LabelClass,
	type Spelling
} from './label-classes.ts';
import { areDifferentPlaces, mayBeMisspelling } from './misspelling.ts';
import { nearPairs } from './near-texts.ts';

/** How far a group can be trusted: the same words; a known short form or the same pairs of letters; a few letters apart. */
export const CONFIDENCES = ['sure', 'likely', 'possible'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** What leads from a spelling to its group. */
export type Via = 'words' | 'abbreviation' | 'initials' | 'pairs' | 'letters';

const CONFIDENCE_OF: Readonly<Record<Via, Confidence>> = {
	words: 'sure',
	abbreviation: 'likely',
	initials: 'likely',
	pairs: 'likely',
	letters: 'possible'
};

/** A spelling of a group. */
export interface LabelMember extends Spelling {
	readonly via: Via;
}

/** Spellings that seem to be of one label. Only a proposal: nothing is written before the user says so. */
export interface LabelGroup {
	/** The most frequent spelling of what most rows have. */
	readonly label: string;
	/** Two or more, the most frequent first; each text is in one group at most. */
	readonly members: readonly LabelMember[];
	/** That of the member that is least sure. */
	readonly confidence: Confidence;
	readonly rows: number;
}

/** Classes that are taken for one label. */
interface Cluster {
	/** The class of most rows first. */
	readonly classes: { readonly label: LabelClass; readonly via: Via }[];
	rows: number;
}

/**
 * Groups the spellings of labels. Texts that differ in their numbers or in marks that mean something are never joined, nor two
 * names of different countries or regions, nor, by their letters alone, two that are both frequent. The order of the texts does
 * not matter.
 *
 * @param texts each with its rows
 * @param rest called now and then, so that others can run
 * @returns the groups of most rows first
 */
export async function groupLabels(
	texts: readonly Spelling[],
	rest: () => Promise<void>
): Promise<LabelGroup[]> {
	const classes = await labelClasses(texts, rest);
	const merged = await joinAlike(classes, rest);
	const clusters = joinInitials(await joinMisspelt(merged, rest));
	await rest();
	return clusters
		.filter(
			({ classes: [first, second] }) => second !== undefined || (first?.label.spellings.length ?? 0) > 1
		)
		.map(groupOf)
		.sort((a, b) => b.rows - a.rows || compare(a.label, b.label));
}

/** Labels looked at between two pauses. */
const SLICE = 2000;

/** Joins classes that are one but for abbreviations, and those with the same pairs of letters. */
async function joinAlike(classes: readonly LabelClass[], rest: () => Promise<void>): Promise<Cluster[]> {
	const byKey = new Map<string, Cluster>();
	const clusters: Cluster[] = [];
	for (const [i, label] of classes.entries()) {
		if (i % SLICE === SLICE - 1) await rest();
		const expanded = `${label.expanded}|${label.signature}`;
		const pairs = label.pairs === null ? null : `${label.pairs}||${label.signature}`;
		const ways = [
			{ key: expanded, via: 'abbreviation' as const },
			...(pairs === null ? [] : [{ key: pairs, via: 'pairs' as const }])
		];
		const way = ways.find(({ key }) => fits(label, byKey.get(key)));
		const found = way && byKey.get(way.key);
		const cluster = found ?? { classes: [], rows: 0 };
		if (!found) clusters.push(cluster);
		cluster.classes.push({ label, via: way?.via ?? 'words' });
		cluster.rows += label.rows;
		for (const { key } of ways) if (!byKey.has(key)) byKey.set(key, cluster);
	}
	return clusters;
}

/** No class of the cluster names another place. */
function fits(label: LabelClass, cluster: Cluster | undefined): boolean {
	return cluster !== undefined && !cluster.classes.some((other) => areDifferentPlaces(label, other.label));
}

/** Two labels that have so many rows each, and of which the rarer has such a share of the other, are two. */
const FREQUENT_ROWS = 25;
const FREQUENT_SHARE = 0.2;

/**
 * Joins rarer clusters to the one that they may be misspellings of: the nearest, of several the one with most rows. What has
 * been joined draws nothing further, so that a chain of small steps does not lead from one label to another.
 */
async function joinMisspelt(clusters: readonly Cluster[], rest: () => Promise<void>): Promise<Cluster[]> {
	const near = await nearClusters(clusters, rest);
	const order = [...clusters.keys()].sort((i, j) => {
		const [a, b] = [clusters[i], clusters[j]];
		return (b?.rows ?? 0) - (a?.rows ?? 0) || (near.get(j)?.size ?? 0) - (near.get(i)?.size ?? 0) || i - j;
	});
	const centres = new Set<number>();
	for (const i of order) {
		const cluster = clusters[i];
		if (!cluster) continue;
		const best = [...(near.get(i) ?? [])]
			.filter(([other]) => centres.has(other))
			.sort(([j, n], [k, m]) => n - m || (clusters[k]?.rows ?? 0) - (clusters[j]?.rows ?? 0) || j - k)
			.map(([other]) => clusters[other])
			.find((other) => other !== undefined && mayJoin(cluster, other));
		if (best) absorb(best, cluster, 'letters');
		else centres.add(i);
	}
	return [...centres].sort((i, j) => i - j).flatMap((i) => clusters[i] ?? []);
}

function mayJoin(rarer: Cluster, other: Cluster): boolean {
	const areFrequent = rarer.rows >= FREQUENT_ROWS && rarer.rows >= FREQUENT_SHARE * other.rows;
	return !areFrequent && rarer.classes.every(({ label }) => fits(label, other));
}

function absorb(cluster: Cluster, { classes, rows }: Cluster, via: Via): void {
	cluster.classes.push(...classes.map(({ label }) => ({ label, via })));
	cluster.rows += rows;
}

/** For each cluster, those with a label a few letters apart, and how many. */
async function nearClusters(
	clusters: readonly Cluster[],
	rest: () => Promise<void>
): Promise<Map<number, Map<number, number>>> {
	const owners = new Map<string, { cluster: number; label: LabelClass }[]>();
	const labelsWith = new Map<string, number>();
	for (const [cluster, { classes }] of clusters.entries()) {
		if (cluster % SLICE === SLICE - 1) await rest();
		for (const { label } of classes) {
			const alike = owners.get(label.letters);
			if (alike) alike.push({ cluster, label });
			else owners.set(label.letters, [{ cluster, label }]);
			for (const word of new Set(label.words)) labelsWith.set(word, (labelsWith.get(word) ?? 0) + 1);
		}
	}
	const texts = [...owners.keys()].sort(compare);
	const near = new Map<number, Map<number, number>>();
	const count = (word: string) => labelsWith.get(word) ?? 0;
	for (const { a, b, distance } of await nearPairs(texts, rest)) {
		for (const one of owners.get(texts[a] ?? '') ?? []) {
			for (const other of owners.get(texts[b] ?? '') ?? []) {
				if (one.cluster === other.cluster || one.label.signature !== other.label.signature) continue;
				if (mayBeMisspelling(one.label, other.label, count)) note(near, one.cluster, other.cluster, distance);
			}
		}
	}
	return near;
}

function note(near: Map<number, Map<number, number>>, a: number, b: number, distance: number): void {
	for (const [from, to] of [[a, b] as const, [b, a] as const]) {
		const known = near.get(from) ?? new Map<number, number>();
		known.set(to, Math.min(distance, known.get(to) ?? distance));
		near.set(from, known);
	}
}

const LEAST_INITIALS = 3;
const MOST_INITIALS = 6;

/** Joins a label in capitals, such as NYC, to the one cluster that has a label of words with these first letters. */
function joinInitials(clusters: readonly Cluster[]): Cluster[] {
	const byInitials = new Map<string, Set<Cluster>>();
	for (const cluster of clusters) {
		for (const { label } of cluster.classes) {
			const initials = withoutFillers(label.words)
				.map((word) => word.slice(0, 1))
				.join('');
			if (initials.length < LEAST_INITIALS || label.words.length < LEAST_INITIALS) continue;
			byInitials.set(initials, (byInitials.get(initials) ?? new Set()).add(cluster));
		}
	}
	const joined = new Set<Cluster>();
	for (const cluster of clusters) {
		const short = cluster.classes.map(({ label }) => label).find(isShort);
		const meant = short && [...(byInitials.get(short.letters) ?? [])];
		const [only, ...others] = meant ?? [];
		if (!only || only === cluster || others.length > 0 || joined.has(only)) continue;
		if (!cluster.classes.every(({ label }) => fits(label, only))) continue;
		absorb(only, cluster, 'initials');
		joined.add(cluster);
	}
	return clusters.filter((cluster) => !joined.has(cluster));
}

/** One word of three to six letters that is written in capitals. */
function isShort({ letters, words, spellings }: LabelClass): boolean {
	if (words.length !== 1 || letters.length < LEAST_INITIALS || letters.length > MOST_INITIALS) return false;
	return spellings.some(({ text }) => /^[\p{Lu}. ]+$/u.test(text));
}

function groupOf({ classes, rows }: Cluster): LabelGroup {
	const [first] = [...classes].sort(
		(a, b) =>
			b.label.rows - a.label.rows ||
			b.label.spellings.length - a.label.spellings.length ||
			compare(textOf(a.label), textOf(b.label))
	);
	const vias = new Map<string, Via>();
	for (const { label, via } of classes) {
		for (const { text } of label.spellings) vias.set(text, label === first?.label ? 'words' : via);
	}
	const members = mostFrequentFirst(classes.flatMap(({ label }) => label.spellings)).map(
		({ text, count }) => ({ text, count, via: vias.get(text) ?? 'words' })
	);
	const least = Math.max(...members.map(({ via }) => CONFIDENCES.indexOf(CONFIDENCE_OF[via])));
	return {
		label: first ? textOf(first.label).replaceAll(/\s+/g, ' ') : '',
		members,
		confidence: CONFIDENCES[least] ?? 'possible',
		rows
	};
}
