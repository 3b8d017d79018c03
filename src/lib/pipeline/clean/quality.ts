import type { Engine } from '#lib/engine/engine.ts';
import { dayFromMs } from '#lib/core/days.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import {
	BIN_COUNT,
	countBins,
	countTexts,
	daysSql,
	sampleKinds,
	summarizeValues,
	topTexts,
	type ColumnKind,
	type ProfiledColumn
} from './quality.sql.ts';
import { countRepeats } from './repeats.sql.ts';
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
	/** Share of the rows that hold a text, 0 to 1. */
	readonly filledShare: number;
	/** Number of different texts, within about 5 %. */
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

const KINDS: Readonly<Partial<Record<Role, ColumnKind>>> = {
	date: 'date',
	quantity: 'number',
	unit_price: 'number',
	amount: 'number',
	order_total: 'number',
	refund: 'number',
	customer: 'text',
	order_id: 'text'
};

/** Describes every column of a raw table, mapped or not, in the order of the file. */
export async function profileSource(
	engine: Engine,
	source: SourceParams,
	signal: AbortSignal
): Promise<ColumnProfile[]> {
	for (const macro of readingMacros()) await engine.exec(macro, signal);
	const columns = source.columns.map((name, index) => ({ index, name, role: roleOf(source, name) }));
	const [sample] = await engine.rows<Record<string, number>>(
		sampleKinds(source, columns, SAMPLE_ROWS),
		signal
	);
	const profiles: ColumnProfile[] = [];
	for (const column of columns) {
		const kind = (column.role && KINDS[column.role]) ?? kindOf(column, sample ?? {});
		profiles.push(await profileColumn(engine, source, column, kind, signal));
	}
	return profiles;
}

/** Rows of a source that equal an earlier row in every column. */
export async function exactDuplicates(
	engine: Engine,
	source: SourceParams,
	signal: AbortSignal
): Promise<number> {
	const [found] = await engine.rows<{ repeats: number }>(countRepeats(source), signal);
	return found?.repeats ?? 0;
}

/** Rows, orders and money of each day that has loaded rows, ascending. */
export async function rowsPerDay(engine: Engine, signal?: AbortSignal): Promise<DayCount[]> {
	return engine.rows<DayCount>(daysSql(), signal);
}

interface TextCounts {
	readonly rows: number;
	readonly filled: number;
	readonly distinctValues: number;
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
	const [counts] = await engine.rows<TextCounts>(countTexts(source, column), signal);
	if (!counts) throw new RangeError(`no counts for ${column.name}`);
	const { rows, filled } = counts;
	const kind = filled === 0 ? 'empty' : guess;
	const top = filled > 0 && counts.distinctValues <= MOST_DISTINCT;
	const common = {
		name: column.name,
		role: column.role,
		rows,
		filledShare: rows === 0 ? 0 : filled / rows,
		distinctCount: Math.min(counts.distinctValues, filled),
		top: top
			? await engine.rows<ColumnProfile['top'][number]>(topTexts(source, column, TOP_COUNT), signal)
			: []
	};
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
	{ rows, filled, decimalZeros }: TextCounts,
	top: ColumnProfile['top'],
	values: (ValueSummary & { readonly kind: 'number' | 'date' }) | null
): Finding {
	if (filled === 0) return { code: 'empty' };
	if (values && values.readable < filled)
		return { code: 'unreadable_values', count: filled - values.readable };
	const isId = role === 'customer' || role === 'order_id';
	if (isId && decimalZeros === filled) return { code: 'numbers_with_decimal_zero' };
	const [first, second] = top;
	if (rows > 1 && first && !second && first.count === rows) return { code: 'constant', value: first.value };
	if (filled < rows) return { code: 'partly_empty', count: rows - filled };
	if (values?.kind === 'number' && values.q99 > 0 && values.max > values.q99 * EXTREME) {
		return { code: 'extreme_values', median: values.median, max: values.max };
	}
	return { code: 'ok' };
}

function daysOf({ min, median, max }: ValueSummary): ValueRange<string> {
	const [first, middle, last] = [min, median, max].map((seconds) => dayFromMs(seconds * 1000));
	return { min: first ?? '', median: middle ?? '', max: last ?? '' };
}
