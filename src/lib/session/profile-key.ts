import { inheritsFrom } from '#lib/pipeline/clean/profile/tables.ts';
import type { ProfiledColumn, ProfiledTable } from '#lib/pipeline/clean/profile/schema.ts';
import type { RepairSourceResult } from '#lib/pipeline/clean/repairs/schema.ts';

/** A step of the clean-up as it ran on one file. */
export interface StepOnFile {
	readonly id: string;
	/** Names of the columns that it works on. */
	readonly columns: readonly string[];
	readonly result: RepairSourceResult;
}

/** The column as the file has it, whatever step ran: `c3`. A step that writes it names it in its SQL. */
function writes(sql: string, raw: string): boolean {
	return new RegExp(String.raw`\b${raw}\b`).test(sql);
}

/**
 * The steps on which a column of a file depends: all up to the last that works on it, or sets rows aside. None for a
 * column that stands as it came.
 */
export function stepsBehind(
	table: ProfiledTable,
	column: ProfiledColumn,
	steps: readonly StepOnFile[]
): readonly StepOnFile[] {
	const order = inheritsFrom(table, column);
	const own = order === null ? [column] : [column, order];
	const last = steps.findLastIndex(
		({ columns, result }) =>
			result.rowsSetAside > 0 ||
			own.some((each) => columns.includes(each.name) || writes(result.sql, each.column))
	);
	return steps.slice(0, last + 1);
}

/**
 * Tells what is known of a column of a file apart from what is known of it in another state. Equal keys are equal cells read
 * in one way, so that a step leaves what is known of all other columns, and taking it back leaves everything.
 *
 * @param stamp whatever else decides: which file it is, the day, how ids are read
 */
export function fileColumnKey(
	table: ProfiledTable,
	column: ProfiledColumn,
	steps: readonly StepOnFile[],
	stamp: readonly unknown[]
): string {
	const { source } = table;
	const read = [source?.kind, source?.reading, inheritsFrom(table, column)?.column];
	const behind = table.hasSetAside ? stepsBehind(table, column, steps) : [];
	return JSON.stringify([source?.id, column, read, stamp, behind]);
}
