import { splitRecord, type Quoting } from './fields.ts';
import { RecordScanner } from './records.ts';
import { PLAIN_DIALECT, type Dialect } from './schema.ts';

/** The text at the top of a file. `isWhole`: there is no more. */
export interface Sample {
	readonly text: string;
	readonly isWhole: boolean;
}

/** How fields are told apart. */
export type Splitting = Quoting & Pick<Dialect, 'delimiter'>;

/** A record of the sample, or a blank line in it. */
export interface SampleRow {
	readonly fields: readonly string[];
	/** From 1 at the top of the file. */
	readonly line: number;
	/** Cells that hold something. */
	readonly filled: number;
	/** Its quotes are not balanced. */
	readonly isBroken: boolean;
	/** It has quotes where RFC 4180 has none. */
	readonly isLoose: boolean;
	/** What it starts with if it may be a comment, else empty. */
	readonly mark: CommentMark | '';
}

export const COMMENT_MARKS = ['#', '//'] as const;
export type CommentMark = (typeof COMMENT_MARKS)[number];

/** Rows of a sample below the lines to skip, as one way of splitting reads them. */
export function sampleRows(
	{ text, isWhole }: Sample,
	splitting: Splitting,
	bounds: Pick<Dialect, 'skipLines' | 'endLine' | 'comment'>
): SampleRow[] {
	const decoder = new TextDecoder();
	const rows: SampleRow[] = [];
	const { delimiter } = splitting;
	const format = {
		...PLAIN_DIALECT,
		...splitting,
		...bounds,
		hasHeader: false,
		fileName: '',
		columnCount: 1
	};
	const scanner = new RecordScanner(
		format,
		({ kind, line, problem, loose, bytes }) => {
			if (kind !== 'record' && kind !== 'blank') return;
			const raw = kind === 'blank' ? '' : decoder.decode(bytes);
			const fields = splitRecord(raw, delimiter, splitting);
			const filled = fields.filter((field) => field.trim() !== '').length;
			const mark = COMMENT_MARKS.find((start) => raw.startsWith(start)) ?? '';
			rows.push({ fields, line, filled, isBroken: problem === 'unclosed_quote', isLoose: loose, mark });
		},
		{ reportAll: true }
	);
	scanner.feed(new TextEncoder().encode(text));
	// What follows the last line end of a partial sample is no whole record.
	if (isWhole) scanner.finish();
	return rows;
}

/** The commonest count of fields; of equally common ones the largest. 1 when there are no rows. */
export function commonestCount(rows: readonly SampleRow[]): number {
	const seen = new Map<number, number>();
	for (const { fields } of rows) seen.set(fields.length, (seen.get(fields.length) ?? 0) + 1);
	let best = 1;
	let bestTimes = 0;
	for (const [count, times] of seen) {
		if (times < bestTimes || (times === bestTimes && count < best)) continue;
		best = count;
		bestTimes = times;
	}
	return best;
}
