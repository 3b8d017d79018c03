import type { Engine } from '#lib/engine/engine.ts';
import { dayFromMs } from '#lib/core/days.ts';
import { rawColumn, type Role, type SourceParams } from '#lib/pipeline/import/schema.ts';
import {
	BIN_COUNT,
	countBins,
	countCovered,
	countDifferent,
	countDigits,
	countTexts,
	daysSql,
	loadedColumns,
	sampleKinds,
	summarizeValues,
	topTexts,
	type ColumnKind,
	type ProfiledColumn
} from './quality.sql.ts';
import { readingMacros } from './typing.ts';

/** What is worth saying about a column; `ok` when nothing is. */
export type Finding =
	| { readonly code: 'ok' }
	| { readonly code: 'empty' }
	| { readonly code: 'constant'; readonly value: string }
	| { readonly code: 'unreadable_values'; readonly count: number }
	| { readonly code: 'numbers_with_decimal_zero' }
	| { readonly code: 'partly_empty'; readonly count: number }
	| { readonly code: 'extreme_values'; readonly median: number; readonly max: number };

/** Smallest, middle and largest value: numbers, or days as ISO text. */
export interface ValueRange<T> {
	readonly min: T;
	readonly median: T;
	readonly max: T;
}

export interface ProfileBin {
	/** In the unit of the column; seconds since 1970 for dates. */
	readonly from: number;
	readonly to: number;
	readonly count: number;
}

/** One column of a file as it was read. */
export interface ColumnProfile {
	readonly name: string;
	readonly role: Role | null;
	readonly kind: ColumnKind;
	readonly rows: number;
	/** Cells that hold a text. */
	readonly textCount: number;
	/**
	 * Share of the rows that hold a text, 0 to 1. Where a file has the fields of an order on its first row alone, the
	 * further rows of that order count as filled as well.
	 */
	readonly filledShare: number;
	/** Number of different texts as they stand in the file, counted one by one; blank cells are none. */
	readonly distinctCount: number;
	/** Texts that are not of the kind. */
	readonly unreadableCount: number;
	readonly numbers: ValueRange<number> | null;
	readonly days: ValueRange<string> | null;
	/** Twelve bins; empty for texts and for a single value. */
	readonly bins: readonly ProfileBin[];
	/** True when the bins are equal steps of the logarithm, because the values are very skewed. */
	readonly logBins: boolean;
	/** The five most frequent texts; empty when nearly all differ. */
	readonly top: readonly { readonly value: string; readonly count: number }[];
	readonly finding: Finding;
}

/** One day with loaded rows. `amount` is null without amounts. */
export interface DayCount {
	readonly day: string;
	readonly rows: number;
	readonly orders: number;
	readonly amount: number | null;
}

const SAMPLE_ROWS = 1000;
/** Share of a sample that must read as a number or date for a column without a role to be of that kind. */
const KIND_SHARE = 0.9;
/** Above so many different texts, the most frequent ones say nothing. */
const MOST_DISTINCT = 50_000;
const TOP_COUNT = 5;
/** A largest value so many times the median, or the 99 % quantile, is skewed, or extreme. */
const SKEWED = 50;
const EXTREME = 20;

/** Different texts held in memory at a time while they are counted. */
const TEXTS_PER_PASS = 1_000_000;
/** A whole number of more digits is an id or a phone. */
const MOST_DIGITS = 9;
/** From this share of different values on, whole numbers name things. */
const NEARLY_ALL = 0.9;

/** What columns with a role hold: numbers and dates where the role asks for them, else names and codes. */
const KINDS: Readonly<Partial<Record<Role, ColumnKind>>> = {
	date: 'date',
	created_at: 'date',
	consented_at: 'date',
	updated_at: 'date',
	birth_date: 'date',
	end_date: 'date',
	quantity: 'number',
	unit_price: 'number',
	amount: 'number',
	order_total: 'number',
	refund: 'number',
	discount: 'number',
	total_spent: 'number',
	order_count: 'number',
	spend: 'number',
	impressions: 'number',
	clicks: 'number',
	recipients: 'number',
	opens: 'number',
	conversions: 'number',
	revenue: 'number',
	unsubscribes: 'number',
	score: 'number'
};

/** Roles without which a row does not count, or counts for nothing. */
const COUNTED_ROLES: readonly Role[] = [
	'customer',
	'date',
	'order_id',
	'quantity',
	'unit_price',
	'amount',
	'order_total'
];

/** Roles whose values tell orders apart. */
const NAMING_ROLES: readonly Role[] = ['customer', 'date', 'order_id'];

/** Roles that every row of an order has a value of its own for. */
export const LINE_ROLES: readonly Role[] = [
	'order_id',
	'quantity',
	'unit_price',
	'amount',
	'product',
	'sku',
	'category',
	'discount',
	'line_type'
];

/**
 * Describes the columns of a raw table, mapped or not, in the order of the file: all of them, or those that are wanted. Of a
 * big file the table has only columns with a role; others have no profile.
 */
export async function profileSource(
	engine: Engine,
	source: SourceParams,
	signal: AbortSignal,
	isWanted: (column: string) => boolean = () => true
): Promise<ColumnProfile[]> {
	for (const macro of readingMacros()) await engine.exec(macro, signal);
	const loaded = await engine.rows<{ name: string }>(loadedColumns(source), signal);
	const names = new Set(loaded.map(({ name }) => name));
	const columns = source.columns
		.map((name, index) => ({ index, name, role: roleOf(source, name) }))
		.filter(({ name, index }) => isWanted(name) && names.has(rawColumn(index)));
	if (columns.length === 0) return [];
	const [sample] = await engine.rows<Record<string, number>>(
		sampleKinds(source, columns, SAMPLE_ROWS),
		signal
	);
	const profiles: ColumnProfile[] = [];
	for (const column of columns) {
		const kind = column.role ? (KINDS[column.role] ?? 'text') : kindOf(column, sample ?? {});
		profiles.push(await profileColumn(engine, source, column, kind, signal));
	}
	return profiles;
}

/** True when what was found in a column can cost rows or mislead a number; never for a column that is not used. */
export function needsLook({ role, finding }: Pick<ColumnProfile, 'role' | 'finding'>): boolean {
	if (role === null) return false;
	switch (finding.code) {
		case 'ok':
			return false;
		case 'empty':
		case 'partly_empty':
			return COUNTED_ROLES.includes(role);
		case 'constant':
			return NAMING_ROLES.includes(role);
		case 'unreadable_values':
		case 'numbers_with_decimal_zero':
		case 'extreme_values':
			return true;
	}
}

/** Rows, orders and money of each day that has loaded rows, ascending. */
export async function rowsPerDay(engine: Engine, signal?: AbortSignal): Promise<DayCount[]> {
	return engine.rows<DayCount>(daysSql(), signal);
}

interface TextCounts {
	readonly rows: number;
	readonly filled: number;
	/** Rows that hold a text or need none. */
	readonly covered: number;
	readonly different: number;
	readonly decimalZeros: number;
}

interface ValueSummary extends ValueRange<number> {
	readonly readable: number;
	readonly q99: number;
}

function roleOf({ mapping }: SourceParams, name: string): Role | null {
	const entry = Object.entries(mapping).find(([, column]) => column === name);
	return (entry?.[0] as Role | undefined) ?? null;
}

function kindOf({ index }: ProfiledColumn, sample: Readonly<Record<string, number>>): ColumnKind {
	const [filled, numbers, dates] = ['filled', 'number', 'date'].map((what) => sample[`${what}${index}`] ?? 0);
	if (!filled) return 'text';
	if ((dates ?? 0) >= filled * KIND_SHARE) return 'date';
	return (numbers ?? 0) >= filled * KIND_SHARE ? 'number' : 'text';
}

async function profileColumn(
	engine: Engine,
	source: SourceParams,
	column: ProfiledColumn,
	guess: ColumnKind,
	signal: AbortSignal
): Promise<ColumnProfile> {
	const counts = await readCounts(engine, source, column, signal);
	const { rows, filled, covered, different } = counts;
	const common = {
		name: column.name,
		role: column.role,
		rows,
		textCount: filled,
		filledShare: rows === 0 ? 0 : covered / rows,
		distinctCount: different,
		top:
			filled > 0 && different <= MOST_DISTINCT
				? await engine.rows<ColumnProfile['top'][number]>(topTexts(source, column, TOP_COUNT), signal)
				: []
	};
	const isCode =
		guess === 'number' && column.role === null && (await holdsCodes(engine, source, column, counts, signal));
	const kind = filled === 0 ? 'empty' : isCode ? 'text' : guess;
	if (kind !== 'number' && kind !== 'date') {
		const texts = { kind, unreadableCount: 0, numbers: null, days: null, bins: [], logBins: false };
		return { ...common, ...texts, finding: findingOf(column, counts, common.top, null) };
	}
	const [summary] = await engine.rows<ValueSummary>(summarizeValues(source, column, kind), signal);
	if (!summary || summary.readable === 0) {
		const nothing = { kind, unreadableCount: filled, numbers: null, days: null, bins: [], logBins: false };
		return { ...common, ...nothing, finding: { code: 'unreadable_values', count: filled } };
	}
	const logBins = kind === 'number' && summary.min > 0 && summary.max > summary.median * SKEWED;
	return {
		...common,
		kind,
		unreadableCount: filled - summary.readable,
		numbers: kind === 'number' ? { min: summary.min, median: summary.median, max: summary.max } : null,
		days: kind === 'date' ? daysOf(summary) : null,
		bins: await readBins(engine, source, column, kind, summary, logBins, signal),
		logBins,
		finding: findingOf(column, counts, common.top, { ...summary, kind })
	};
}

async function readCounts(
	engine: Engine,
	source: SourceParams,
	column: ProfiledColumn,
	signal: AbortSignal
): Promise<TextCounts> {
	const [counts] = await engine.rows<
		Omit<TextCounts, 'covered' | 'different'> & { readonly aboutDistinct: number }
	>(countTexts(source, column), signal);
	if (!counts) throw new RangeError(`no counts for ${column.name}`);
	// A group for every text of a large file would not fit the memory of a browser.
	const passCount = Math.max(1, Math.ceil(counts.aboutDistinct / TEXTS_PER_PASS));
	let different = 0;
	for (let pass = 0; pass < passCount; pass += 1) {
		const [found] = await engine.rows<{ different: number }>(
			countDifferent(source, column, pass, passCount),
			signal
		);
		different += found?.different ?? 0;
	}
	return { ...counts, different, covered: await coveredRows(engine, source, column, counts, signal) };
}

/** Blanks below the first row of an order are how such a file is written. */
async function coveredRows(
	engine: Engine,
	source: SourceParams,
	column: ProfiledColumn,
	{ rows, filled }: Pick<TextCounts, 'rows' | 'filled'>,
	signal: AbortSignal
): Promise<number> {
	const orderIndex = source.columns.indexOf(source.mapping.order_id ?? '');
	const isOfLine = column.role !== null && LINE_ROLES.includes(column.role);
	if (!source.reading.orderFieldsOnFirstRow || orderIndex < 0 || isOfLine || filled === rows) return filled;
	const [found] = await engine.rows<{ covered: number }>(countCovered(source, column, orderIndex), signal);
	return found?.covered ?? filled;
}

/** True for whole numbers that name something, such as ids, phones and postcodes: a median of them means nothing. */
async function holdsCodes(
	engine: Engine,
	source: SourceParams,
	column: ProfiledColumn,
	{ filled, different }: TextCounts,
	signal: AbortSignal
): Promise<boolean> {
	const [found] = await engine.rows<{ whole: number; zeroLed: number; longest: number }>(
		countDigits(source, column),
		signal
	);
	if (!found || found.whole < filled) return false;
	const { longest, zeroLed } = found;
	return longest > MOST_DIGITS || zeroLed > 0 || different >= filled * NEARLY_ALL || isPostcode(column.name);
}

function isPostcode(name: string): boolean {
	return /(^|[^a-z])(zip|postal|postcode|plz)/i.test(name);
}

async function readBins(
	engine: Engine,
	source: SourceParams,
	column: ProfiledColumn,
	kind: 'number' | 'date',
	{ min, max }: ValueSummary,
	log: boolean,
	signal: AbortSignal
): Promise<ProfileBin[]> {
	if (min === max) return [];
	const found = await engine.rows<{ bin: number; count: number }>(
		countBins(source, column, kind, { min, max, log }),
		signal
	);
	const edge = (i: number) =>
		log ? min * (max / min) ** (i / BIN_COUNT) : min + ((max - min) * i) / BIN_COUNT;
	return Array.from({ length: BIN_COUNT }, (_, bin) => ({
		from: edge(bin),
		to: edge(bin + 1),
		count: found.find((row) => row.bin === bin)?.count ?? 0
	}));
}

/** The one thing to say: what costs rows first, then what may mislead. */
function findingOf(
	{ role }: ProfiledColumn,
	{ rows, filled, covered, decimalZeros }: TextCounts,
	top: ColumnProfile['top'],
	values: (ValueSummary & { readonly kind: 'number' | 'date' }) | null
): Finding {
	if (filled === 0) return { code: 'empty' };
	if (values && values.readable < filled)
		return { code: 'unreadable_values', count: filled - values.readable };
	const isId = role === 'customer' || role === 'order_id';
	if (isId && decimalZeros === filled) return { code: 'numbers_with_decimal_zero' };
	const [first, second] = top;
	if (rows > 1 && first && !second && covered === rows) return { code: 'constant', value: first.value };
	if (covered < rows) return { code: 'partly_empty', count: rows - covered };
	if (values?.kind === 'number' && values.q99 > 0 && values.max > values.q99 * EXTREME) {
		return { code: 'extreme_values', median: values.median, max: values.max };
	}
	return { code: 'ok' };
}

function daysOf({ min, median, max }: ValueSummary): ValueRange<string> {
	const [first, middle, last] = [min, median, max].map((seconds) => dayFromMs(seconds * 1000));
	return { min: first ?? '', median: middle ?? '', max: last ?? '' };
}
