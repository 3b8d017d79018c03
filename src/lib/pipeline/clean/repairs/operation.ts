import type { z } from 'zod';
import type { Sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import type { Severity } from './schema.ts';

/** What a column holds, as far as an operation cares. */
export type ColumnKind = 'text' | 'number' | 'date';

/** A column that an operation works on. */
export interface RepairColumn {
	/** As the file calls it. */
	readonly name: string;
	/** Its quoted name in the table: a text as it stands in the file, or as the steps before left it. */
	readonly text: Sql;
	/** The raw name, such as `c3`. */
	readonly raw: string;
}

/** One step on one file. */
export interface RepairInput<Params> {
	readonly params: Params;
	/** Id of the step, for names of tables and added columns. */
	readonly id: string;
	/** In the order of the recipe. */
	readonly columns: readonly RepairColumn[];
	/** How texts of the file are read, and what its columns mean. */
	readonly source: SourceParams;
	/** All columns of the file that are loaded, for operations that let the user name them. */
	readonly others: readonly RepairColumn[];
	/** The state before: `row`, the raw columns, `set_aside_by`, and what steps before added. */
	readonly table: Sql;
}

/** A column that a step adds. */
export interface AddedColumn {
	/** Unique in the table: `addedColumn(input, 'was_missing', column)`. */
	readonly name: string;
	readonly title: string;
	readonly type: 'VARCHAR' | 'DOUBLE' | 'BOOLEAN';
	readonly value: Sql;
}

/**
 * What a step makes of each row. Expressions are over the columns of the state before, as `s`, and of `from`. All see the
 * state before, so two columns can be swapped.
 */
export interface RepairChange {
	/**
	 * True where an expression looks at other rows than its own, such as a window or a query of the user's. It is then
	 * worked out once, for all rows, however the rest is cut; else the same rows may be asked part by part.
	 */
	readonly looksAround?: boolean;
	/** New texts, by column; NULL is written as an empty text. */
	readonly replace?: readonly { readonly column: RepairColumn; readonly value: Sql }[];
	readonly add?: readonly AddedColumn[];
	/** BOOLEAN: the row fails a rule, or is flagged. A rule with the severity `set_aside` sets it aside. NULL means no. */
	readonly failing?: Sql;
	/** Tables to join to the state `s`, each row at most once: `LEFT JOIN … ON …`. */
	readonly from?: Sql;
}

/** What a step found out from the data before it ran; plain JSON, so that the same facts give the same SQL. */
export type RepairFacts = Readonly<Record<string, unknown>>;

export type RepairContext = Pick<StepContext, 'engine' | 'compute' | 'signal' | 'onProgress'>;

/**
 * An operation of the clean-up: one file in `operations/`, one line in its `index.ts`. The parameter form is made from the
 * schema and its metadata: `title`, and `description` for the help text, of each field.
 */
export interface RepairOperation<Params = unknown, Facts extends RepairFacts = RepairFacts> {
	readonly id: string;
	/** What the user picks: "Trim blanks and set the case". */
	readonly label: string;
	/** One or two sentences: what it does, and what it never does. */
	readonly explanation: string;
	readonly group: 'texts' | 'values' | 'numbers' | 'rules' | 'rows';
	/** How many columns it takes, and of which kinds; roles in `never` are refused, such as ids and consent. */
	readonly takes: {
		readonly least: number;
		readonly most: number;
		readonly kinds: readonly ColumnKind[];
		/** True when it must leave identifiers and consent alone (`PROTECTED_ROLES`). */
		readonly leavesProtected: boolean;
		/** True when it makes up values: outcomes it must leave alone as well. */
		readonly imputes?: boolean;
	};
	readonly params: z.ZodType<Params>;
	/** Parameters to start from. */
	readonly defaults: Params;
	/** What fails a rule; absent for operations that are none. */
	readonly severity?: (params: Params) => Severity;
	/** Looks at the state before. Rows with `set_aside_by` do not count. */
	readonly facts?: (context: RepairContext, input: RepairInput<Params>) => Promise<Facts>;
	/** What it makes of the rows; pure. */
	readonly change: (input: RepairInput<Params>, facts: Facts) => RepairChange;
	/** What the facts say, in words, for the reader: "λ = 0.24: skew from 4.1 to 0.1." Empty when there is nothing to say. */
	readonly words?: (input: RepairInput<Params>, facts: Facts) => string;
	/** Why it can do nothing with a file, in words; null when it can. The step is then refused, or stands still. */
	readonly problem?: (input: RepairInput<Params>, facts: Facts) => string | null;
	/** The step as a short sentence: "Trim “City” and write it in title case". */
	readonly describe: (params: Params, columns: readonly string[]) => string;
}

/** An operation whatever its parameters: what the registry holds. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- parameters and facts of an operation stay with it
export type AnyRepairOperation = RepairOperation<any, any>;

/** The name of a column that a step adds: `r3_was_missing_c5`. */
export function addedColumn(
	{ id }: Pick<RepairInput<unknown>, 'id'>,
	what: string,
	column: RepairColumn
): string {
	return `${id}_${what}_${column.raw}`;
}
