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
