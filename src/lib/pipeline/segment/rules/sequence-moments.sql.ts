import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Duration, SequenceCondition } from './schema.ts';
import {
	anyOf,
	choicesOf,
	fitsMoment,
	isAnchored,
	MomentCounts,
	type SequencePlan
} from './sequence-plan.ts';
import { endsSql, likelySql, reachedSql, stepRecords, type SequenceSource } from './sequence-records.sql.ts';
import { intervalSql } from './test.sql.ts';

/** A SELECT of the `idx` of the customers of whom a sequence holds, whatever its steps share. */
export function momentMembers(condition: SequenceCondition, plan: SequencePlan, source: SequenceSource): Sql {
	return condition.ordered
		? orderedMembers(condition, plan, source)
		: unorderedMembers(condition, plan, source);
}

/** Any span that ends at a record has enough of every step; see `fitsMoment` on what is enough. */
function unorderedMembers(condition: SequenceCondition, plan: SequencePlan, source: SequenceSource): Sql {
	const counts = new MomentCounts();
	const notDone = condition.steps.flatMap((step, index) => (step.did ? [] : [{ ...step, index }]));
	const enough = choicesOf(plan.done).map((chosen) => ({
		count: counts.of(anyOf(chosen)),
		least: chosen.reduce((sum, { times }) => sum + times, 0)
	}));
	const frame =
		condition.within === null
			? sql`(PARTITION BY idx)`
			: sql`(PARTITION BY idx ORDER BY happened_at RANGE BETWEEN ${intervalSql(condition.within)} PRECEDING AND CURRENT ROW)`;
	const sums = enough.map(({ count }, i) => as(sql`sum(${count}) OVER span`, `c${i}`));
	return sql`
		WITH records AS MATERIALIZED (${stepRecords(condition, source, true)}),
		likely AS (${likelySql(plan, notDone)}),
		moments AS (${moments(counts)}),
		spans AS (SELECT idx, ${join(sums, ', ')} FROM moments WINDOW span AS ${frame})
		SELECT DISTINCT idx FROM spans WHERE ${join(
			enough.map(({ least }, i) => sql`${id(`c${i}`)} >= ${least}`),
			' AND '
		)}`;
}

/** A row per customer and time, with how many of its records are of which steps. To be made when all is counted that is needed. */
function moments(counts: MomentCounts): Sql {
	return sql`SELECT idx, happened_at, ${join(counts.columns, ', ')}
		FROM records WHERE idx IN (SELECT idx FROM likely) GROUP BY idx, happened_at`;
}

/**
 * Goes over the records that are needed, in order. `d3` of a moment: the first three are done, the third of them in this moment
 * and the fourth in a later one, and the first at this time, the latest that is possible; `b3`: the same of a moment before, near
 * enough for the fourth to follow in this one.
 */
function orderedMembers(condition: SequenceCondition, plan: SequencePlan, source: SequenceSource): Sql {
	const counts = new MomentCounts();
	const last = plan.records.length;
	const anchor = isAnchored(condition, plan) ? condition.within : null;
	const stages: Sql[] = [];
	let from = 'around';
	for (let record = 1; record <= last; record += 1) {
		const before = record === 1 ? sql`` : sql`, ${beforeSql(plan, record - 1, anchor !== null)}`;
		stages.push(sql`${id(`before${record}`)} AS (SELECT *${before} FROM ${id(from)})`);
		const done = doneSql(plan, counts, record, anchor !== null);
		stages.push(
			sql`${id(`done${record}`)} AS (SELECT *, ${as(done, `d${record}`)} FROM ${id(`before${record}`)})`
		);
		from = `done${record}`;
	}
	const around = aroundSql(condition, plan, counts);
	const ends = endsSql(condition, plan, source.asOf);
	const base = anchor === null ? sql`around AS (${around})` : anchored(around, plan, counts, anchor);
	return sql`
		WITH records AS MATERIALIZED (${stepRecords(condition, source, false)}),
		likely AS (${likelySql(plan, [])}),
		moments AS (${moments(counts)}),
		${join([base, ...stages], ', ')}
		SELECT DISTINCT idx FROM ${id(from)} WHERE ${join(ends, ' AND ')}`;
}

/** The moments from each possible first record until `within` of the sequence, with its time, `first_at`. */
function anchored(around: Sql, { done: [first] }: SequencePlan, counts: MomentCounts, within: Duration): Sql {
	const isFirst = sql`a.${counts.of(anyOf(first ? [first] : []))} > 0`;
	return sql`unanchored AS (${around}),
		around AS (
			SELECT m.*, a.happened_at AS first_at FROM unanchored m JOIN unanchored a ON a.idx = m.idx
			WHERE ${isFirst} AND m.happened_at >= a.happened_at AND m.happened_at - ${intervalSql(within)} <= a.happened_at
		)`;
}

/**
 * The moments, with `x0`, `x1`, … for each gap between two steps: the last time before at which something of it was done; and for
 * each step that must not be done at the end, such as `y2`: the earliest time that a later record of it is near enough to.
 */
function aroundSql({ within }: SequenceCondition, { gaps }: SequencePlan, counts: MomentCounts): Sql {
	const over = sql`PARTITION BY idx ORDER BY happened_at ROWS BETWEEN`;
	const between = gaps.slice(0, -1).flatMap((gap, i) => {
		if (gap.length === 0) return [];
		const time = sql`CASE WHEN ${counts.of(anyOf(gap))} > 0 THEN happened_at END`;
		const last = sql`max(${time}) OVER (${over} UNBOUNDED PRECEDING AND 1 PRECEDING)`;
		return [as(sql`coalesce(${last}, TIMESTAMP '0001-01-01')`, `x${i}`)];
	});
	const atEnd = (gaps.at(-1) ?? []).map((step) => {
		const time = sql`CASE WHEN ${counts.of(anyOf([step]))} > 0 THEN ${reachedSql(step, within)} END`;
		return as(sql`min(${time}) OVER (${over} 1 FOLLOWING AND UNBOUNDED FOLLOWING)`, `y${step.index}`);
	});
	return sql`SELECT ${join([sql`*`, ...between, ...atEnd], ', ')} FROM moments`;
}

/** The latest time of the first record where so many are done, the last of them in this moment. */
function doneSql(plan: SequencePlan, counts: MomentCounts, record: number, isAnchored: boolean): Sql {
	const begin = isAnchored ? sql`CASE WHEN happened_at = first_at THEN happened_at END` : sql`happened_at`;
	const ways = Array.from({ length: record }, (_, before) => {
		const start = before === 0 ? begin : id(`b${before}`);
		return sql`CASE WHEN ${fitsMoment(plan, counts, before, record)} THEN ${start} END`;
	});
	return sql`greatest(${join(ways, ', ')})`;
}

/** What the moments before this one say of the first so many records, where the next record may follow in this moment. */
function beforeSql({ done, gaps, records }: SequencePlan, record: number, isAnchored: boolean): Sql {
	const [current, next] = [records[record - 1] ?? 0, records[record] ?? 0];
	const within = done[next]?.within ?? null;
	const hasGap = next !== current && (gaps[current]?.length ?? 0) > 0;
	const partition = isAnchored ? sql`idx, first_at` : sql`idx`;
	const frame = hasGap ? sinceSql(current, within) : within && intervalSql(within);
	return as(
		sql`max(${id(`d${record}`)}) OVER (PARTITION BY ${partition} ORDER BY happened_at
			RANGE BETWEEN ${frame ?? sql`UNBOUNDED`} PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW)`,
		`b${record}`
	);
}

/** How long it is since the last time at which something of a gap was done, at most `within`. */
function sinceSql(gap: number, within: Duration | null): Sql {
	const last = id(`x${gap}`);
	if (within === null) return sql`(happened_at - ${last})`;
	return sql`(happened_at - greatest(${last}, happened_at - ${intervalSql(within)}))`;
}
