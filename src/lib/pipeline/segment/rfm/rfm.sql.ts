import { as, id, join, list, sql, type Sql } from '#lib/engine/sql.ts';
import type { RfmParams, RfmResult } from '../schema.ts';
import { GROUP_PATTERNS } from './groups.ts';

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
 * One row: the type-7 quantiles (Hyndman & Fan 1996) at 20, 40, 60 and 80 % of each feature, as `<feature>_1` … `_4`.
 */
export function quantileCutPoints(hasAmount: boolean): Sql {
	const columns = scoresOf(hasAmount).flatMap(({ feature }) =>
		[0.2, 0.4, 0.6, 0.8].map((share, i) =>
			as(sql`quantile_cont(${id(feature)}, ${share})::DOUBLE`, `${feature}_${i + 1}`)
		)
	);
	return sql`SELECT ${join(columns, ', ')} FROM features.customers ORDER BY 1`;
}

/** One row: the largest value of each of the four lower bands of `segment.rfm`, as `<feature>_1` … `_4`. */
export function ntileCutPoints(hasAmount: boolean): Sql {
	const columns = scoresOf(hasAmount).flatMap(({ feature, score, reversed }) =>
		[1, 2, 3, 4].map((band) => {
			const inBand = sql`${id(score)} ${reversed ? sql`>= ${6 - band}` : sql`<= ${band}`}`;
			return as(sql`max(${id(feature)}) FILTER (WHERE ${inBand})::DOUBLE`, `${feature}_${band}`);
		})
	);
	return sql`SELECT ${join(columns, ', ')} FROM features.customers JOIN segment.rfm USING (idx) ORDER BY 1`;
}

/**
 * The score of one feature, 1 to 5. With cut-points: 1 + the number of them strictly below the value, so that equal
 * values share a score. `ntile`: fifths of equal size, ties by `idx`, which is the order of the customer ids.
 */
export function scoreSql({ feature, reversed }: Score, by: readonly number[] | RfmParams['method']): Sql {
	const value = id(feature);
	if (by === 'ntile') return sql`ntile(5) OVER (ORDER BY ${value} ${reversed ? sql`DESC` : sql`ASC`}, idx)`;
	if (by === 'quantile') throw new RangeError('quantile scores need their cut-points');
	const above = join(
		by.map((cut) => sql`(${value} > ${cut})::INTEGER`),
		' + '
	);
	return reversed ? sql`5 - (${above})` : sql`1 + ${above}`;
}

/** The group of `r_score` and `f_score`. */
export function groupSql(): Sql {
	const branches = GROUP_PATTERNS.map(
		({ group, r, f }) => sql`WHEN r_score IN ${list(r)} AND f_score IN ${list(f)} THEN ${group}`
	);
	return sql`CASE ${join(branches, '\n')} END`;
}

/** `segment.rfm`: one row per customer of `features.customers`, by fitted cut-points (null without amounts) or `ntile`. */
export function createRfm(by: RfmResult['cutPoints'] | 'ntile', hasAmount: boolean): Sql {
	const scores = SCORES.map((score) => {
		const cuts = by === 'ntile' ? by : by[score.key];
		const known = cuts !== null && (hasAmount || score.key !== 'monetaryTotal');
		return as(sql`(${known ? scoreSql(score, cuts) : sql`0`})::INTEGER`, score.score);
	});
	return sql`
		CREATE OR REPLACE TABLE segment.rfm AS
		WITH scored AS (SELECT idx, ${join(scores, ', ')} FROM features.customers)
		SELECT idx, r_score, f_score, m_score, ${groupSql()} AS rfm_group FROM scored ORDER BY idx`;
}

/** One row per group that has customers. */
export function countGroups(hasAmount: boolean): Sql {
	return sql`
		SELECT rfm_group::VARCHAR AS id, count(*)::INTEGER AS customers, ${revenue(hasAmount)} AS revenue
		FROM segment.rfm JOIN features.customers USING (idx) GROUP BY rfm_group ORDER BY rfm_group`;
}

/** One row per cell of recency and frequency that has customers. */
export function countCells(hasAmount: boolean): Sql {
	return sql`
		SELECT r_score::INTEGER AS r, f_score::INTEGER AS f, count(*)::INTEGER AS customers, ${revenue(hasAmount)} AS revenue
		FROM segment.rfm JOIN features.customers USING (idx) GROUP BY r_score, f_score ORDER BY r, f`;
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
