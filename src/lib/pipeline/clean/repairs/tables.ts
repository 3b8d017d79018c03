/*
 * clean.source_<id>             every source but reports, after all steps: row, c0 … cN as in the raw table, set_aside_by
 *                               VARCHAR (id of the step that set the row aside; NULL: none), the columns that steps added,
 *                               and for each step that ran `<r>_changed` and `<r>_failing` BOOLEAN (view)
 * clean.source_<id>_after_<r>   the same after step <r> alone and those before it (view)
 * clean.repaired_<id>           what the steps made, where any touches the source, with `<r>_before_<c>`, the text that step
 *                               <r> changed in a column (NULL: none); in `packed` where there are many rows
 * clean.source_<id>_<r>_<what>  what a step keeps for itself
 */
/** The view of a source that every later query reads: its raw table after all steps of the clean-up. */
export function sourceTable(sourceId: string): readonly ['clean', string] {
	return ['clean', `source_${sourceId}`];
}

/** The table behind it, where a step touches the source. */
export function repairedTable(sourceId: string): readonly ['clean', string] {
	return ['clean', `repaired_${sourceId}`];
}

/** The view of a source as one step of the clean-up left it. */
export function stateAfter(sourceId: string, repairId: string): readonly ['clean', string] {
	return ['clean', `source_${sourceId}_after_${repairId}`];
}

/** A table that a step makes for itself; it is dropped with the step. */
export function stepTable(sourceId: string, repairId: string, what: string): readonly ['clean', string] {
	return ['clean', `source_${sourceId}_${repairId}_${what}`];
}

/** BOOLEAN column: the step gave the row another text. */
export function changedColumn(repairId: string): string {
	return `${repairId}_changed`;
}

/** BOOLEAN column: the row fails the step's rule, or is flagged by it, and no step before set it aside. */
export function failingColumn(repairId: string): string {
	return `${repairId}_failing`;
}

/** VARCHAR column of the repaired table: the text that the step changed, by the raw name of its column; NULL: none. */
export function beforeColumn(repairId: string, raw: string): string {
	return `${repairId}_before_${raw}`;
}
