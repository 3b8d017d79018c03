import type { Inspection } from '#lib/pipeline/import/inspect.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';

/** A column as something to choose, with its first values. */
export interface ColumnOption {
	readonly value: string;
	readonly label: string;
	readonly hint: string;
	readonly disabled: boolean;
}

const SHOWN_SAMPLES = 3;

/** The columns of a file to choose from, in the order of the file. What is not kept cannot be chosen. */
export function columnOptions(
	source: Pick<SourceParams, 'columns' | 'withheld'>,
	inspection: Inspection | undefined
): ColumnOption[] {
	const dropped = new Set(
		source.withheld.filter(({ action }) => action === 'dropped').map(({ column }) => column)
	);
	return source.columns.map((column, index) => ({
		value: column,
		label: column,
		hint: dropped.has(column) ? 'Not kept' : sampleWords(inspection?.columns[index]?.samples ?? []),
		disabled: dropped.has(column)
	}));
}

/** The first values of a column in one line: “12346, 12347, 12348”. */
export function sampleWords(samples: readonly string[]): string {
	return samples.slice(0, SHOWN_SAMPLES).map(shorten).join(', ');
}

const LONGEST = 40;

function shorten(text: string): string {
	const line = text.replaceAll(/\s+/g, ' ').trim();
	return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
