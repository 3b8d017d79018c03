import { as, id, join, list, sql, type Sql } from '#lib/engine/sql.ts';
import { profiles } from '#lib/pipeline/features/bases/profiles.ts';
import type { FeatureParams } from '#lib/pipeline/features/schema.ts';
import type { FeatureTableName } from '#lib/pipeline/features/step.ts';
import { cartsSql } from './carts.sql.ts';
import type { CartBoardResult, CartFilter } from './result.ts';
import type { CartParams } from './schema.ts';

/** What the table of carts is made of. */
export interface CartTableScope {
	/** A DATE: nothing on or after it is seen. */
	readonly asOf: Sql;
	readonly carts: CartParams;
	readonly featureParams: FeatureParams;
	readonly customers: FeatureTableName;
	/** RFM groups of the day by id, and the table that they stand in; null: there are none. */
	readonly rfm: {
		readonly table: readonly [schema: string, name: string];
		readonly groups: readonly { readonly id: string; readonly name: string }[];
	} | null;
}

/** Carts are small, of middle size or large by the thirds of those that were left. */
const THIRDS = [1 / 3, 2 / 3];

/** The stages in which a cart was left and nothing has been bought since. */
export function leftStages({ stages }: CartParams): string[] {
	return [...stages.map(({ id: stage }) => stage), 'cold'];
}

/** One row: the values that part the bands, as `c0`, `c1`, …; NULL where no cart that was left has a value. */
export function cutsSql(from: Sql, carts: CartParams): Sql {
	const isLeft = sql`stage IN ${list(leftStages(carts))}`;
	const cuts =
		carts.valueCuts?.map((cut) => sql`any_value(${cut})`) ??
		THIRDS.map((third) => sql`quantile_cont(value::DOUBLE, ${third}) FILTER (WHERE ${isLeft})`);
	const columns = cuts.map((cut, i) => as(sql`(${cut})::DOUBLE`, `c${i}`));
	return sql`SELECT ${join([sql`count(*)::INTEGER AS carts`, ...columns], ', ')} FROM ${from}`;
}

/**
 * The content of `segment.carts`: the columns of `cartsSql` with `idx` (NULL: no customer), `band` INTEGER from 0, which is how many
 * cuts lie below the value, so that equal values share one, and `tier`.
 */
export function cartTable(scope: CartTableScope, tierBy: CartBoardResult['tierBy']): Sql {
	const { carts, customers } = scope;
	const count = carts.valueCuts?.length ?? THIRDS.length;
	const cuts = Array.from({ length: count }, (_, i) => sql`(found.value::DOUBLE > ${id(`c${i}`)})::INTEGER`);
	const band = count === 0 ? sql`0` : join(cuts, ' + ');
	return sql`
		WITH found AS MATERIALIZED (${cartsSql(scope)}),
		cuts AS (${cutsSql(sql`found`, carts)}),
		tiers AS (${tiersSql(scope, tierBy)})
		SELECT found.*, c.idx::INTEGER AS idx, t.tier,
			CASE WHEN found.value IS NOT NULL THEN (${band})::INTEGER END AS band
		FROM found CROSS JOIN cuts
			LEFT JOIN ${id(...customers)} c ON c.customer_id = found.customer_id
			LEFT JOIN tiers t ON t.customer_id = found.customer_id`;
}

/** A BOOLEAN: a customers file tells groups of anybody, by an entry of before the as-of day. */
export function hasGroups({ asOf, featureParams }: CartTableScope): Sql {
	return sql`EXISTS (SELECT 1 FROM (${profiles.sql({ asOf, params: featureParams })}) p WHERE p.customer_group IS NOT NULL)`;
}

/** `customer_id` and `tier` of everybody with one. Of several groups of a person the newest counts, of those the greater text. */
function tiersSql(scope: CartTableScope, tierBy: CartBoardResult['tierBy']): Sql {
	const { asOf, featureParams, customers, rfm } = scope;
	if (tierBy === 'customer_group') {
		return sql`SELECT customer_id, max({'said_at': said_at, 'tier': customer_group}).tier AS tier
			FROM (${profiles.sql({ asOf, params: featureParams })}) p WHERE customer_group IS NOT NULL GROUP BY customer_id`;
	}
	if (tierBy === null || rfm === null)
		return sql`SELECT NULL::VARCHAR AS customer_id, NULL::VARCHAR AS tier WHERE false`;
	const names = rfm.groups.map(({ id: group, name }) => sql`WHEN ${group} THEN ${name}`);
	return sql`SELECT c.customer_id, CASE r.rfm_group ${join(names, '\n')} ELSE r.rfm_group END AS tier
		FROM ${id(...rfm.table)} r JOIN ${id(...customers)} c ON c.idx = r.idx`;
}

const COUNTS = sql`count(*)::INTEGER AS people, count(idx)::INTEGER AS customers, sum(value)::DOUBLE AS money,
	count_if(value IS NULL)::INTEGER AS without_value`;

/** Counts of all carts, by `stage`; and of each by `band`, and by `tier`. `part` tells which of them a row is. */
export const COUNT_PARTS = sql`
	SELECT CASE WHEN grouping(tier) = 0 THEN 'tier' WHEN grouping(band) = 0 THEN 'band' ELSE 'stage' END::VARCHAR AS part,
		stage::VARCHAR AS stage, coalesce(tier, band::VARCHAR)::VARCHAR AS id, ${COUNTS}
	FROM segment.carts GROUP BY GROUPING SETS ((stage), (stage, band), (stage, tier))
	ORDER BY part, stage, people DESC, id`;

/** Counts of the carts with a category, by stage; those of which none is known have NULL. */
export const COUNT_CATEGORIES = sql`
	SELECT stage::VARCHAR AS stage, category::VARCHAR AS id, ${COUNTS}
	FROM (SELECT * EXCLUDE (categories), unnest(coalesce(categories, [NULL])) AS category FROM segment.carts)
	GROUP BY stage, category ORDER BY stage, money DESC NULLS LAST, people DESC, category NULLS LAST`;

/** One row each of `all` carts, of those that were `left`, of those that are `due`; `recovered` of all. */
export function countTotals(carts: CartParams): Sql {
	const totals = [
		{ part: 'all', isOne: sql`true` },
		{ part: 'left', isOne: sql`stage IN ${list(leftStages(carts))}` },
		{ part: 'due', isOne: sql`stage IN ${list(carts.stages.map(({ id: stage }) => stage))}` }
	];
	const rows = totals.map(
		({ part, isOne }) => sql`SELECT ${part}::VARCHAR AS part, ${COUNTS},
			count_if(was_left AND bought_at IS NOT NULL)::INTEGER AS recovered FROM segment.carts WHERE ${isOne}`
	);
	return sql`${join(rows, ' UNION ALL ')} ORDER BY part`;
}

/** A BOOLEAN over `segment.carts`. */
export function cartFilterSql({ stages, band, category, tier }: CartFilter): Sql {
	const isWord = (column: Sql, word: string) =>
		word === '' ? sql`${column} IS NULL` : sql`coalesce(${column} = ${word}, false)`;
	const conditions = [
		...(stages.length > 0 ? [sql`stage IN ${list(stages)}`] : []),
		...(band === null ? [] : [isWord(sql`band::VARCHAR`, band)]),
		...(tier === null ? [] : [isWord(sql`tier`, tier)]),
		...(category === null ? [] : [hasCategory(category)])
	];
	return join([sql`true`, ...conditions], ' AND ');
}

function hasCategory(category: string): Sql {
	return category === ''
		? sql`categories IS NULL`
		: sql`coalesce(list_contains(categories, ${category}), false)`;
}

/** A time as text: of a purchase that has no time of day, its day alone. */
export function timeText(time: Sql): Sql {
	const format = sql`CASE WHEN ${time} = date_trunc('day', ${time}) + to_hours(24) - to_microseconds(1)
		THEN strftime(${time}, '%Y-%m-%d') ELSE strftime(${time}, '%Y-%m-%d %H:%M') END`;
	return sql`(${format})::VARCHAR`;
}

/** A list of words with `; ` between them; NULL stays. */
export function wordsText(words: Sql): Sql {
	return sql`array_to_string(${words}, '; ')::VARCHAR`;
}
