import type { Format } from '#lib/core/format.ts';
import { repairOperation } from '#lib/pipeline/clean/repairs/operations/index.ts';
import type { ChangedCell } from '#lib/pipeline/clean/repairs/rows.ts';
import type { Repair, RepairResult, RepairSourceResult } from '#lib/pipeline/clean/repairs/schema.ts';
import type { SpreadChange } from '#lib/pipeline/clean/repairs/spread.ts';

/** What an opened step can show. */
export type StepView = 'changed' | 'failing' | 'spread' | 'sql';

/** What there is to see of a step on a file, the most telling first. */
export function stepViews(
	repair: Pick<Repair, 'operation'>,
	{ severity }: Pick<RepairResult, 'severity'>,
	{ rowsChanged, rowsFailing }: Pick<RepairSourceResult, 'rowsChanged' | 'rowsFailing'>,
	format: Format
): { readonly value: StepView; readonly label: string }[] {
	const isNumeric = repairOperation(repair.operation)?.group === 'numbers';
	const fails = severity === null ? 'Flagged rows' : 'Rows that fail';
	return [
		...(rowsChanged > 0
			? [{ value: 'changed' as const, label: `Before and after (${format.count(rowsChanged)})` }]
			: []),
		...(rowsFailing > 0
			? [{ value: 'failing' as const, label: `${fails} (${format.count(rowsFailing)})` }]
			: []),
		...(isNumeric && rowsChanged > 0 ? [{ value: 'spread' as const, label: 'Spread' }] : []),
		{ value: 'sql', label: 'SQL' }
	];
}

/**
 * One row for each row of the file, with `b<column>` and `a<column>` of the values that changed. Letters keep names of
 * columns apart from `row`.
 */
export function changedRows(cells: readonly ChangedCell[]): Readonly<Record<string, string | number>>[] {
	const rows = new Map<number, Record<string, string | number>>();
	for (const { row, column, before, after } of cells) {
		const values = rows.get(row) ?? { row };
		values[`b${column}`] = before;
		values[`a${column}`] = after;
		rows.set(row, values);
	}
	return [...rows.values()];
}

/** A number of whatever size, in at most four digits. */
export function shortNumber(value: number): string {
	return Math.abs(value) >= 10_000 || Number.isInteger(value)
		? String(Math.round(value))
		: String(Number(value.toPrecision(4)));
}

/** What a step did to the spread of a column: “Skew from 4.1 to 0.1, largest from 9,000 to 1,204.” */
export function spreadWords({ before, after }: SpreadChange, format: Format): string {
	if (!before || !after) return '';
	const moved = [
		skewWords(before.skew, after.skew, format),
		fromTo('smallest', before.smallest, after.smallest),
		fromTo('median', before.median, after.median),
		fromTo('largest', before.largest, after.largest),
		before.count === after.count
			? ''
			: `numbers from ${format.count(before.count)} to ${format.count(after.count)}`
	].filter((words) => words !== '');
	const [first = 'the spread stays', ...others] = moved;
	return `${first.charAt(0).toUpperCase()}${[first.slice(1), ...others].join(', ')}.`;
}

function skewWords(before: number, after: number, format: Format): string {
	const [was, now] = [format.decimal(before, 2), format.decimal(after, 2)];
	return was === now ? '' : `skew from ${was} to ${now}`;
}

function fromTo(what: string, before: number, after: number): string {
	return before === after ? '' : `${what} from ${shortNumber(before)} to ${shortNumber(after)}`;
}
