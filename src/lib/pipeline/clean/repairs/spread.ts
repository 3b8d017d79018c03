import type { Engine } from '#lib/engine/engine.ts';
import { id, sql, type Sql } from '#lib/engine/sql.ts';
import type { Reading } from '#lib/pipeline/import/schema.ts';
import { numberSql } from '../typing.ts';
import { loadedColumns } from './run.ts';
import { tableBefore, type StepOnSource } from './rows.ts';
import { stateAfter } from './tables.ts';

/** How the numbers of a column spread. */
export interface Spread {
	/** Cells that hold a number. */
	readonly count: number;
	readonly smallest: number;
	readonly median: number;
	readonly largest: number;
	/** Sample skewness (type 2 of Joanes and Gill 1998); NaN where it is not defined. */
	readonly skew: number;
	/** Counts of equal steps from `low` to `high`; what lies beyond counts in the first and the last. */
	readonly bins: readonly number[];
	/** Quantiles at 0.5 and 99.5 %. */
	readonly low: number;
	readonly high: number;
}

/** How a column spreads before and after a step; null where it holds no number. */
export interface SpreadChange {
	readonly before: Spread | null;
	readonly after: Spread | null;
}

const BINS = 24;

/** How the numbers of a column of a step spread, before it and after; null when the file has not loaded the column. */
export async function spreadChange(
	engine: Engine,
	step: StepOnSource & { readonly source: { readonly reading: Pick<Reading, 'decimalMark'> } },
	column: string,
	signal?: AbortSignal
): Promise<SpreadChange | null> {
	const found = loadedColumns(step.source, step.result).find(({ name }) => name === column);
	if (!found) return null;
	const value = numberSql(found.text, step.source.reading.decimalMark);
	const after = id(...stateAfter(step.source.id, step.repairId));
	return {
		before: await spreadOf(engine, id(...tableBefore(step)), value, signal),
		after: await spreadOf(engine, after, value, signal)
	};
}

async function spreadOf(
	engine: Engine,
	table: Sql,
	value: Sql,
	signal: AbortSignal | undefined
): Promise<Spread | null> {
	const numbers = sql`(SELECT (${value})::DOUBLE AS v FROM ${table})`;
	const [facts] = await engine.rows<Omit<Spread, 'bins'>>(
		sql`
			SELECT count(v)::DOUBLE AS count, min(v)::DOUBLE AS smallest, median(v)::DOUBLE AS median,
				max(v)::DOUBLE AS largest, CASE WHEN min(v) < max(v) AND count(v) > 2 THEN skewness(v) END::DOUBLE AS skew,
				quantile_cont(v, 0.005)::DOUBLE AS low, quantile_cont(v, 0.995)::DOUBLE AS high
			FROM ${numbers} ORDER BY 1`,
		signal
	);
	if (!facts || facts.count === 0) return null;
	const { low, high } = facts;
	const width = (high - low) / BINS;
	const bin =
		width > 0
			? sql`least(${BINS - 1}, greatest(0, floor((v - ${low}) / ${width})))::INTEGER`
			: sql`0::INTEGER`;
	const counted = await engine.rows<{ bin: number; count: number }>(
		sql`
			SELECT ${bin} AS bin, count(*)::DOUBLE AS count FROM ${numbers}
			WHERE v IS NOT NULL GROUP BY 1 ORDER BY bin`,
		signal
	);
	const bins = Array.from({ length: width > 0 ? BINS : 1 }, () => 0);
	for (const { bin: at, count } of counted) bins[at] = count;
	return { ...facts, skew: facts.skew ?? Number.NaN, bins };
}
