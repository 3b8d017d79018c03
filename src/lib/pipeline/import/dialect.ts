import { splitRecord } from './fields.ts';
import { RecordScanner } from './records.ts';
import type { Dialect } from './schema.ts';
import { columnKind, isNumeric, valueKind, type ValueKind } from './value-kind.ts';

/** The parts of a dialect that are read from the text itself. */
export type Layout = Pick<Dialect, 'delimiter' | 'skipLines' | 'hasHeader'>;

/** The text at the top of a file. `isWhole`: there is no more. */
export interface Sample {
	readonly text: string;
	readonly isWhole: boolean;
}

/** A layout with what the sample holds in it. */
export interface DetectedLayout {
	readonly layout: Layout;
	/** Cells of the header; empty without one. */
	readonly header: readonly string[];
	/** Fields that most records have. */
	readonly columnCount: number;
	/** The records of the sample below the header that have no more fields than there are columns. */
	readonly records: readonly (readonly string[])[];
	/** True when neither the names nor the values could tell whether the first row is a header. */
	readonly isHeaderGuessed: boolean;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
const MAX_PREAMBLE_RECORDS = 20;

interface SampleRecord {
	readonly fields: readonly string[];
	/** Lines above it in the file. */
	readonly linesAbove: number;
}

interface Candidate {
	readonly delimiter: Dialect['delimiter'];
	readonly records: readonly SampleRecord[];
	/** Fields that most records have. */
	readonly columnCount: number;
	/** Share of the records that have them. */
	readonly share: number;
	readonly score: number;
}

/**
 * The layout of a text from the top of a file: the delimiter whose field counts agree best, lines above the table, and
 * whether the first row holds names. Null when there is nothing but empty lines.
 * `isKnownName` tells names that columns often have.
 */
export function detectLayout(sample: Sample, isKnownName: (name: string) => boolean): DetectedLayout | null {
	const announced = /^sep=([,;|\t])[ \t]*(?:\r\n|\n|\r|$)/i.exec(sample.text);
	const candidate =
		announced === null ? bestCandidate(sample) : measure(sample, announced[1] as Dialect['delimiter'], 1);
	const [first, ...rest] = candidate.records;
	if (first === undefined) return null;
	const columns = candidate.columnCount;
	const records = rest.map(({ fields }) => fields);
	const evidence = headerEvidence(first.fields, records, isKnownName);
	const hasHeader = evidence >= 0;
	const body = hasHeader ? records : [first.fields, ...records];
	return {
		layout: { delimiter: candidate.delimiter, skipLines: first.linesAbove, hasHeader },
		header: hasHeader ? first.fields : [],
		columnCount: hasHeader ? Math.max(columns, first.fields.length) : columns,
		records: body.filter((fields) => fields.length <= Math.max(columns, first.fields.length)),
		isHeaderGuessed: evidence === 0 || !hasHeader
	};
}

function bestCandidate(sample: Sample): Candidate {
	const candidates = DELIMITERS.map((delimiter) => measure(sample, delimiter, 0));
	const best = candidates.reduce((a, b) => (b.score > a.score ? b : a));
	if (best.score > 0) return best;
	const blanks = measure(sample, ' ', 0);
	if (isTableOfBlanks(blanks)) return blanks;
	// One column: a delimiter that never occurs cannot part it.
	return candidates.find(({ delimiter }) => !sample.text.includes(delimiter)) ?? best;
}

/** Words in a sentence are parted by blanks too: a table has the same count in every row, and mostly numbers. */
function isTableOfBlanks({ columnCount, share, records }: Candidate): boolean {
	if (columnCount < 2 || share < 0.95) return false;
	const body = records.slice(1).map(({ fields }) => fields);
	const kinds = columnKinds(body, columnCount);
	return kinds.filter((kind) => kind !== 'text' && kind !== 'empty').length * 2 >= columnCount;
}

/** Reads the text with one delimiter. A candidate that splits nothing, or not evenly, has one column. */
function measure(sample: Sample, delimiter: Dialect['delimiter'], skipLines: number): Candidate {
	const all = sampleRecords(sample, delimiter, skipLines);
	const columnCount = commonest(all.map(({ fields }) => fields.length));
	const records = all.slice(preambleLength(all, columnCount));
	const same = records.filter(({ fields }) => fields.length === columnCount).length;
	const share = all.length === 0 ? 0 : same / all.length;
	const headerFields = records[0]?.fields.length ?? 0;
	const headerAgrees = headerFields === columnCount;
	const isEven = share >= 0.8 || (headerFields > 1 && share >= 0.3);
	const score =
		columnCount < 2 || !isEven ? 0 : share + (headerAgrees ? 0.5 : 0) + Math.min(columnCount, 20) / 100;
	return { delimiter, records, columnCount, share, score };
}

function sampleRecords(
	{ text, isWhole }: Sample,
	delimiter: Dialect['delimiter'],
	skipLines: number
): SampleRecord[] {
	const decoder = new TextDecoder();
	const records: SampleRecord[] = [];
	const format = { fileName: '', delimiter, skipLines, hasHeader: false, columnCount: 1 };
	const scanner = new RecordScanner(
		format,
		({ kind, line, bytes }) => {
			if (kind !== 'record') return;
			records.push({ fields: splitRecord(decoder.decode(bytes), delimiter), linesAbove: line - 1 });
		},
		{ reportAll: true }
	);
	scanner.feed(new TextEncoder().encode(text));
	// What follows the last line end of a partial sample is no whole record.
	if (isWhole) scanner.finish();
	return records;
}

/** Records above the table: comments, and titles of one cell above rows of three or more. */
function preambleLength(records: readonly SampleRecord[], columnCount: number): number {
	let length = 0;
	while (length < Math.min(records.length - 1, MAX_PREAMBLE_RECORDS)) {
		const fields = records[length]?.fields ?? [];
		const isTitle = columnCount >= 3 && fields.filter((field) => field.trim() !== '').length <= 1;
		const isComment = fields[0]?.startsWith('#') === true && fields.length < columnCount;
		if (!isTitle && !isComment) break;
		length += 1;
	}
	return length;
}

/** The commonest count; of equally common ones the largest. */
function commonest(counts: readonly number[]): number {
	const seen = new Map<number, number>();
	for (const count of counts) seen.set(count, (seen.get(count) ?? 0) + 1);
	let best = 1;
	for (const [count, times] of seen) {
		const bestTimes = seen.get(best) ?? 0;
		if (times > bestTimes || (times === bestTimes && count > best)) best = count;
	}
	return best;
}

/**
 * Above zero when the first row holds names, below when it holds values, zero when nothing tells. A name over a column
 * of numbers or dates speaks for names, a value of the column's own kind against; among texts, a cell that is empty,
 * or that comes back further down, speaks against.
 */
function headerEvidence(
	first: readonly string[],
	body: readonly (readonly string[])[],
	isKnownName: (name: string) => boolean
): number {
	const known = first.filter((cell) => valueKind(cell) === 'text' && isKnownName(cell)).length;
	// One alone may be a value: "email" is a name and a channel.
	if (known >= Math.min(2, first.length)) return first.length;
	if (body.length === 0) return first.every((cell) => valueKind(cell) === 'text') ? 1 : -1;
	const kinds = columnKinds(body, first.length);
	return first.reduce((sum, cell, i) => {
		const own = valueKind(cell);
		const below = kinds[i] ?? 'empty';
		if (below === 'text' || below === 'empty') {
			return sum - (own !== 'empty' && body.some((fields) => fields[i] === cell) ? 1 : 0);
		}
		if (own === 'text') return sum + 1;
		return (
			sum - (own === below || (isNumeric(own) && isNumeric(below)) || columnKind([cell]) === below ? 1 : 0)
		);
	}, 0);
}

function columnKinds(body: readonly (readonly string[])[], columnCount: number): ValueKind[] {
	return Array.from({ length: columnCount }, (_, i) => columnKind(body.map((fields) => fields[i] ?? '')));
}
