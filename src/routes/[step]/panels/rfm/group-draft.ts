import type { Format } from '#lib/core/format.ts';
import type { GroupEntry, GroupTable, RfmAxis } from '#lib/pipeline/segment/schema.ts';
import {
	cellsOf,
	checkGroupTable,
	type Grid,
	type GroupCell,
	type GroupTableProblems
} from '#lib/pipeline/segment/rfm/group-table.ts';

/** The most groups that a table has. */
export const MOST_GROUPS = 30;
const LONGEST_ID = 40;
/** Cells that are named in a sentence; the rest is counted. */
const MOST_NAMED = 4;

/** What a score is called in a sentence. */
export const AXIS_WORDS: Readonly<Record<RfmAxis, string>> = {
	r: 'recency',
	f: 'frequency',
	m: 'money',
	fm: 'orders and spend'
};

/** A grid of the editor: rows by the first axis from the best, columns by the second, one for each score of a third. */
export interface CellGrid {
	/** The score of the third axis; null where there are two. */
	readonly page: number | null;
	readonly rows: readonly (readonly GroupCell[])[];
}

/** The grids that show every cell once, the best scores first. */
export function gridsOf({ levels, axes }: Grid): CellGrid[] {
	const rising = Array.from({ length: levels }, (_, i) => i + 1);
	const falling = rising.toReversed();
	const pages = axes.length > 2 ? falling : [null];
	const columns = axes.length > 1 ? rising : [null];
	const cellOf = (...scores: readonly (number | null)[]) => scores.filter((score) => score !== null);
	return pages.map((page) => ({
		page,
		rows: falling.map((row) => columns.map((column) => cellOf(row, column, page)))
	}));
}

/** Stands for a cell in maps. */
export function cellId(cell: GroupCell): string {
	return cell.join(' ');
}

/** The groups that have each cell, by `cellId`; cells that nobody has are absent. */
export function ownersOf(table: GroupTable): ReadonlyMap<string, readonly GroupEntry[]> {
	const owners = new Map<string, GroupEntry[]>();
	for (const entry of table)
		for (const cell of entry.cells) {
			const known = owners.get(cellId(cell));
			if (known) known.push(entry);
			else owners.set(cellId(cell), [entry]);
		}
	return owners;
}

/** The scores of all customers, row by row. */
export type CustomerScores = Readonly<Record<'rScore' | 'fScore' | 'mScore' | 'fmScore', Int32Array>>;

/** How many customers each cell has, by `cellId`; cells of nobody are absent. */
export function cellCounts(customers: CustomerScores, axes: readonly RfmAxis[]): ReadonlyMap<string, number> {
	const scores = axes.map((axis) => customers[`${axis}Score`]);
	const counts = new Map<string, number>();
	for (let row = 0; row < customers.rScore.length; row += 1) {
		const key = cellId(scores.map((each) => each[row] ?? 0));
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return counts;
}

/** How many customers are in another group in the second table, or in none. */
export function changedCustomers(
	before: GroupTable,
	after: GroupTable,
	counts: ReadonlyMap<string, number>
): number {
	const idsOf = (owners: readonly GroupEntry[] = []) => owners.map(({ id }) => id).join(' ');
	const [was, is] = [ownersOf(before), ownersOf(after)];
	return [...counts]
		.filter(([key]) => idsOf(was.get(key)) !== idsOf(is.get(key)))
		.reduce((sum, [, customers]) => sum + customers, 0);
}

/** The same as a sentence. */
export function changeWords(customers: number, format: Format): string {
	if (customers === 0) return 'No customer changes group.';
	return `${format.count(customers)} ${customers === 1 ? 'customer changes' : 'customers change'} group.`;
}

/** Gives a cell to a group, away from all others; a cell that the group has alone is taken from it. */
export function giveOrTake(table: GroupTable, id: string, cell: GroupCell): GroupTable {
	const key = cellId(cell);
	const owners = ownersOf(table).get(key) ?? [];
	const isTaken = owners.length === 1 && owners[0]?.id === id;
	return table.map((entry) => {
		const others = entry.cells.filter((each) => cellId(each) !== key);
		const keeps = others.length === entry.cells.length && entry.id !== id;
		if (keeps) return entry;
		return { ...entry, cells: entry.id === id && !isTaken ? [...others, [...cell]] : others };
	});
}

/**
 * The table with another group, which has no cell yet. It comes first: colours are counted from the end of the table, so
 * that all others keep theirs.
 */
export function withNewGroup(table: GroupTable): { readonly table: GroupTable; readonly id: string } {
	const ids = new Set(table.map(({ id }) => id));
	const names = new Set(table.map(({ name }) => name));
	let number = table.length + 1;
	while (ids.has(`group_${number}`) || names.has(`Group ${number}`)) number += 1;
	const id = `group_${number}`;
	return {
		table: [{ id, name: `Group ${number}`, meaning: '', advice: '', cells: [] }, ...table],
		id
	};
}

/** The table with other words for a group. */
export function reworded(
	table: GroupTable,
	id: string,
	words: Partial<Pick<GroupEntry, 'name' | 'meaning' | 'advice'>>
): GroupTable {
	return table.map((entry) => (entry.id === id ? { ...entry, ...words } : entry));
}

/** The table without a group; its cells then have none. */
export function withoutGroup(table: GroupTable, id: string): GroupTable {
	return table.filter((entry) => entry.id !== id);
}

/** What is proven of a table, or what keeps it from being saved. */
export interface Proof {
	readonly holds: boolean;
	readonly text: string;
}

/** Says that every cell has exactly one group, or which have none or several, or which names are missing. */
export function proofOf(table: GroupTable, grid: Grid): Proof {
	const problems = checkGroupTable(table, grid);
	const faults = [...cellFaults(problems, table, grid.axes), ...nameFaults(table)];
	if (faults.length > 0) return { holds: false, text: faults.join(' ') };
	return { holds: true, text: `All ${cellsOf(grid).length} cells have exactly one group.` };
}

function cellFaults(
	{ missing, double, unknown }: GroupTableProblems,
	table: GroupTable,
	axes: readonly RfmAxis[]
): string[] {
	const faults: string[] = [];
	const has = (count: number) => (count === 1 ? '1 cell has' : `${count} cells have`);
	if (missing.length > 0)
		faults.push(`${has(missing.length)} no group: ${listed(missing.map((cell) => cellWords(cell, axes)))}.`);
	if (double.length > 0) {
		const each = double.map(({ cell, groups }) => `${cellWords(cell, axes)} (${namesOf(groups, table)})`);
		faults.push(`${has(double.length)} more than one group: ${listed(each)}.`);
	}
	if (unknown.length > 0)
		faults.push(`${has(unknown.length)} scores that the scheme does not give. Reset the table to mend it.`);
	return faults;
}

function nameFaults(table: GroupTable): string[] {
	const names = table.map(({ name }) => name.trim());
	const twice = names.find((name, i) => name !== '' && names.indexOf(name) !== i);
	const faults = names.includes('') ? ['A group has no name.'] : [];
	if (twice !== undefined) faults.push(`Two groups are called “${twice}”.`);
	if (table.length === 0) faults.push('There has to be a group.');
	return faults;
}

function namesOf(ids: readonly string[], table: GroupTable): string {
	return ids.map((id) => table.find((entry) => entry.id === id)?.name ?? id).join(', ');
}

function listed(texts: readonly string[]): string {
	const shown = texts.slice(0, MOST_NAMED);
	const more = texts.length - shown.length;
	return more > 0 ? `${shown.join('; ')}; and ${more} more` : shown.join('; ');
}

/** A cell in words: `recency 5, frequency 4`. */
export function cellWords(cell: GroupCell, axes: readonly RfmAxis[]): string {
	return axes.map((axis, i) => `${AXIS_WORDS[axis]} ${cell[i] ?? '–'}`).join(', ');
}

/**
 * The table as it goes into the recipe: texts without blanks around them, new groups with an id made of their name; null
 * when it is the scheme's own.
 */
export function toSave(draft: GroupTable, before: GroupTable, own: GroupTable): GroupTable | null {
	const known = new Set([...before, ...own].map(({ id }) => id));
	const taken = new Set(draft.filter(({ id }) => known.has(id)).map(({ id }) => id));
	const table = draft.map((entry) => {
		const words = {
			name: entry.name.trim(),
			meaning: entry.meaning.trim(),
			advice: entry.advice.trim()
		};
		const id = known.has(entry.id) ? entry.id : idOf(words.name, entry.id, taken);
		taken.add(id);
		return { ...entry, ...words, id };
	});
	return isSameTable(table, own) ? null : table;
}

/** True for tables with the same groups and words whose cells are the same, in whatever order. */
export function isSameTable(a: GroupTable, b: GroupTable): boolean {
	return JSON.stringify(a.map(sorted)) === JSON.stringify(b.map(sorted));
}

function sorted({ id, name, meaning, advice, cells }: GroupEntry): readonly unknown[] {
	return [id, name, meaning, advice, cells.map(cellId).sort()];
}

function idOf(name: string, fallback: string, taken: ReadonlySet<string>): string {
	const plain = name
		.normalize('NFD')
		.toLowerCase()
		.replaceAll(/\p{M}/gu, '')
		.replaceAll(/[^a-z0-9]+/g, '_')
		.replaceAll(/^[_0-9]+|_+$/g, '')
		.slice(0, LONGEST_ID);
	const free = [plain, fallback].find((id) => id !== '' && !taken.has(id));
	return free ?? `${fallback.slice(0, LONGEST_ID - 4)}_${taken.size}`;
}
