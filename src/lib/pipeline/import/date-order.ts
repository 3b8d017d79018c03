import { isDay, type Day } from '#lib/core/days.ts';
import type { Reading } from './schema.ts';
import { dateParts, isCompactDate, isNamedDate, valueKind } from './value-kind.ts';

/** A date as it stands in a file, and the number of a record that has it. */
export interface DateText {
	readonly text: string;
	readonly row: number;
}

/** The order of day, month and year in a file, and examples of what told it or could not tell it. */
export interface DateOrderEvidence {
	/** Null when nothing tells, or when values contradict each other. */
	readonly order: Reading['dateOrder'];
	/** The column of the examples; null when no column holds dates. */
	readonly column: string | null;
	/** At most four values as they stand in the file; of all kinds when they contradict each other. */
	readonly examples: readonly string[];
	/** A record of each example, in the same order. */
	readonly rows: readonly number[];
	/** True when some values can only be day first and others only month first or year first. */
	readonly contradictory: boolean;
}

/** A column of dates with a role, the most important role first. */
export interface DateColumn {
	readonly column: string;
	readonly values: readonly DateText[];
}

/** How one text reads in each order; null where it is no day in that order. */
export interface DateReadings {
	readonly dmy: Day | null;
	readonly mdy: Day | null;
	readonly ymd: Day | null;
}

const MAX_EXAMPLES = 4;

/** `sure` orders come of numbers that can be read in one order only; a month as a word is read in whatever order. */
interface ColumnEvidence extends DateOrderEvidence {
	readonly isSure: boolean;
}

const NOTHING: DateOrderEvidence = {
	order: null,
	column: null,
	examples: [],
	rows: [],
	contradictory: false
};

/**
 * The one date order in which the columns of a file can be read. Year-first dates are read in every order, so they
 * settle it only where no column has others. A column that contradicts itself, and columns that contradict each other,
 * leave it open.
 */
export function dateOrderOf(columns: readonly DateColumn[]): DateOrderEvidence {
	const all = columns.map(evidenceOf);
	const contradiction = all.find(({ contradictory }) => contradictory);
	if (contradiction !== undefined) return publicPart(contradiction);
	const sure = all.filter(({ order, isSure }) => isSure && order !== 'ymd');
	const [first, other] = [sure[0], sure.find(({ order }) => order !== sure[0]?.order)];
	if (first !== undefined && other !== undefined) return contradictionOf(first, other);
	const open = all.find(({ order, examples }) => order === null && examples.length > 0);
	const told = first ?? open ?? all.find(({ order }) => order !== null);
	return told === undefined ? { ...NOTHING, column: columns[0]?.column ?? null } : publicPart(told);
}

/** True when a text is a date in some order. */
export function isDateText(text: string): boolean {
	return kindOf(text.trim()) !== null;
}

/**
 * The days that a text can mean, by the order in which it is read. Dates with the year in front or the month as a word
 * mean the same in every order. Two-digit years are 1969 to 2068.
 */
export function dateReadings(text: string): DateReadings {
	const day = text.trim().replace(/(?:T|[ ,]+)\d{1,2}:\d{2}.*$/, '');
	const same = compactDay(day) ?? namedDay(day) ?? yearFirstDay(day);
	if (same !== null) return { dmy: same, mdy: same, ymd: same };
	const [, first = '', second = '', year = ''] =
		/^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/.exec(day) ?? [];
	return { dmy: dayOf(year, second, first), mdy: dayOf(year, first, second), ymd: null };
}

function publicPart({ order, column, examples, rows, contradictory }: DateOrderEvidence): DateOrderEvidence {
	return { order, column, examples, rows, contradictory };
}

function contradictionOf(a: ColumnEvidence, b: ColumnEvidence): DateOrderEvidence {
	const half = MAX_EXAMPLES / 2;
	return {
		order: null,
		column: `${a.column ?? ''} and ${b.column ?? ''}`,
		examples: [...a.examples.slice(0, half), ...b.examples.slice(0, half)],
		rows: [...a.rows.slice(0, half), ...b.rows.slice(0, half)],
		contradictory: true
	};
}

type DateKind = 'dayFirst' | 'monthFirst' | 'yearFirst' | 'unsettled' | 'namedDayFirst' | 'namedMonthFirst';

/** A part above 12 is the day. Where every part is 12 or less, other dates of the column have to tell. */
function evidenceOf({ column, values }: DateColumn): ColumnEvidence {
	const found: Record<DateKind, DateText[]> = {
		dayFirst: [],
		monthFirst: [],
		yearFirst: [],
		unsettled: [],
		namedDayFirst: [],
		namedMonthFirst: []
	};
	for (const value of values) {
		const kind = kindOf(value.text);
		if (kind !== null) found[kind].push(value);
	}
	const evidence = (
		order: Reading['dateOrder'],
		isSure: boolean,
		lists: readonly (readonly DateText[])[],
		contradictory = false
	): ColumnEvidence => {
		const shown = lists.flat().slice(0, MAX_EXAMPLES);
		const [examples, rows] = [shown.map(({ text }) => text), shown.map(({ row }) => row)];
		return { order, column, examples, rows, contradictory, isSure };
	};
	const { dayFirst, monthFirst, yearFirst, unsettled, namedDayFirst, namedMonthFirst } = found;
	const settled = [dayFirst, monthFirst, yearFirst].filter((list) => list.length > 0);
	if (settled.length > 1)
		return evidence(
			null,
			false,
			settled.map((list) => list.slice(0, 2)),
			true
		);
	if (dayFirst.length > 0) return evidence('dmy', true, [dayFirst, unsettled]);
	if (monthFirst.length > 0) return evidence('mdy', true, [monthFirst, unsettled]);
	if (unsettled.length > 0) return evidence(null, false, [unsettled, yearFirst]);
	if (yearFirst.length > 0) return evidence('ymd', true, [yearFirst]);
	if (namedDayFirst.length > 0) return evidence('dmy', false, [namedDayFirst]);
	return evidence(namedMonthFirst.length > 0 ? 'mdy' : null, false, [namedMonthFirst]);
}

/** What a text tells of the order; null for what is no date. */
function kindOf(text: string): DateKind | null {
	if (isCompactDate(text)) return 'yearFirst';
	if (isNamedDate(text)) return /^\d/.test(text) ? 'namedDayFirst' : 'namedMonthFirst';
	const parts = valueKind(text) === 'date' ? dateParts(text) : null;
	if (parts === null) return null;
	const [first, second] = parts;
	if (first > 31) return 'yearFirst';
	if (first > 12) return 'dayFirst';
	return second > 12 ? 'monthFirst' : 'unsettled';
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function compactDay(text: string): Day | null {
	const [, year = '', month = '', day = ''] =
		/^(\d{4})(\d{2})(\d{2})(?:T?\d{4}|T?\d{6}Z?)?$/.exec(text) ?? [];
	return dayOf(year, month, day);
}

function yearFirstDay(text: string): Day | null {
	const [, year = '', month = '', day = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
	return dayOf(year, month, day);
}

function namedDay(text: string): Day | null {
	const dayFirst = /^(\d{1,2})[- /.]*([a-z]{3})[a-z]*[- /.,]*(\d{4}|\d{2})$/i.exec(text);
	const monthFirst = /^([a-z]{3})[a-z]*[- .]*(\d{1,2})[-, ]+(\d{4}|\d{2})$/i.exec(text);
	const [day, month, year] = dayFirst
		? [dayFirst[1], dayFirst[2], dayFirst[3]]
		: [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
	const number = MONTHS.indexOf((month ?? '').toLowerCase()) + 1;
	return number === 0 ? null : dayOf(year ?? '', String(number), day ?? '');
}

/** The day of its three parts as digits; null when there is no such day, or its year is not 1900 to 2199. */
function dayOf(year: string, month: string, day: string): Day | null {
	const century = year.length !== 2 ? '' : Number(year) >= 69 ? '19' : '20';
	const text = `${century}${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	return /^(19|20|21)/.test(text) && isDay(text) ? text : null;
}
