import { breathe } from '#lib/core/pause.ts';
import { isSameRow, isTotalRow } from './row-kinds.ts';
import { commonestCount, type Sample, type SampleRow } from './sample-rows.ts';
import type { Dialect } from './schema.ts';
import { findSplitting, type KnownSplitting, type SplitSample } from './splitting.ts';
import { commentTest, findTables, type SampleTable } from './tables.ts';

export type { Sample } from './sample-rows.ts';

/** The parts of a dialect that are read from the text itself. */
export type Layout = Pick<
	Dialect,
	'delimiter' | 'quote' | 'escape' | 'comment' | 'skipLines' | 'endLine' | 'hasHeader' | 'setAsideTotals'
>;

/** A layout with what the sample holds in it. */
export interface DetectedLayout {
	readonly layout: Layout;
	/** Cells of the header; empty without one. Of a header over several rows, the names joined. */
	readonly header: readonly string[];
	/** Fields that most records have. */
	readonly columnCount: number;
	/** The records of the sample below the header that have no more fields than there are columns. */
	readonly records: readonly (readonly string[])[];
	/** True when neither the names nor the values could tell whether the first row is a header. */
	readonly isHeaderGuessed: boolean;
	/** True when rows agree so little on the delimiter, or names and columns on their number, that a person should look. */
	readonly isUncertain: boolean;
}

/** Share of rows that must agree on their number of fields for the delimiter to be certain. */
const CERTAIN_AGREEMENT = 0.8;
/** More rows of totals than this share are no totals but values of that name. */
const MAX_TOTALS = 0.2;

/**
 * The layouts of a text from the top of a file, one per table in it, in order: the delimiter and quote by which field
 * counts agree best, the lines above each table, and whether its first row holds names. Empty when there is nothing but
 * blank lines. `isKnownName` tells names that columns often have; what is `fixed` is not questioned.
 */
export async function detectLayouts(
	sample: Sample,
	isKnownName: (name: string) => boolean,
	fixed: Partial<Layout> = {}
): Promise<readonly DetectedLayout[]> {
	const text = sample.text.replace(/^\uFEFF+/, '');
	const announced = /^"?sep=([^\w\s"]|[ \t])"?[ \t]*(?:\r\n|\n|\r|$)/i.exec(text)?.[1];
	const bounds = {
		skipLines: fixed.skipLines ?? (announced === undefined ? 0 : 1),
		endLine: fixed.endLine ?? null,
		comment: fixed.comment ?? ''
	};
	const known = { ...(announced === undefined ? {} : { delimiter: announced }), ...knownSplitting(fixed) };
	const reading = await findSplitting({ ...sample, text }, bounds, known, isKnownName);
	if (reading.rows.every(({ filled }) => filled === 0)) return [];
	await breathe();
	const isComment = commentTest(reading.rows);
	const tables = tablesOf(reading, fixed, isComment, isKnownName);
	return tables.map((table, i) => {
		const endRow = tables[i + 1] === undefined ? undefined : reading.rows[table.end];
		return describe({
			reading,
			table,
			endLine: endRow?.line ?? null,
			isComment,
			fixed,
			isWhole: sample.isWhole
		});
	});
}

function knownSplitting(fixed: Partial<Layout>): KnownSplitting {
	const { delimiter, quote, escape } = fixed;
	return {
		...(delimiter === undefined ? {} : { delimiter }),
		...(quote === undefined ? {} : { quote }),
		...(escape === undefined ? {} : { escape })
	};
}

function tablesOf(
	{ rows, columnCount }: SplitSample,
	fixed: Partial<Layout>,
	isComment: (row: SampleRow) => boolean,
	isKnownName: (name: string) => boolean
): SampleTable[] {
	const tables = findTables(rows, columnCount, isComment, isKnownName);
	const first = rows.findIndex((row) => row.filled > 0 && !isComment(row));
	const all = { header: rows[first]?.fields ?? [], evidence: 0, start: first, end: rows.length };
	if (fixed.skipLines !== undefined || columnCount === 1) {
		const found = tables.find(({ start }) => start === first);
		return [found === undefined ? all : { ...found, end: rows.length }];
	}
	if (fixed.endLine !== undefined) return [{ ...(tables[0] ?? all), end: rows.length }];
	return tables.length === 0 ? [all] : tables;
}

interface Described {
	readonly reading: SplitSample;
	readonly table: SampleTable;
	readonly endLine: number | null;
	readonly isComment: (row: SampleRow) => boolean;
	readonly fixed: Partial<Layout>;
	readonly isWhole: boolean;
}

function describe({ reading, table, endLine, isComment, fixed, isWhole }: Described): DetectedLayout {
	const { rows, splitting, agreement } = reading;
	const startRow = rows[table.start];
	const hasHeader = fixed.hasHeader ?? table.header !== null;
	const header = hasHeader ? (table.header ?? startRow?.fields ?? []) : [];
	const inside = rows.slice(table.start + (hasHeader ? 1 : 0), table.end);
	const comments = inside.filter(isComment);
	const body = inside.filter((row) => row.filled > 0 && !isComment(row)).map(({ fields }) => fields);
	const columnCount = columnsOf(
		header,
		inside.filter((row) => row.filled > 0 && !isComment(row))
	);
	const data = body.filter((fields) => fields.length <= columnCount && !isSameRow(fields, header));
	const totals = data.filter(isTotalRow).length;
	const areTotals = columnCount > 1 && totals <= Math.max(2, MAX_TOTALS * data.length);
	const setAsideTotals = fixed.setAsideTotals ?? (areTotals && (totals > 0 || !isWhole));
	return {
		layout: {
			...splitting,
			comment: fixed.comment ?? commentMark(comments, inside),
			skipLines: fixed.skipLines ?? (startRow?.line ?? 1) - 1,
			endLine: fixed.endLine === undefined ? endLine : fixed.endLine,
			hasHeader,
			setAsideTotals
		},
		header,
		columnCount,
		records: setAsideTotals ? data.filter((fields) => !isTotalRow(fields)) : data,
		isHeaderGuessed: fixed.hasHeader === undefined && (table.evidence === 0 || !hasHeader),
		isUncertain: agreement < CERTAIN_AGREEMENT || (hasHeader && hasMoreNames(header, inside))
	};
}

/** The mark of the comments among the rows; one that no row of data starts with. */
function commentMark(comments: readonly SampleRow[], rows: readonly SampleRow[]): string {
	const mark = comments[0]?.mark ?? '';
	const isAlsoData = rows.some((row) => row.mark === mark && !comments.includes(row));
	return mark !== '' && isAlsoData ? `${mark} `.slice(0, 2) : mark;
}

/** Columns of a table: those of its rows, and as many as have names. */
function columnsOf(header: readonly string[], body: readonly SampleRow[]): number {
	if (body.length === 0) return Math.max(1, header.length);
	return Math.max(commonestCount(body), filledLength(header));
}

function hasMoreNames(header: readonly string[], rows: readonly SampleRow[]): boolean {
	const filled = rows.filter((row) => row.filled > 0);
	return filled.length > 0 && filledLength(header) > commonestCount(filled);
}

/** Cells up to the last one that holds something. */
function filledLength(cells: readonly string[]): number {
	return cells.reduce((length, cell, i) => (cell.trim() === '' ? length : i + 1), 0);
}
