import { id, join, list, sql, type Sql } from '#lib/engine/sql.ts';
import type { RuleSegment } from '../rules/scope.ts';

/** A segment whose people are known. */
export type KnownSegment = Pick<RuleSegment, 'ref' | 'name'> & { readonly members: Sql };

/** The segments whose people are known. */
export function knownSegments(segments: readonly RuleSegment[]): KnownSegment[] {
	return segments.flatMap(({ ref, name, members }) => (members ? [{ ref, name, members }] : []));
}

/** A SELECT of `place` (of the segment, from 0) and `idx`, one row per segment and customer in it. */
function memberships(segments: readonly KnownSegment[]): Sql {
	if (segments.length === 0) return sql`SELECT 0 AS place, idx FROM features.customers WHERE false`;
	return join(
		segments.map(({ members }, place) => sql`SELECT DISTINCT ${place} AS place, idx FROM (${members})`),
		' UNION ALL '
	);
}

/** A SELECT of `idx` and `mask`: in which of the segments a customer is, a bit for each; who is in none is left out. */
function masks(segments: readonly KnownSegment[]): Sql {
	return sql`SELECT idx, bit_or(1 << place) AS mask FROM (${memberships(segments)}) GROUP BY idx`;
}

/** The sum of money of the customers `f`. */
function revenue(hasMoney: boolean): Sql {
	return hasMoney ? sql`coalesce(sum(f.monetary_total), 0)::DOUBLE` : sql`NULL::DOUBLE`;
}

/** Sizes by mask, the biggest first: `mask`, `customers`, `revenue`. */
export function intersectionRows(segments: readonly KnownSegment[], hasMoney: boolean): Sql {
	return sql`
		SELECT m.mask::INTEGER AS mask, count(*)::INTEGER AS customers, ${revenue(hasMoney)} AS revenue
		FROM (${masks(segments)}) m JOIN features.customers f ON f.idx = m.idx
		GROUP BY m.mask ORDER BY customers DESC, mask`;
}

/** The ids of the customers with one of these masks: `customer_id`, in the order of `idx`. */
export function peopleOfMasks(segments: readonly KnownSegment[], wanted: readonly number[]): Sql {
	return sql`
		SELECT f.customer_id::VARCHAR AS customer_id
		FROM (${masks(segments)}) m JOIN features.customers f ON f.idx = m.idx
		WHERE m.mask IN ${list(wanted)} ORDER BY f.idx`;
}

const MEASURED = ['recency_days', 'frequency', 'monetary_total'] as const;

/** ln(1 + x), of 0 for what is below 0; nothing stays nothing. */
function logarithm(value: Sql): Sql {
	return sql`CASE WHEN ${value} IS NOT NULL THEN ln(1 + greatest(${value}, 0)) END`;
}

/** Means of the logarithms of what is measured: `recency`, `frequency`, `money`, then their deviations. */
function moments(hasMoney: boolean): Sql {
	const value = (column: (typeof MEASURED)[number]): Sql =>
		column === 'monetary_total' && !hasMoney ? sql`NULL::DOUBLE` : sql`ln(1 + greatest(f.${id(column)}, 0))`;
	const [recency, frequency, money] = [value(MEASURED[0]), value(MEASURED[1]), value(MEASURED[2])];
	return sql`
		avg(${recency})::DOUBLE AS recency, avg(${frequency})::DOUBLE AS frequency, avg(${money})::DOUBLE AS money,
		coalesce(stddev_pop(${recency}), 0)::DOUBLE AS recency_spread,
		coalesce(stddev_pop(${frequency}), 0)::DOUBLE AS frequency_spread,
		coalesce(stddev_pop(${money}), 0)::DOUBLE AS money_spread`;
}

/** One row per segment with people, by place: `place`, `customers`, `revenue`, and the moments. Everyone has place −1. */
export function numberRows(segments: readonly KnownSegment[], hasMoney: boolean): Sql {
	return sql`
		SELECT m.place::INTEGER AS place, count(*)::INTEGER AS customers, ${revenue(hasMoney)} AS revenue, ${moments(hasMoney)}
		FROM (SELECT -1 AS place, idx FROM features.customers UNION ALL ${memberships(segments)}) m
		JOIN features.customers f ON f.idx = m.idx
		GROUP BY m.place ORDER BY place`;
}

/** Each of two segments without those who are in both. */
export function apart([a, b]: readonly [KnownSegment, KnownSegment]): [KnownSegment, KnownSegment] {
	const without = (one: KnownSegment, other: KnownSegment): KnownSegment => ({
		...one,
		members: sql`SELECT idx FROM (${one.members}) EXCEPT SELECT idx FROM (${other.members})`
	});
	return [without(a, b), without(b, a)];
}

/**
 * One row of moments of features for A (`place` 0), B (1) and everyone (2): for the i-th feature `n<i>`, `low<i>`, `median<i>`,
 * and mean and deviation of it (`mean<i>`, `spread<i>`) and of its logarithm (`log_mean<i>`, `log_spread<i>`).
 */
export function featureRows(
	[a, b]: readonly [KnownSegment, KnownSegment],
	table: readonly [string, ...string[]],
	features: readonly string[]
): Sql {
	const columns = features.map((feature, i) => {
		const value = sql`f.${id(feature)}`;
		const log = logarithm(value);
		return sql`count(${value})::INTEGER AS ${id(`n${i}`)}, min(${value})::DOUBLE AS ${id(`low${i}`)},
			median(${value})::DOUBLE AS ${id(`median${i}`)},
			avg(${value})::DOUBLE AS ${id(`mean${i}`)}, stddev_pop(${value})::DOUBLE AS ${id(`spread${i}`)},
			avg(${log})::DOUBLE AS ${id(`log_mean${i}`)}, stddev_pop(${log})::DOUBLE AS ${id(`log_spread${i}`)}`;
	});
	return sql`
		SELECT m.place::INTEGER AS place, ${join(columns, ', ')}
		FROM (${memberships([a, b])} UNION ALL SELECT 2 AS place, idx FROM features.customers) m
		JOIN ${id(...table)} f ON f.idx = m.idx
		GROUP BY m.place ORDER BY place`;
}
