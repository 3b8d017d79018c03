import type { IssueCode } from '../profile/issues.ts';
import type { Repair } from '../repairs/schema.ts';

/**
 * A step that would mend something that was found. It is proposed, and never applied by itself.
 * `fix`: it changes how values are written, and no value. `check`: it needs somebody who knows the data. `look`: nothing is
 * wrong, but somebody who makes segments may want it.
 */
export interface Suggestion {
	/** The same for the same proposal, whatever the counts. */
	readonly key: string;
	readonly repair: Omit<Repair, 'id'>;
	/** What was found, with counts: “12 of 300 texts in “Email” are not in the form of an email.” */
	readonly reason: string;
	/** Rows it speaks of in the newest file of the list; cells where several columns are mended at once. */
	readonly count: number;
	readonly unit: 'row' | 'cell';
	readonly severity: 'fix' | 'check' | 'look';
	/** What must be chosen before the step can run; null: nothing. */
	readonly opens: 'spellings' | null;
	/** The issues of the profile that its rows belong to; empty: the trial of the step shows them. */
	readonly issues: readonly IssueCode[];
}

/** The step of a suggestion as one text. */
export function suggestionKey({
	operation,
	series,
	columns
}: Pick<Repair, 'operation' | 'series' | 'columns'>): string {
	return JSON.stringify([series, operation, ...columns]);
}
