import { as, id, join, list, sql, type Sql } from '#lib/engine/sql.ts';
import type { GroupTable, RfmAxis, RfmCutPoints } from '../schema.ts';

/** Schema and name of a table. */
export type TableName = readonly [schema: string, name: string];

/** The three features with the scores made of them. Few days since the last order are good, so recency is reversed. */
export const SCORES = [
	{ feature: 'recency_days', score: 'r_score', key: 'recencyDays', reversed: true },
	{ feature: 'frequency', score: 'f_score', key: 'frequency', reversed: false },
	{ feature: 'monetary_total', score: 'm_score', key: 'monetaryTotal', reversed: false }
] as const;

export type Score = (typeof SCORES)[number];

/** The scores a file can have: money only where it has amounts. */
export function scoresOf(hasAmount: boolean): Score[] {
	return SCORES.filter(({ feature }) => hasAmount || feature !== 'monetary_total');
}

/**
 * One row: the type-7 quantiles (Hyndman & Fan 1996) that part each feature into `levels` equal shares, as
 * `<feature>_1`, `<feature>_2`, …
 */
export function quantileCutPoints(from: TableName, levels: number, hasAmount: boolean): Sql {
	const columns = scoresOf(hasAmount).flatMap(({ feature }) =>
		linesOf(levels).map((i) =>
			as(sql`quantile_cont(${id(feature)}, ${i / levels})::DOUBLE`, `${feature}_${i}`)
		)
	);
	return sql`SELECT ${join(columns, ', ')} FROM ${id(...from)} ORDER BY 1`;
}

/** One row: the largest value of each band of the scores but the highest, as `<feature>_1`, `<feature>_2`, … */
export function bandCutPoints(from: TableName, into: TableName, levels: number, hasAmount: boolean): Sql {
	const columns = scoresOf(hasAmount).flatMap(({ feature, score, reversed }) =>
		linesOf(levels).map((band) => {
			const inBand = sql`${id(score)} ${reversed ? sql`>= ${levels + 1 - band}` : sql`<= ${band}`}`;
			return as(sql`max(${id(feature)}) FILTER (WHERE ${inBand})::DOUBLE`, `${feature}_${band}`);
		})
	);
	return sql`SELECT ${join(columns, ', ')} FROM ${id(...from)} JOIN ${id(...into)} USING (idx) ORDER BY 1`;
}

/** One row: how many different values each feature has, as the feature is called. */
export function countValues(from: TableName, hasAmount: boolean): Sql {
	const columns = scoresOf(hasAmount).map(({ feature }) =>
		as(sql`count(DISTINCT ${id(feature)})::INTEGER`, feature)
	);
	return sql`SELECT ${join(columns, ', ')} FROM ${id(...from)} ORDER BY 1`;
}

/**
 * One row per different value of a feature, ascending: `value`, `mean` (the same) and `weight`, how many customers have
 * it. With `bins`, one row per bin of equally many customers: their largest value, their mean, their number.
 */
export function weighedValues(from: TableName, { feature }: Score, bins: number | null): Sql {
	const value = id(feature);
	if (bins === null) {
		return sql`
			SELECT ${value}::DOUBLE AS value, ${value}::DOUBLE AS mean, count(*)::DOUBLE AS weight
			FROM ${id(...from)} GROUP BY ${value} ORDER BY ${value}`;
	}
	return sql`
		SELECT max(value)::DOUBLE AS value, avg(value)::DOUBLE AS mean, count(*)::DOUBLE AS weight
		FROM (SELECT ${value} AS value, ntile(${bins}) OVER (ORDER BY ${value}, idx) AS bin FROM ${id(...from)})
		GROUP BY bin ORDER BY bin`;
}

/** The numbers of the lines between scores: 1 to one fewer than there are scores. */
export function linesOf(levels: number): number[] {
	return Array.from({ length: levels - 1 }, (_, i) => i + 1);
}

/** What scores are made by: the lines that were found, or ranks in shares of equal size. */
export type ScoredBy = RfmCutPoints | 'ranks';

/**
 * The score of one feature, from 1 to `levels`. With cut-points: 1 + the number of them strictly below the value, so that
 * equal values share a score. `ranks`: shares of equal size, ties by `idx`, which is the order of the customer ids.
 */
function scoreSql({ feature, reversed }: Score, by: readonly number[] | 'ranks', levels: number): Sql {
	const value = id(feature);
	if (by === 'ranks') {
		return sql`ntile(${levels}) OVER (ORDER BY ${value} ${reversed ? sql`DESC` : sql`ASC`}, idx)`;
	}
	const above = join(
		by.map((cut) => sql`(${value} > ${cut})::INTEGER`),
		' + '
	);
	return reversed ? sql`${levels} - (${above})` : sql`1 + ${above}`;
}

/** The group of the scores, read as the digits of one number: R 5 and F 4 are 54. */
function groupSql(table: GroupTable, axes: readonly RfmAxis[]): Sql {
	const code = axes
		.map((axis) => id(`${axis}_score`))
		.reduce((number, digit) => sql`(${number} * 10 + ${digit})`);
	const branches = table
		.filter(({ cells }) => cells.length > 0)
		.map(({ id: group, cells }) => {
			const codes = cells.map((cell) => cell.reduce((number, score) => number * 10 + score, 0));
			return sql`WHEN ${code} IN ${list(codes)} THEN ${group}`;
		});
	return sql`CASE ${join(branches, '\n')} END`;
}

/** What a table of scores is made by. */
export interface ScorePlan {
	readonly from: TableName;
	readonly into: TableName;
	readonly by: ScoredBy;
	readonly levels: number;
	readonly axes: readonly RfmAxis[];
	readonly table: GroupTable;
	readonly hasAmount: boolean;
}

/**
 * A table as `segment.rfm`: one row per customer of `from`. `fm_score` is the mean of the scores of frequency and money,
 * halves rounded up; it and `m_score` are 0 without amounts.
 */
export function createRfm({ from, into, by, levels, axes, table, hasAmount }: ScorePlan): Sql {
	const scores = SCORES.map((score) => {
		const cuts = by === 'ranks' ? by : by[score.key];
		const known = cuts !== null && (hasAmount || score.key !== 'monetaryTotal');
		return as(sql`(${known ? scoreSql(score, cuts, levels) : sql`0`})::INTEGER`, score.score);
	});
	const mean = hasAmount ? sql`(f_score + m_score + 1) // 2` : sql`0`;
	return sql`
		CREATE OR REPLACE TABLE ${id(...into)} AS
		WITH parts AS (SELECT idx, ${join(scores, ', ')} FROM ${id(...from)}),
		scored AS (SELECT *, (${mean})::INTEGER AS fm_score FROM parts)
		SELECT idx, r_score, f_score, m_score, fm_score, ${groupSql(table, axes)} AS rfm_group FROM scored ORDER BY idx`;
}

/** One row per group that has customers. */
export function countGroups(hasAmount: boolean): Sql {
	return sql`
		SELECT rfm_group::VARCHAR AS id, count(*)::INTEGER AS customers, ${revenue(hasAmount)} AS revenue
		FROM segment.rfm JOIN features.customers USING (idx) GROUP BY rfm_group ORDER BY rfm_group`;
}

/** One row per cell of recency and frequency (or `fm`, where the scheme has that axis) that has customers. */
export function countCells(axes: readonly RfmAxis[], hasAmount: boolean): Sql {
	const second = axes.includes('fm') ? sql`fm_score` : sql`f_score`;
	return sql`
		SELECT r_score::INTEGER AS r, ${second}::INTEGER AS f, count(*)::INTEGER AS customers, ${revenue(hasAmount)} AS revenue
		FROM segment.rfm JOIN features.customers USING (idx) GROUP BY r_score, ${second} ORDER BY r, f`;
}

/** One row: how many customers have exactly this value of a feature, and how many there are. */
export function countTies({ feature }: Score, value: number): Sql {
	return sql`
		SELECT count_if(${id(feature)} = ${value})::INTEGER AS shared_by, count(*)::INTEGER AS customers
		FROM features.customers ORDER BY customers`;
}

/** One row per score that somebody has. */
export function usedScores({ score }: Score): Sql {
	return sql`SELECT DISTINCT ${id(score)}::INTEGER AS score FROM segment.rfm ORDER BY score`;
}

/** Money is added in whole ten-thousandths: the sum is then the same in any order of the rows. */
function revenue(hasAmount: boolean): Sql {
	return hasAmount ? sql`sum(monetary_total::DECIMAL(18,4))::DOUBLE` : sql`0::DOUBLE`;
}
