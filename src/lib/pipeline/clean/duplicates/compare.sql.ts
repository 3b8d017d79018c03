import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { accountFingerprint } from '../identity/graph.sql.ts';
import type { AccountPair } from '../schema.ts';
import { BLOCKING_RULES } from './blocking.sql.ts';
import { COMPARISONS, levelSql, type Level } from './comparisons.sql.ts';
import type { Model } from './em.ts';
import { SHOWN_FIELDS } from './prepared.sql.ts';

/** Weights are kept to so many decimals, in which both engines agree. */
const DECIMALS = 6;
/** A rare value adds no more than this, and a common one takes no more away. */
const MOST_ADJUSTED = 8;

/** A pair's level in each field, as `<field>_level`, over a table or query of `a` and `b` and perhaps more columns. */
export function comparedSql(pairs: Sql, more: readonly Sql[] = []): Sql {
	const levels = COMPARISONS.map((comparison) => as(levelSql(comparison), `${comparison.field}_level`));
	return sql`
		SELECT pairs.a, pairs.b, ${join([...more, ...levels], ', ')}
		FROM ${pairs} pairs
		JOIN clean.duplicate_people a ON a.person = pairs.a JOIN clean.duplicate_people b ON b.person = pairs.b`;
}

/** How many pairs there are on the same levels, over a table or query of `comparedSql`: `levels` as `1.0.2`, `pairs`. */
export function patternsSql(compared: Sql): Sql {
	const levels = levelColumns();
	return sql`
		SELECT concat_ws('.', ${levels})::VARCHAR AS levels, count(*)::DOUBLE AS pairs
		FROM ${compared} GROUP BY ${levels} ORDER BY levels`;
}

/**
 * The rows of `clean.duplicate_pairs`, those from a probability on: `pair` INTEGER from 1, the most probable first, `a`
 * and `b` (numbers of people, `a` < `b`), `a_id` and `b_id` (customer ids), `rule` (the id of the first that brought them
 * together), `weight` (log2 of the odds), `probability`, `<field>_level` and `<field>_weight` of each field, and
 * `household_weight`: what is taken off because two people of a household would look as alike. The weight is the sum of
 * these weights and `startWeight`. `apart_by` is the pair by which the user told them apart, as `a+b`; else NULL.
 */
export function weighedSql(compared: Sql, model: Model, lowest: number): Sql {
	const weights = COMPARISONS.map(({ field }, f) => as(fieldWeight(f, model, model.m), `${field}_weight`));
	const shared = COMPARISONS.flatMap(({ levels }, f) =>
		isShared(levels) ? [fieldWeight(f, model, model.h)] : []
	);
	const rules = join(
		BLOCKING_RULES.map((rule, i) => sql`WHEN ${i} THEN ${rule.id}`),
		'\n'
	);
	const all = join(
		[
			sql`${startWeight(model)}`,
			id('household_weight'),
			...COMPARISONS.map(({ field }) => id(`${field}_weight`))
		],
		' + '
	);
	const fields = COMPARISONS.flatMap(({ field }) => [id(`${field}_level`), id(`${field}_weight`)]);
	const household = sql`${Math.log2(model.households / othersOf(model))} + ${join(shared, ' + ')}`;
	return sql`
		WITH told AS (
			SELECT c.*, a.customer_id AS a_id, b.customer_id AS b_id, ${join(weights, ', ')},
				-round(log2(1 + pow(2, ${household})), ${DECIMALS}) AS household_weight
			FROM ${compared} c
			JOIN clean.duplicate_people a ON a.person = c.a JOIN clean.duplicate_people b ON b.person = c.b
		),
		summed AS (SELECT *, round(${all}, ${DECIMALS}) AS weight FROM told),
		judged AS (SELECT *, 1 / (1 + pow(2, -weight)) AS probability FROM summed)
		SELECT (row_number() OVER (ORDER BY weight DESC, a, b))::INTEGER AS pair, a, b, judged.a_id, judged.b_id,
			CASE rule ${rules} END AS rule, weight, probability, ${join(fields, ', ')}, household_weight,
			apart.pair AS apart_by
		FROM judged LEFT JOIN clean.duplicate_apart apart ON apart.a_id = judged.a_id AND apart.b_id = judged.b_id
		WHERE probability >= ${lowest}`;
}

/**
 * Who was told apart, by any of their accounts: `a_id`, `b_id` (customer ids, both ways round) and `pair`, that of the
 * recipe as `a+b`.
 */
export function apartSql(apart: readonly AccountPair[]): Sql {
	if (apart.length === 0) {
		return sql`SELECT NULL::VARCHAR AS a_id, NULL::VARCHAR AS b_id, NULL::VARCHAR AS pair WHERE false`;
	}
	const wanted = join(
		apart.flatMap(({ a, b }) => [sql`(${a}, ${b}, ${`${a}+${b}`})`, sql`(${b}, ${a}, ${`${a}+${b}`})`]),
		', '
	);
	return sql`
		WITH wanted AS (SELECT * FROM (VALUES ${wanted}) t(a, b, pair)),
		named AS (
			SELECT ${accountFingerprint(sql`account`)} AS fingerprint, customer_id FROM clean.accounts
			WHERE customer_id IS NOT NULL
		)
		SELECT x.customer_id AS a_id, y.customer_id AS b_id, min(w.pair) AS pair
		FROM wanted w JOIN named x ON x.fingerprint = w.a JOIN named y ON y.fingerprint = w.b
		GROUP BY x.customer_id, y.customer_id`;
}

/** The weight of a pair of which nothing is known: log2 of the odds that two people drawn at random are one. */
export function startWeight(model: Model): number {
	return Math.log2(model.matches / othersOf(model));
}

function othersOf({ matches, households }: Model): number {
	return 1 - matches - households;
}

/** Households share the field, so that it tells matches from others but not from them. */
export function isShared(levels: readonly Level[]): boolean {
	return levels.some(({ household }) => household !== undefined);
}

/** What reviewers see of the people in the pairs: `person`, `customer_id`, `account`, `fingerprint` and the shown fields. */
export function recordsSql(): Sql {
	const fields = [...SHOWN_FIELDS, 'birth_date'].map((field) => id(field));
	return sql`
		SELECT person, customer_id, account, fingerprint, ${join(fields, ', ')} FROM clean.duplicate_people
		WHERE person IN (SELECT a FROM clean.duplicate_pairs UNION ALL SELECT b FROM clean.duplicate_pairs)`;
}

/**
 * What the level of a pair tells, in bits: how much more frequent it is in a class than among others. More where they share a
 * rare value (term frequencies, as in Splink).
 */
function fieldWeight(field: number, { u }: Model, ofClass: Model['m']): Sql {
	const comparison = COMPARISONS[field];
	if (comparison === undefined) throw new RangeError(`no comparison ${field}`);
	const branches = comparison.levels.map(({ rareBy }, i) => {
		const [own, other] = [ofClass[field]?.[i + 1] ?? 1, u[field]?.[i + 1] ?? 1];
		const weight = Math.log2(own / other);
		return sql`WHEN ${i + 1} THEN ${rareBy === undefined ? sql`${weight}` : sql`${weight} + ${rarity(rareBy, other)}`}`;
	});
	return sql`round((CASE c.${id(`${comparison.field}_level`)} ${join(branches, '\n')} ELSE 0 END)::DOUBLE, ${DECIMALS})`;
}

function rarity(column: string, usual: number): Sql {
	return sql`greatest(${-MOST_ADJUSTED}, least(${MOST_ADJUSTED}, log2(${usual} / a.${id(`${column}_share`)})))`;
}

function levelColumns(): Sql {
	return join(
		COMPARISONS.map(({ field }) => id(`${field}_level`)),
		', '
	);
}
