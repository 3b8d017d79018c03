import { headerEvidence } from './header-evidence.ts';
import { commonestCount, type SampleRow } from './sample-rows.ts';
import { isSameRow } from './row-kinds.ts';
import { isCertainComment } from './splitting.ts';
import { valueKind } from './value-kind.ts';

/** One of the tables of a sample. Indices are those of the rows. */
export interface SampleTable {
	/** Names; null when the first row holds values. */
	readonly header: readonly string[] | null;
	/** Above zero: the header is one for certain; zero: a guess. */
	readonly evidence: number;
	/** The row of the header, or the first record when there is none. */
	readonly start: number;
	/** The row after its last one. */
	readonly end: number;
}

const MAX_PREAMBLE_ROWS = 20;
/** Rows of names with values, such as `From,2024-01-01`, above a table. */
const MAX_PAIRS = 10;
/** Rows of one cell, after each other, that may be titles. */
const MAX_TITLES = 5;
const MAX_HEADER_ROWS = 3;

type FoundHeader = Omit<SampleTable, 'end'>;

type IsKnownName = (name: string) => boolean;

/** Rows between gaps: blank rows and comments. */
interface Run {
	readonly from: number;
	readonly to: number;
}

/**
 * The tables of a sample, in order. A new one starts behind a gap, or where rows go on with another number of fields, if
 * its first row names what is below it. `columnCount` is that of the whole sample. Rows that are part of no table stand
 * above the next one.
 */
export function findTables(
	rows: readonly SampleRow[],
	columnCount: number,
	isComment: (row: SampleRow) => boolean,
	isKnownName: IsKnownName
): SampleTable[] {
	const tables: SampleTable[] = [];
	let isTitled = false;
	for (const run of runsOf(rows, isComment)) {
		const previous = tables.at(-1);
		const found = headerOf(rows, run, columnCount > 1, isKnownName);
		const isBroken = rows.slice(run.from, run.to).some((row) => row.isBroken);
		if (found === null && !(isBroken && previous !== undefined)) {
			isTitled = true;
			continue;
		}
		if (
			found !== null &&
			(previous === undefined || isNewTable(found, previous, isTitled || found.start > run.from))
		) {
			// What stands above the first table and names nothing is a preamble.
			if (tables.length === 1 && previous !== undefined && isPreamble(previous, found, rows)) tables.pop();
			tables.push({ ...found, end: run.to });
		} else if (previous !== undefined) {
			tables[tables.length - 1] = { ...previous, end: run.to };
		}
		isTitled = false;
	}
	return tables;
}

/**
 * True for rows that are no data because of what they start with. One with as many fields as the others is data, unless
 * it stands among comments and says something before its first delimiter.
 */
export function commentTest(rows: readonly SampleRow[]): (row: SampleRow) => boolean {
	const filled = rows.filter((row) => row.filled > 0);
	const columnCount = commonestCount(filled.filter(({ fields }) => fields.length > 1));
	const comments = new Set<SampleRow>();
	const isWide = ({ fields }: SampleRow) => fields.length === columnCount;
	const isAlsoData = filled.some((row) => row.mark !== '' && !isCertainComment(row) && isWide(row));
	filled.forEach((row, i) => {
		if (row.mark === '' || (isAlsoData && !isCertainComment(row))) return;
		const above = filled[i - 1];
		const isAmong = above === undefined || comments.has(above);
		const saysSomething = (row.fields[0] ?? '').length > row.mark.length;
		if (!isWide(row) || (isAmong && saysSomething && isCertainComment(row))) comments.add(row);
	});
	return (row) => columnCount > 1 && comments.size < filled.length && comments.has(row);
}

/** Rows above the first table that name nothing, or a few pairs of a name and a value. */
function isPreamble(table: SampleTable, next: FoundHeader, rows: readonly SampleRow[]): boolean {
	const inside = rows.slice(table.start, table.end).filter(({ filled }) => filled > 0);
	if (table.evidence <= 0) return inside.length <= MAX_PREAMBLE_ROWS;
	const isNarrower = commonestCount(inside) === 2 && (next.header?.length ?? 0) > 2;
	return isNarrower && table.evidence === 1 && inside.length <= MAX_PAIRS;
}

function isNewTable(found: FoundHeader, previous: SampleTable, isTitled: boolean): boolean {
	if (found.header === null || !areNames(found.header)) return false;
	// The same names again are a table's header repeated, if no title says otherwise.
	if (previous.header !== null && isSameRow(found.header, previous.header)) return isTitled;
	if (found.evidence > 0) return true;
	const first = found.header[0]?.trim() ?? '';
	return first !== '' && first === previous.header?.[0]?.trim();
}

function runsOf(rows: readonly SampleRow[], isComment: (row: SampleRow) => boolean): Run[] {
	const runs: Run[] = [];
	let from = 0;
	for (let at = 0; at <= rows.length; at += 1) {
		const row = rows[at];
		if (row !== undefined && row.filled > 0 && !isComment(row)) continue;
		if (at > from) runs.push(...splitByWidth(rows, { from, to: at }));
		from = at + 1;
	}
	return runs;
}

/** Cuts a run where two rows or more go on with another number of fields, all of them the same. */
function splitByWidth(rows: readonly SampleRow[], { from, to }: Run): Run[] {
	const width = (at: number) => {
		const row = at < to ? rows[at] : undefined;
		return row === undefined || row.isBroken ? 0 : row.fields.length;
	};
	const runs: Run[] = [];
	let start = from;
	for (let at = from + 2; at < to; at += 1) {
		const isSettled = width(at - 1) === width(at - 2) && width(at) === width(at + 1) && width(at) > 1;
		if (!isSettled || width(at) === width(at - 1)) continue;
		runs.push({ from: start, to: at });
		start = at;
	}
	return [...runs, { from: start, to }];
}

/** The header of a run, or its first record; null for a run of titles and notes. */
function headerOf(
	rows: readonly SampleRow[],
	{ from, to }: Run,
	isWide: boolean,
	isKnownName: IsKnownName
): FoundHeader | null {
	const inside = rows.slice(from, to);
	const parted = inside.filter(({ fields }) => fields.length > 1);
	if (isWide && parted.length === 0) return null;
	const columnCount = commonestCount(isWide ? parted : inside);
	const evidenceAt = (at: number) => {
		const row = rows[at];
		if (row === undefined || isNoHeader(row, columnCount)) return -1;
		const body = rows.slice(at + 1, Math.min(to, at + 101)).map(({ fields }) => fields);
		return headerEvidence(row.fields, body, isKnownName);
	};
	const first = afterTitles(rows, { from, to }, columnCount, evidenceAt);
	if (first === to) return null;
	const isMisfit = (row: SampleRow | undefined) =>
		row !== undefined && (row.fields.length !== columnCount || row.filled * 2 <= columnCount);
	let fitting = first;
	while (fitting < Math.min(to, first + MAX_PREAMBLE_ROWS) && isMisfit(rows[fitting])) fitting += 1;
	const isBelow = fitting > first && fitting + 1 < to && !isMisfit(rows[fitting]) && evidenceAt(fitting) > 0;
	let top = isBelow ? fitting : first;
	while (top > first && isHeaderContinued(rows, top - 1, evidenceAt)) top -= 1;
	return namesAt(rows, top, to, evidenceAt);
}

/** One name cannot stand for several columns, nor a row whose quotes are not balanced for names. */
function isNoHeader({ fields, filled, isBroken }: SampleRow, columnCount: number): boolean {
	if (isBroken) return true;
	return filled < 2 && columnCount > 1 && (columnCount > 2 || fields.length < columnCount);
}

/**
 * The first row of a run that is no title, which fills one cell; the end of the run when all are. Titles are believed
 * only above a row of names, and if no row below is like them.
 */
function afterTitles(
	rows: readonly SampleRow[],
	{ from, to }: Run,
	columnCount: number,
	evidenceAt: (at: number) => number
): number {
	if (columnCount === 1) return from;
	let first = from;
	while (first < to && (rows[first]?.filled ?? 0) < 2) first += 1;
	if (first === to) return to - from > MAX_TITLES ? from : to;
	if (first === from || evidenceAt(first) > 0) return first;
	const shapes = new Set(rows.slice(from, first).map(shapeOf));
	const comesBack = rows.slice(first, to).some((row) => row.filled < 2 && shapes.has(shapeOf(row)));
	return columnCount === 2 || comesBack || evidenceAt(first) < 0 ? from : first;
}

/** Width of a row, and which of its cells is filled first. */
function shapeOf({ fields }: SampleRow): string {
	return `${fields.length} ${fields.findIndex((field) => field.trim() !== '')}`;
}

/** The header that starts at `first`, over one row or more; or no header. */
function namesAt(
	rows: readonly SampleRow[],
	first: number,
	to: number,
	evidenceAt: (at: number) => number
): FoundHeader {
	let last = first;
	while (last + 1 < to && last - first + 1 < MAX_HEADER_ROWS && isHeaderContinued(rows, last, evidenceAt))
		last += 1;
	const evidence = evidenceAt(last);
	if (evidence < 0) return { header: null, evidence, start: first };
	return { header: mergedNames(rows.slice(first, last + 1)), evidence, start: last };
}

/** The row below is one of names too: it names every column, some of them columns of numbers or dates. */
function isHeaderContinued(
	rows: readonly SampleRow[],
	at: number,
	evidenceAt: (at: number) => number
): boolean {
	const [upper, lower] = [rows[at], rows[at + 1]];
	if (upper === undefined || lower === undefined || upper.fields.length !== lower.fields.length) return false;
	if (lower.filled < lower.fields.length && !isSameRow(upper.fields, lower.fields)) return false;
	if (!areNames([...upper.fields, ...lower.fields]) || evidenceAt(at + 1) <= 0) return false;
	return upper.filled < upper.fields.length || isSameRow(upper.fields, lower.fields);
}

function areNames(cells: readonly string[]): boolean {
	return cells.every((cell) => /^(?:text|empty)$/.test(valueKind(cell)));
}

/** Names over several rows: a group's name stands above its first column only, and counts for those that follow. */
function mergedNames(header: readonly SampleRow[]): string[] {
	const [first, ...rest] = header.map(({ fields }) => fields.map((cell) => cell.trim()));
	if (first === undefined) return [];
	if (rest.length === 0) return [...(header[0]?.fields ?? [])];
	let group = '';
	return first.map((cell, i) => {
		group = cell === '' ? group : cell;
		return [...new Set([group, ...rest.map((fields) => fields[i] ?? '')])]
			.filter((part) => part !== '')
			.join(' ');
	});
}
