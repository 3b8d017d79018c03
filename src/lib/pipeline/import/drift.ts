import { AppError } from '#lib/core/errors.ts';
import { findRenames, rolesByColumn, type Rename } from './drift-renames.ts';
import type { ColumnSample, TableSample } from './drift-sample.ts';
import { findShift, type Shift } from './drift-shifts.ts';
import { findSwaps } from './drift-swaps.ts';
import { driftProblems } from './drift-words.ts';
import type { ColumnMapping, FoundSource, Reading, Role, SourceParams } from './schema.ts';
import { COUNT_ROLES, DATE_ROLES, MONEY_ROLES } from './reading.ts';

export { examplesOf, readTableSample, sampleColumns, type TableSample } from './drift-sample.ts';
export { findClash, type Clash } from './drift-clash.ts';
export { newestDay } from './drift-newest.ts';
export type { Rename, RenameEvidence } from './drift-renames.ts';
export { isHarmful, type Shift, type ShiftKind } from './drift-shifts.ts';

/** A column of the older export that the newer one has not, under no name. */
export interface MissingColumn {
	readonly column: string;
	/** What it meant; null when nothing. */
	readonly role: Role | null;
}

/** What is different in a newer export of a list. */
export interface Drift {
	readonly renamed: readonly Rename[];
	readonly missing: readonly MissingColumn[];
	readonly added: readonly string[];
	/** Columns that stand elsewhere among those that both have: the fewest that explain the order. */
	readonly moved: readonly string[];
	readonly shifted: readonly Shift[];
}

/** Compares the layout and the values of two exports of a list. */
export function compareLayout(old: TableSample, found: TableSample): Drift {
	const renamed = findRenames(old, found);
	const roles = rolesByColumn(old.source);
	const [from, to] = [
		new Set(renamed.map((rename) => rename.from)),
		new Set(renamed.map((rename) => rename.to))
	];
	const [before, after] = [old.source.columns, found.source.columns];
	const [had, has] = [new Set(before), new Set(after)];
	return {
		renamed,
		missing: before
			.filter((column) => !has.has(column) && !from.has(column))
			.map((column) => ({ column, role: roles.get(column) ?? null })),
		added: after.filter((column) => !had.has(column) && !to.has(column)),
		moved: movedColumns(before, after),
		shifted: findShifts(old, found, renamed)
	};
}

/** True when there is something to ask. Columns in another order are found by their names, so they are not. */
export function hasDrift({ renamed, missing, added, shifted }: Drift): boolean {
	return renamed.length + missing.length + added.length + shifted.length > 0;
}

/** True when a column that means something has another name, is gone, or holds other values. */
export function breaksMeaning({ renamed, missing, shifted }: Drift): boolean {
	return shifted.length > 0 || [...renamed, ...missing].some(({ role }) => role !== null);
}

/**
 * Makes sure that a newer export can be read as the older one is.
 * @throws `import.drift`
 */
export function requireNoDrift(old: TableSample, found: TableSample): void {
	const drift = compareLayout(old, found);
	if (!breaksMeaning(drift)) return;
	const { fileName } = found.source;
	const problems = driftProblems(drift, old.source.kind);
	throw new AppError('import.drift', { fileName, expected: old.source.fileName, problems });
}

/**
 * A newer export with the meaning of the older one, where the renames that hold are given. What it is read by stays what
 * its own values say, and is open where other columns were looked at for it.
 */
export function applyRenames<Found extends FoundSource>(
	old: FoundSource,
	found: Found,
	renames: readonly Pick<Rename, 'from' | 'to'>[]
): Found {
	const names = new Map(renames.map(({ from, to }) => [from, to]));
	const mapping: ColumnMapping = {};
	for (const [role, column] of Object.entries(old.mapping)) {
		const name = names.get(column) ?? column;
		if (found.columns.includes(name)) mapping[role as Role] = name;
	}
	const { kind, platform, constants, idSystem } = old;
	return {
		...found,
		kind,
		platform,
		mapping,
		constants,
		idSystem,
		reading: readingFor(old.reading, found, mapping)
	};
}

function readingFor(
	old: Reading,
	{ mapping, reading }: Pick<SourceParams, 'mapping' | 'reading'>,
	next: ColumnMapping
): Reading {
	const isSame = (roles: readonly Role[]) => roles.every((role) => mapping[role] === next[role]);
	return {
		...old,
		dateOrder: isSame(DATE_ROLES) ? reading.dateOrder : null,
		decimalMark: isSame([...MONEY_ROLES, ...COUNT_ROLES]) ? reading.decimalMark : null
	};
}

function findShifts(old: TableSample, found: TableSample, renamed: readonly Rename[]): Shift[] {
	const names = new Map(renamed.map(({ from, to }) => [from, to]));
	const byName = new Map(found.columns.map((column) => [column.name, column]));
	const { reading } = old.source;
	const pairs = [...rolesByColumn(old.source)].flatMap(([column, role]) => {
		const before = old.columns.find(({ name }) => name === column);
		const after: ColumnSample | undefined = byName.get(names.get(column) ?? column);
		return before && after ? [{ role, old: before, found: after }] : [];
	});
	const swaps = findSwaps(pairs);
	const shifts = pairs.map((pair) => findShift({ ...pair, reading, like: swaps.get(pair.role) ?? null }));
	return shifts.filter((shift) => shift !== null);
}

/** The common columns outside of the longest run that is in the same order in both. */
function movedColumns(before: readonly string[], after: readonly string[]): string[] {
	const place = new Map(before.map((column, i) => [column, i]));
	const common = after.filter((column) => place.has(column));
	const kept = longestRise(common.map((column) => place.get(column) ?? 0));
	return common.filter((_, i) => !kept.has(i));
}

/** Indices of a longest rising subsequence (patience sorting, https://doi.org/10.1016/0012-365X(75)90103-X). */
function longestRise(values: readonly number[]): ReadonlySet<number> {
	/** Index of the smallest value that ends a rise of each length. */
	const ends: number[] = [];
	const previous: (number | undefined)[] = [];
	values.forEach((value, i) => {
		let low = 0;
		let high = ends.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
			else high = middle;
		}
		previous.push(low === 0 ? undefined : ends[low - 1]);
		ends[low] = i;
	});
	const rise = new Set<number>();
	for (let at = ends.at(-1); at !== undefined; at = previous[at]) rise.add(at);
	return rise;
}
