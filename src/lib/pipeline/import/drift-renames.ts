import { normalizedName } from './columns.ts';
import type { ColumnSample, TableSample } from './drift-sample.ts';
import { areUnlike, shareValues, areSimilar } from './drift-values.ts';
import type { Role, SourceParams } from './schema.ts';
import { synonymRank } from './synonyms.ts';

/** What speaks for two names being those of one column. */
export const RENAME_EVIDENCE = [
	'same_name',
	'similar_name',
	'same_meaning',
	'same_place',
	'shared_values',
	'similar_values'
] as const;
export type RenameEvidence = (typeof RENAME_EVIDENCE)[number];

/** A column that a newer export calls by another name. */
export interface Rename {
	readonly from: string;
	readonly to: string;
	/** What the column meant; null when nothing. */
	readonly role: Role | null;
	readonly evidence: readonly RenameEvidence[];
}

/**
 * How much each evidence weighs. The same letters, or the same values, are enough alone; a place that is the same needs
 * something beside it, for columns come and go.
 */
const WEIGHTS: Readonly<Record<RenameEvidence, number>> = {
	same_name: 3,
	similar_name: 2,
	same_meaning: 2,
	same_place: 1,
	shared_values: 3,
	similar_values: 2
};
const ENOUGH = 3;

/** Half of the pairs of letters in common: `order_date` and `date`, `total` and `total price`. */
const SIMILAR_NAME = 0.5;

/** Columns that are compared with each other: beyond this many, an export is another list. */
const MOST_COMPARED = 120;

interface Pair extends Rename {
	readonly weight: number;
	readonly likeness: number;
	readonly distance: number;
}

/** The columns of an older export that a newer one has under another name, in the order of the older one. */
export function findRenames(old: TableSample, found: TableSample): Rename[] {
	const roles = rolesByColumn(old.source);
	const gone = old.columns
		.filter(({ name }) => !found.source.columns.includes(name))
		.sort((a, b) => Number(roles.has(b.name)) - Number(roles.has(a.name)))
		.slice(0, MOST_COMPARED);
	const fresh = found.columns
		.filter(({ name }) => !old.source.columns.includes(name))
		.slice(0, MOST_COMPARED);
	const pairs = gone.flatMap((from) =>
		fresh.flatMap((to) => pairOf(old, found, from, to, roles.get(from.name) ?? null) ?? [])
	);
	pairs.sort((a, b) => b.weight - a.weight || b.likeness - a.likeness || a.distance - b.distance);
	const taken = new Set<string>();
	const renames: Rename[] = [];
	for (const { from, to, role, evidence } of pairs) {
		if (taken.has(`from ${from}`) || taken.has(`to ${to}`)) continue;
		taken.add(`from ${from}`).add(`to ${to}`);
		renames.push({ from, to, role, evidence });
	}
	const place = (name: string) => old.source.columns.indexOf(name);
	return renames.sort((a, b) => place(a.from) - place(b.from));
}

/** The role of each column that has one. */
export function rolesByColumn({ mapping }: Pick<SourceParams, 'mapping'>): Map<string, Role> {
	return new Map(Object.entries(mapping).map(([role, column]) => [column, role as Role]));
}

function pairOf(
	old: TableSample,
	found: TableSample,
	from: ColumnSample,
	to: ColumnSample,
	role: Role | null
): Pair | null {
	const evidence: RenameEvidence[] = [...nameEvidence(old, found, from.name, to.name, role)];
	const isNamed = evidence.length > 0;
	// Values of another kind make it another column, unless its name says that it is the same one, changed.
	if (areUnlike(from, to) && !isNamed) return null;
	if (isSamePlace(old.source.columns, found.source.columns, from, to)) evidence.push('same_place');
	if (shareValues(from, to)) evidence.push('shared_values');
	else if (areSimilar(from, to)) evidence.push('similar_values');
	const weight = evidence.reduce((sum, each) => sum + WEIGHTS[each], 0);
	if (weight < ENOUGH) return null;
	const likeness = nameLikeness(from.name, to.name);
	const distance = Math.abs(from.index - to.index);
	return { from: from.name, to: to.name, role, evidence, weight, likeness, distance };
}

function nameEvidence(
	old: TableSample,
	found: TableSample,
	from: string,
	to: string,
	role: Role | null
): readonly RenameEvidence[] {
	if (normalizedName(from) === normalizedName(to)) return ['same_name'];
	const { platform, kind } = old.source;
	if (role !== null && found.source.mapping[role] === to) {
		// The two names are those that one platform has used.
		if (platform !== null && platform === found.source.platform) return ['same_name'];
		return ['same_meaning'];
	}
	if (role !== null && synonymRank(role, to, kind) !== null) return ['same_meaning'];
	return nameLikeness(from, to) >= SIMILAR_NAME ? ['similar_name'] : [];
}

/** Share of the pairs of letters that two names have in common, 0 … 1 (Dice, https://doi.org/10.2307/1932409). */
function nameLikeness(a: string, b: string): number {
	const [first, second] = [letterPairs(a), letterPairs(b)];
	if (first.size + second.size === 0) return 0;
	const common = [...first].filter((pair) => second.has(pair)).length;
	return (2 * common) / (first.size + second.size);
}

function letterPairs(name: string): Set<string> {
	const text = normalizedName(name);
	return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
}

/** The same number in files of equally many columns, or the same column before or behind it. */
function isSamePlace(
	old: readonly string[],
	found: readonly string[],
	from: ColumnSample,
	to: ColumnSample
): boolean {
	if (from.index === to.index && old.length === found.length) return true;
	return [-1, 1].some((step) => {
		const neighbour = old[from.index + step];
		return neighbour !== undefined && neighbour === found[to.index + step];
	});
}
