import type { OnProgress } from '#lib/core/progress.ts';
import { throwIfAborted } from '#lib/core/progress.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { readingMacros } from '../typing.ts';
import { formOf, kindOf, readAsOf, type KindSample } from './kind.ts';
import {
	aboutDistinct,
	columnFacts,
	countFailing,
	countInherited,
	countRows,
	sampleFilled,
	sampleKinds,
	textPart,
	valuePart,
	type ColumnScan,
	type ProfileFact
} from './profile.sql.ts';
import type {
	ColumnStatistics,
	FailedRule,
	ProfiledColumn,
	ProfiledTable,
	ProfileOptions,
	TableProfile
} from './schema.ts';
import { collectFacts, kindFacts, statisticsOf, type CollectedFacts } from './statistics.ts';
import { inheritsFrom } from './tables.ts';

/** Different texts that are held in memory at a time. */
const TEXTS_PER_PART = 2_000_000;
const SAMPLE_ROWS = 2000;

/** What a profile tells while it is made. */
export interface ProfileListener {
	readonly onProgress: OnProgress;
	/** The next column, in the order of the table. */
	readonly onColumn?: (column: ColumnStatistics) => void;
}

/**
 * Describes columns of a table in the order given: all rows that no step set aside, nothing sampled but the guess of what
 * kind a column without a role is. One column costs one query: its different texts are counted first, and everything else
 * is found from them. More than two million different texts are counted in parts.
 */
export async function profileTable(
	engine: Engine,
	table: ProfiledTable,
	columns: readonly ProfiledColumn[],
	options: ProfileOptions,
	signal: AbortSignal,
	{ onProgress, onColumn }: ProfileListener = { onProgress: () => undefined }
): Promise<TableProfile> {
	for (const macro of readingMacros()) await engine.exec(macro, signal);
	const [counted] = await engine.rows<{ rows: number }>(countRows(table), signal);
	const rows = counted?.rows ?? 0;
	const samples = await readSamples(engine, table, columns, rows, signal);
	const failed = await readFailedRules(engine, table, columns, options, signal);
	const parts = await readPartCounts(engine, table, columns, rows, signal);
	const done: ColumnStatistics[] = [];
	for (const [i, column] of columns.entries()) {
		throwIfAborted(signal);
		onProgress({ what: column.name, share: i / columns.length });
		const sample = samples.get(column) ?? null;
		const scan = {
			table,
			column,
			readAs: readAsOf(column, sample),
			form: formOf(column, sample),
			today: options.today
		};
		const facts = await collect(engine, scan, parts[i] ?? 1, signal);
		const inheritedCount = await readInherited(engine, table, column, facts, signal);
		const failedRules = failed(column);
		const kind = kindOf(column, scan.readAs, scan.form, kindFacts(facts));
		const statistics = statisticsOf(scan, facts, kind, {
			inheritedCount,
			failedRules,
			readsDecimalIds: options.readsDecimalIds ?? false
		});
		done.push(statistics);
		onColumn?.(statistics);
	}
	onProgress({ what: table.title, share: 1 });
	return { table, rows, columns: done };
}

/** What the texts of columns without a role look like. */
async function readSamples(
	engine: Engine,
	table: ProfiledTable,
	columns: readonly ProfiledColumn[],
	rows: number,
	signal: AbortSignal
): Promise<ReadonlyMap<ProfiledColumn, KindSample>> {
	const unknown = columns.filter(({ role, stored }) => role === null && stored === 'text');
	if (unknown.length === 0) return new Map();
	const step = Math.max(1, Math.floor(rows / SAMPLE_ROWS));
	const [found] = await engine.rows<Record<string, number>>(sampleKinds(table, unknown, step), signal);
	const samples = new Map<ProfiledColumn, KindSample>();
	for (const [i, column] of unknown.entries()) {
		let sample = sampleAt(found ?? {}, i);
		if (sample.filled === 0) {
			const [own] = await engine.rows<Record<string, number>>(
				sampleFilled(table, column, SAMPLE_ROWS),
				signal
			);
			sample = sampleAt(own ?? {}, 0);
		}
		samples.set(column, sample);
	}
	return samples;
}

function sampleAt(found: Readonly<Record<string, number>>, i: number): KindSample {
	const at = (name: string) => found[`${name}${i}`] ?? 0;
	return {
		filled: at('filled'),
		numbers: at('numbers'),
		dates: at('dates'),
		emails: at('emails'),
		phones: at('phones')
	};
}

/** Into how many parts the different texts of each column are cut. */
async function readPartCounts(
	engine: Engine,
	table: ProfiledTable,
	columns: readonly ProfiledColumn[],
	rows: number,
	signal: AbortSignal
): Promise<readonly number[]> {
	if (rows <= TEXTS_PER_PART) return [];
	const [found] = await engine.rows<Record<string, number>>(aboutDistinct({ ...table, columns }), signal);
	return columns.map((_, i) => Math.ceil((found?.[`about${i}`] ?? 0) / TEXTS_PER_PART));
}

async function collect(
	engine: Engine,
	scan: ColumnScan,
	partCount: number,
	signal: AbortSignal
): Promise<CollectedFacts> {
	const read = (query: ReturnType<typeof columnFacts>) => engine.rows<ProfileFact>(query, signal);
	if (partCount <= 1) return collectFacts(await read(columnFacts(scan)));
	const facts: ProfileFact[] = [];
	for (let part = 0; part < partCount; part += 1)
		facts.push(...(await read(textPart(scan, part, partCount))));
	const { readAs } = scan;
	if (readAs !== null) facts.push(...(await read(valuePart({ ...scan, readAs }))));
	return collectFacts(facts);
}

/** Blanks below the first row of an order are how such a file is written. */
async function readInherited(
	engine: Engine,
	table: ProfiledTable,
	column: ProfiledColumn,
	{ amounts }: CollectedFacts,
	signal: AbortSignal
): Promise<number> {
	const order = inheritsFrom(table, column);
	if (order === null || (amounts.get('missing') ?? 0) === 0) return 0;
	const [found] = await engine.rows<{ inherited: number }>(countInherited(table, column, order), signal);
	return found?.inherited ?? 0;
}

/** By column, the rules that rows fail which no step set aside. */
async function readFailedRules(
	engine: Engine,
	table: ProfiledTable,
	columns: readonly ProfiledColumn[],
	{ rules = [] }: ProfileOptions,
	signal: AbortSignal
): Promise<(column: ProfiledColumn) => readonly FailedRule[]> {
	if (rules.length === 0) return () => [];
	const [found] = await engine.rows<Record<string, number>>(countFailing(table, rules, columns), signal);
	return (column) => {
		const at = columns.indexOf(column);
		return rules.flatMap((rule, i) => {
			const count = found?.[`failing${i}`] ?? 0;
			const filledCount = found?.[`filled${i}of${at}`] ?? 0;
			return count > 0 && rule.columns.includes(column.name) ? [{ ...rule, count, filledCount }] : [];
		});
	};
}
