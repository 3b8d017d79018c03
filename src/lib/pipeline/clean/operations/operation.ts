import type { Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import type { SourceContext } from '../source.ts';

/** The columns that name somebody or something; only these are changed by fixes. */
export const ID_ROLES = ['customer', 'order_id'] as const satisfies readonly Role[];
export type IdRole = (typeof ID_ROLES)[number];

/** What every operation is called and says of itself. */
export interface OperationWords {
	/** Stable: recipes and reasons carry it. */
	readonly id: string;
	readonly label: string;
	/** One or two sentences in plain words. */
	readonly explanation: string;
	readonly defaultOn: boolean;
	/** True when it cannot be switched off, because nothing could be said about the rows it speaks of. */
	readonly required?: true;
}

/** How many non-empty values of a column there are, and how many of them speak for a fix. */
export interface Evidence {
	readonly filled: number;
	readonly evidence: number;
}

/** Rewrites the texts of the id columns before anything else reads them. Only the first fix sees blanks around a text. */
export interface IdFix extends OperationWords {
	readonly kind: 'fix';
	readonly changes: 'ids';
	readonly roles: readonly IdRole[];
	/** The column as a whole decides: half a column of `.0` is no reason to cut any. */
	readonly applies: (counts: Evidence) => boolean;
	/**
	 * Condition on one text: the fix changes it. A cheap test first, in a CASE, spares a costly one: outside WHERE, both
	 * sides of an AND are computed for every row.
	 */
	readonly differs: (text: Sql) => Sql;
	/** Condition on one text: it speaks for the fix; by default the same. */
	readonly evidence?: (text: Sql) => Sql;
	/** The new text. */
	readonly value: (text: Sql) => Sql;
}

/** Changes how some rows are loaded. The condition is over the columns of `priced` in `rows.sql.ts`. */
export interface RowFix extends OperationWords {
	readonly kind: 'fix';
	readonly changes: 'rows';
	readonly applies: (context: SourceContext) => boolean;
	readonly condition: (context: SourceContext) => Sql;
	/** Ids of the rules that let such a row pass. */
	readonly exemptFrom: readonly string[];
}

/** Sets rows aside. The condition is over the columns of `priced` in `rows.sql.ts`; NULL means no. */
export interface Rule extends OperationWords {
	readonly kind: 'rule';
	readonly applies: (context: SourceContext) => boolean;
	readonly condition: (context: SourceContext) => Sql;
	/** A short VARCHAR that shows why, such as the text that could not be read; NULL when there is nothing to add. */
	readonly detail: (context: SourceContext) => Sql;
}

/** Sets rows aside by the words of some columns. A text alone decides, so equal texts are judged once (`words.sql.ts`). */
export interface WordRule extends OperationWords {
	readonly kind: 'rule';
	readonly applies: (context: SourceContext) => boolean;
	/** The same condition over the columns `<role>_text`, for the reader. */
	readonly condition: (context: SourceContext) => Sql;
	/** The roles of a source whose texts it reads. */
	readonly rolesIn: (source: SourceParams) => Role[];
	/** Condition on one text, in lower case and without blanks around it: it speaks of the row. */
	readonly says: (text: Sql, role: Role, source: SourceParams) => Sql;
}

export type RowOperation = RowFix | Rule | WordRule;
export type Operation = IdFix | RowOperation;

/** Whether an operation is switched on: what the recipe says, else its default; required ones always are. */
export function isOn(operation: Operation, switches: Readonly<Record<string, boolean>>): boolean {
	return operation.required === true || (switches[operation.id] ?? operation.defaultOn);
}
