import { AppError } from '#lib/core/errors.ts';
import type { GroupTable, RfmAxis, RfmCutPoints, RfmParams } from '../schema.ts';
import { schemeOf } from './schemes/index.ts';
import type { Scheme } from './schemes/scheme.ts';

/** A cell of a grid: a score for each axis, in their order. */
export type GroupCell = readonly number[];

/** The grid that a table shares out. */
export type Grid = Pick<Scheme, 'levels' | 'axes'>;

/** What keeps a table from being a partition; all lists are empty for a good one. */
export interface GroupTableProblems {
	/** Cells that no group has. */
	readonly missing: readonly GroupCell[];
	/** Cells that several entries have, or one several times. */
	readonly double: readonly { readonly cell: GroupCell; readonly groups: readonly string[] }[];
	/** Cells that the grid does not have. */
	readonly unknown: readonly { readonly cell: GroupCell; readonly group: string }[];
	/** Ids that several entries have. */
	readonly repeated: readonly string[];
}

/** The axes that scores have: without amounts `m` falls away, and `fm` is `f`. */
export function axesWith(axes: readonly RfmAxis[], hasAmount: boolean): RfmAxis[] {
	if (hasAmount) return [...axes];
	return axes.filter((axis) => axis !== 'm').map((axis) => (axis === 'fm' ? 'f' : axis));
}

/** Every cell of a grid, the last axis changing fastest, scores rising from 1. */
export function cellsOf({ levels, axes }: Grid): GroupCell[] {
	const scores = Array.from({ length: levels }, (_, i) => i + 1);
	return axes.reduce<number[][]>(
		(cells, _) => cells.flatMap((cell) => scores.map((s) => [...cell, s])),
		[[]]
	);
}

/** Proves that every cell of the grid is in exactly one group, or tells which are not. */
export function checkGroupTable(table: GroupTable, grid: Grid): GroupTableProblems {
	const owners = new Map(cellsOf(grid).map((cell) => [keyOf(cell), { cell, groups: [] as string[] }]));
	const unknown: { cell: GroupCell; group: string }[] = [];
	for (const { id, cells } of table) {
		for (const cell of cells) {
			const owner = owners.get(keyOf(cell));
			if (owner) owner.groups.push(id);
			else unknown.push({ cell, group: id });
		}
	}
	const found = [...owners.values()];
	return {
		missing: found.filter(({ groups }) => groups.length === 0).map(({ cell }) => cell),
		double: found.filter(({ groups }) => groups.length > 1),
		unknown,
		repeated: [...new Set(table.map(({ id }) => id).filter((id, i, ids) => ids.indexOf(id) !== i))]
	};
}

/** The group of a cell. @throws RangeError when the table has no such cell */
export function groupOfCell(table: GroupTable, cell: GroupCell): string {
	const key = keyOf(cell);
	const entry = table.find(({ cells }) => cells.some((each) => keyOf(each) === key));
	if (!entry) throw new RangeError(`no group for the scores ${key}`);
	return entry.id;
}

/**
 * The table of groups that is used: the user's own, else that of the scheme, for the axes there are. A table that tells
 * groups by money, too, is used without amounts as if everyone had the middle money score; one that does not is used for
 * all money scores.
 */
export function tableFor(scheme: Scheme, groups: GroupTable | null, hasAmount: boolean): GroupTable {
	const table = groups ?? scheme.table;
	const money = scheme.axes.indexOf('m');
	if (money === -1) return table;
	const hasMoney = table.some(({ cells }) => cells.some((cell) => cell.length === scheme.axes.length));
	if (hasMoney === hasAmount) return table;
	const middle = Math.ceil(scheme.levels / 2);
	const scores = Array.from({ length: scheme.levels }, (_, i) => i + 1);
	return table.map((entry) => ({
		...entry,
		cells: hasAmount
			? entry.cells.flatMap((cell) => scores.map((score) => cell.toSpliced(money, 0, score)))
			: entry.cells.filter((cell) => cell[money] === middle).map((cell) => cell.toSpliced(money, 1))
	}));
}

/**
 * Refuses parameters that would leave a customer without a group, or in two.
 * @throws `recipe.invalid` for a scheme that is unknown, `rfm.groups-invalid`, `rfm.lines-invalid`
 */
export function requireRfm({ scheme: id, groups, cutPoints }: RfmParams): void {
	const scheme = schemeOf(id);
	if (cutPoints) requireLines(cutPoints, scheme.levels);
	if (!groups) return;
	const hasMoney = groups.some(({ cells }) => cells.some((cell) => cell.length === scheme.axes.length));
	const axes = axesWith(scheme.axes, hasMoney);
	const { missing, double, unknown, repeated } = checkGroupTable(groups, { levels: scheme.levels, axes });
	const first = missing[0] ?? double[0]?.cell ?? unknown[0]?.cell ?? null;
	if (first === null && repeated.length === 0) return;
	const named = missing[0] ? [] : (double[0]?.groups ?? unknown.slice(0, 1).map(({ group }) => group));
	throw new AppError('rfm.groups-invalid', {
		cell: first && axes.map((axis, i) => `${axis.toUpperCase()} ${first[i]}`).join(', '),
		groups: first ? [...named] : [...repeated],
		problem: missing[0] ? 'missing' : double[0] ? 'double' : unknown[0] ? 'unknown' : 'repeated'
	});
}

function requireLines(cutPoints: RfmCutPoints, levels: number): void {
	for (const [feature, values] of Object.entries(cutPoints)) {
		if (values === null) continue;
		const isAscending = values.every((value, i) => value >= (values[i - 1] ?? -Infinity));
		if (values.length !== levels - 1 || !isAscending)
			throw new AppError('rfm.lines-invalid', { feature, values: [...values], expected: levels - 1 });
	}
}

function keyOf(cell: GroupCell): string {
	return cell.join(' ');
}
