import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { cellText, cellValue } from './conditions.sql.ts';
import { openRows } from './profile.sql.ts';
import type { ColumnStatistics, ProfiledTable } from './schema.ts';

/*
 * Charts that answer to each other. Their columns are put once into a narrow table of the engine: `v<i>` DOUBLE, and the bin
 * `b<i>` UTINYINT in which the value lies. A brush is a range of bins, so that every chart is one GROUP BY over bytes.
 */

/** Bins of each chart, and of each side of the scatter. */
export const EXPLORED_BINS = 40;
/** Rows that ranks are taken of; of more, every k-th. */
export const MOST_RANKED = 200_000;
const MISSING = 255;
/** A largest value so many times the median makes steps of the logarithm. */
const SKEWED = 50;
const TABLE = ['clean', 'explored'] as const;

/** A column that is explored. */
export interface ExploredColumn {
	readonly name: string;
	readonly isDate: boolean;
	/** Its bins are equal steps of the logarithm. */
	readonly isLog: boolean;
	/** From the smallest to the largest value. */
	readonly from: number;
	readonly to: number;
	/** Edges of the bins, one more than there are bins. */
	readonly edges: readonly number[];
}

/** What is explored: in the engine as `clean.explored`. */
export interface Explored {
	readonly columns: readonly ExploredColumn[];
	readonly rows: number;
}

/** A brush: bins from `first` to `last`, both included, of a column. */
export interface Brush {
	readonly column: number;
	readonly first: number;
	readonly last: number;
}

/** Counts after a brush. */
export interface ExploredCounts {
	/** By column, by bin: rows in every brush but the column's own. */
	readonly histograms: readonly Float64Array[];
	/** Rows in every brush. */
	readonly brushed: number;
}

/** Columns that can be explored: numbers and dates that differ. */
export function canExplore({ values }: ColumnStatistics): boolean {
	return values !== null && values.max > values.min;
}

/** Makes `clean.explored` of columns that were profiled; rows without any value stay in. */
export async function makeExplored(
	engine: Engine,
	table: ProfiledTable,
	statistics: readonly ColumnStatistics[],
	signal: AbortSignal
): Promise<Explored> {
	const columns = statistics.filter(canExplore).map(exploredColumn);
	const used = statistics.filter(canExplore);
	const values = used.map(({ column, kind }, i) =>
		as(cellValue(cellText(column), column, table, kind === 'date' ? 'date' : 'number'), `v${i}`)
	);
	const bins = columns.map((column, i) => as(binOf(id(`v${i}`), column), `b${i}`));
	const target = await engine.place('memory', ...TABLE);
	await engine.exec(
		sql`CREATE OR REPLACE TABLE ${target} AS
			SELECT *, ${join(bins, ', ')} FROM (
				SELECT (row_number() OVER ())::INTEGER AS i, ${join(values, ', ')} FROM ${openRows(table)})`,
		signal
	);
	const [counted] = await engine.rows<{ rows: number }>(
		sql`SELECT count(*)::DOUBLE AS rows FROM ${id(...TABLE)} ORDER BY 1`,
		signal
	);
	return { columns, rows: counted?.rows ?? 0 };
}

/** Counts every histogram anew: each leaves its own brush out, so that it shows what else could be brushed. */
export async function countExplored(
	engine: Engine,
	{ columns }: Explored,
	brushes: readonly Brush[],
	signal?: AbortSignal
): Promise<ExploredCounts> {
	const counts = columns.map((_, i) => {
		const others = brushes.filter(({ column }) => column !== i);
		return sql`SELECT ${i} AS chart, ${id(`b${i}`)}::INTEGER AS bin, count(*) AS n
			FROM ${id(...TABLE)} WHERE ${within(others)} GROUP BY bin`;
	});
	const all = sql`SELECT ${columns.length} AS chart, 0 AS bin, count(*) AS n FROM ${id(...TABLE)} WHERE ${within(brushes)}`;
	const found = await engine.columns(
		sql`SELECT chart::INTEGER AS chart, bin::INTEGER AS bin, n::DOUBLE AS n
			FROM (${join([...counts, all], ' UNION ALL ')}) ORDER BY chart, bin`,
		signal
	);
	const [chart, bin, n] = ['chart', 'bin', 'n'].map((name) => found.get(name) as Float64Array);
	const histograms = columns.map(() => new Float64Array(EXPLORED_BINS));
	let brushed = 0;
	for (let row = 0; row < (n?.length ?? 0); row += 1) {
		const [at, place, count] = [chart?.[row] ?? 0, bin?.[row] ?? 0, n?.[row] ?? 0];
		if (at === columns.length) brushed = count;
		else if (place < EXPLORED_BINS) (histograms[at] as Float64Array)[place] = count;
	}
	return { histograms, brushed };
}

/** Rows in each cell of two columns' bins, row by row from the lowest y: `EXPLORED_BINS`² counts. */
export async function countCells(
	engine: Engine,
	x: number,
	y: number,
	brushes: readonly Brush[],
	signal?: AbortSignal
): Promise<Float64Array> {
	const [bx, by] = [id(`b${x}`), id(`b${y}`)];
	const found = await engine.columns(
		sql`SELECT (${by}::INTEGER * ${EXPLORED_BINS} + ${bx}::INTEGER)::INTEGER AS cell, count(*)::DOUBLE AS n
			FROM ${id(...TABLE)} WHERE ${bx} < ${MISSING} AND ${by} < ${MISSING} AND ${within(brushes)}
			GROUP BY ${bx}, ${by} ORDER BY cell`,
		signal
	);
	const cells = new Float64Array(EXPLORED_BINS * EXPLORED_BINS);
	const [cell, n] = [found.get('cell') as Int32Array, found.get('n') as Float64Array];
	cell.forEach((place, row) => (cells[place] = n[row] ?? 0));
	return cells;
}

/** How two columns go together, of the rows that have both. */
export interface Correlation {
	readonly x: number;
	readonly y: number;
	/** −1 … 1; null where either column does not vary. */
	readonly value: number | null;
	readonly rows: number;
}

export interface Correlations {
	/** One for each pair, x < y. */
	readonly pairs: readonly Correlation[];
	/** Every how many-th row was taken; 1: all. */
	readonly step: number;
}

/**
 * Correlations of all pairs over the brushed rows. Pearson: of the values, all rows. Spearman: of average ranks (ties share
 * the mean of their places), as in SciPy; of more than `MOST_RANKED` rows, every k-th. Each pair takes the rows that have both
 * values, and ranks them anew where any is missing.
 */
export async function correlate(
	engine: Engine,
	{ columns, rows }: Explored,
	method: 'pearson' | 'spearman',
	brushes: readonly Brush[],
	signal?: AbortSignal
): Promise<Correlations> {
	const step = method === 'spearman' ? Math.max(1, Math.ceil(rows / MOST_RANKED)) : 1;
	const kept = sql`(SELECT * FROM ${id(...TABLE)} WHERE i % ${step} = 0 AND ${within(brushes)})`;
	const pairs = columns.flatMap((_, x) => columns.slice(x + 1).map((__, i) => ({ x, y: x + 1 + i })));
	if (pairs.length === 0) return { pairs: [], step };
	const found =
		method === 'pearson'
			? await pearson(engine, kept, pairs, signal)
			: await spearman(engine, kept, pairs, signal);
	return { pairs: found, step };
}

type Pair = Pick<Correlation, 'x' | 'y'>;

async function pearson(
	engine: Engine,
	kept: Sql,
	pairs: readonly Pair[],
	signal?: AbortSignal
): Promise<Correlation[]> {
	const values = pairs.flatMap(({ x, y }, i) => pairColumns(id(`v${x}`), id(`v${y}`), i));
	const [row] = await engine.rows<Record<string, number | null>>(
		sql`SELECT ${join(values, ', ')} FROM ${kept} ORDER BY 1`,
		signal
	);
	return pairs.map((pair, i) => correlationAt(pair, row ?? {}, i));
}

/** Ranks of the rows that have both values; columns without gaps are ranked once. */
async function spearman(
	engine: Engine,
	kept: Sql,
	pairs: readonly Pair[],
	signal?: AbortSignal
): Promise<Correlation[]> {
	const found: Correlation[] = [];
	const whole = await wholeColumns(engine, kept, pairs, signal);
	const full = pairs.filter(({ x, y }) => whole.has(x) && whole.has(y));
	if (full.length > 0) {
		const used = [...new Set(full.flatMap(({ x, y }) => [x, y]))];
		const ranks = used.map((column) => as(averageRank(column), `r${column}`));
		const values = full.flatMap(({ x, y }, i) => pairColumns(id(`r${x}`), id(`r${y}`), i));
		const [row] = await engine.rows<Record<string, number | null>>(
			sql`SELECT ${join(values, ', ')} FROM (SELECT ${join(ranks, ', ')} FROM ${kept}) ORDER BY 1`,
			signal
		);
		full.forEach((pair, i) => found.push(correlationAt(pair, row ?? {}, i)));
	}
	for (const pair of pairs.filter((each) => !full.includes(each))) {
		const { x, y } = pair;
		const both = sql`(SELECT * FROM ${kept} WHERE ${id(`v${x}`)} IS NOT NULL AND ${id(`v${y}`)} IS NOT NULL)`;
		const ranks = [x, y].map((column) => as(averageRank(column), `r${column}`));
		const [row] = await engine.rows<Record<string, number | null>>(
			sql`SELECT ${join(pairColumns(id(`r${x}`), id(`r${y}`), 0), ', ')} FROM (SELECT ${join(ranks, ', ')} FROM ${both}) ORDER BY 1`,
			signal
		);
		found.push(correlationAt(pair, row ?? {}, 0));
	}
	return found.sort((a, b) => a.x - b.x || a.y - b.y);
}

/** The columns without a missing value. */
async function wholeColumns(
	engine: Engine,
	kept: Sql,
	pairs: readonly Pair[],
	signal?: AbortSignal
): Promise<ReadonlySet<number>> {
	const columns = [...new Set(pairs.flatMap(({ x, y }) => [x, y]))];
	const gaps = columns.map((column) =>
		as(sql`(count(*) - count(${id(`v${column}`)}))::DOUBLE`, `g${column}`)
	);
	const [row] = await engine.rows<Record<string, number>>(
		sql`SELECT ${join(gaps, ', ')} FROM ${kept} ORDER BY 1`,
		signal
	);
	return new Set(columns.filter((column) => (row?.[`g${column}`] ?? 0) === 0));
}

/** The mean of the places that equal values take together. */
function averageRank(column: number): Sql {
	const value = id(`v${column}`);
	return sql`(rank() OVER (ORDER BY ${value}) + (count(*) OVER (PARTITION BY ${value}) - 1) / 2)::DOUBLE`;
}

function pairColumns(a: Sql, b: Sql, i: number): Sql[] {
	const value = sql`corr(${a}, ${b})`;
	return [
		as(sql`(CASE WHEN isfinite(${value}) THEN ${value} END)::DOUBLE`, `c${i}`),
		as(sql`regr_count(${a}, ${b})::DOUBLE`, `n${i}`)
	];
}

function correlationAt(pair: Pair, row: Readonly<Record<string, number | null>>, i: number): Correlation {
	return { ...pair, value: row[`c${i}`] ?? null, rows: row[`n${i}`] ?? 0 };
}

function exploredColumn({ column, kind, values }: ColumnStatistics): ExploredColumn {
	const { min = 0, max = 1, quantiles = [] } = values ?? {};
	const isLog = kind === 'number' && min > 0 && max > (quantiles[3] ?? max) * SKEWED;
	const edge = (i: number) =>
		isLog ? min * (max / min) ** (i / EXPLORED_BINS) : min + ((max - min) * i) / EXPLORED_BINS;
	const edges = Array.from({ length: EXPLORED_BINS + 1 }, (_, i) => (i === EXPLORED_BINS ? max : edge(i)));
	return { name: column.name, isDate: kind === 'date', isLog, from: min, to: max, edges };
}

function binOf(value: Sql, { isLog, from, to }: ExploredColumn): Sql {
	const [low, high] = [sql`${from}::DOUBLE`, sql`${to}::DOUBLE`];
	const place = isLog
		? sql`(ln(${value}) - ln(${low})) / (ln(${high}) - ln(${low}))`
		: sql`(${value} - ${low}) / (${high} - ${low})`;
	const bin = sql`least(${EXPLORED_BINS - 1}, greatest(0, floor(${place} * ${EXPLORED_BINS})))`;
	// `least` and `greatest` pass over NULL: without the test a missing value would lie in the first bin.
	return sql`(CASE WHEN ${value} IS NULL THEN ${MISSING} ELSE ${bin} END)::UTINYINT`;
}

function within(brushes: readonly Brush[]): Sql {
	if (brushes.length === 0) return sql`true`;
	return join(
		brushes.map(({ column, first, last }) => sql`${id(`b${column}`)} BETWEEN ${first} AND ${last}`),
		' AND '
	);
}
