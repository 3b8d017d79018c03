import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SequenceCondition } from './schema.ts';
import { anyOf, stepColumn, type PlannedStep, type SequencePlan } from './sequence-plan.ts';
import { endsSql, likelySql, reachedSql, stepRecords, type SequenceSource } from './sequence-records.sql.ts';
import { intervalSql } from './test.sql.ts';

/** The rows of a person in order. Of those of one time, the ones of an earlier step come first. */
const IN_ORDER = sql`PARTITION BY idx ORDER BY happened_at, step ROWS BETWEEN`;
const BEFORE = sql`(${IN_ORDER} UNBOUNDED PRECEDING AND 1 PRECEDING)`;
const AFTER = sql`(${IN_ORDER} 1 FOLLOWING AND UNBOUNDED FOLLOWING)`;

/**
 * A SELECT of the `idx` of the customers of whom a sequence holds no record of which can be two steps. What may be of one time
 * stands in order then, and of all rows before, the latest that has so much done tells what is needed: of two chains of the first so
 * many records, the one that ends later can begin as late as the other, because where it is overtaken it can go on from that.
 */
export function apartMembers(condition: SequenceCondition, plan: SequencePlan, source: SequenceSource): Sql {
	const { steps, ordered, within } = condition;
	const notDone = steps.flatMap((step, index) => (step.did || ordered ? [] : [{ ...step, index }]));
	const ranks = [...plan.done, ...plan.gaps.flat()].map(
		(step) => sql`WHEN ${stepColumn(step)} THEN ${step.index}`
	);
	const records = sql`
		WITH records AS MATERIALIZED (${stepRecords(condition, source, !ordered)}),
		likely AS (${likelySql(plan, notDone)})`;
	if (!ordered && within === null) return sql`${records} SELECT idx FROM likely`;
	const members = ordered ? orderedMembers(condition, plan, source) : unorderedMembers(condition, plan);
	return sql`${records},
		ranked AS (
			SELECT *, (CASE ${join(ranks, '\n')} END)::TINYINT AS step FROM records WHERE idx IN (SELECT idx FROM likely)
		)
		${members}`;
}

/** A span that ends at a row has enough of every step where the last so many of each are near enough. */
function unorderedMembers({ within }: SequenceCondition, { done }: SequencePlan): Sql {
	const repeated = done.filter(({ times }) => times > 1);
	const begins = done.map((step) => {
		const time = step.times > 1 ? id(`l${step.index}`) : sql`happened_at`;
		return as(sql`${latest(time, stepColumn(step))} OVER span`, `b${step.index}`);
	});
	const since = within === null ? sql`happened_at` : sql`happened_at - ${intervalSql(within)}`;
	return sql`,
		repeated AS (${agoSql(repeated.map(({ times, index }) => ({ name: `l${index}`, back: times - 1 })))}),
		spans AS (
			SELECT idx, happened_at, ${join(begins, ', ')} FROM repeated
			WINDOW span AS (PARTITION BY idx ORDER BY happened_at ROWS UNBOUNDED PRECEDING)
		)
		SELECT DISTINCT idx FROM spans WHERE ${join(
			done.map(({ index }) => sql`${id(`b${index}`)} >= ${since}`),
			' AND '
		)}`;
}

/**
 * Goes over the records that are needed, in order. `d3` of a row: it can be the third of them, and the first is then at this time, the
 * latest that is possible; where nobody asks for that, the time of the row. `b3` and `t3`: `d3` and the time of the latest row
 * before that has one.
 */
function orderedMembers(condition: SequenceCondition, plan: SequencePlan, { asOf }: SequenceSource): Sql {
	const [first] = plan.done;
	if (!first) return sql`SELECT idx FROM likely WHERE false`;
	const back = Array.from({ length: first.times - 1 }, (_, i) => ({ name: `l${i + 1}`, back: i + 1 }));
	const opened = [as(openingSql(condition, first), `d${first.times}`), ...atEnd(condition, plan)];
	const stages = [
		sql`opening AS (${agoSql(back)})`,
		sql`${id(`done${first.times}`)} AS (SELECT *, ${join(opened, ', ')} FROM opening)`
	];
	for (let record = first.times; record < plan.records.length; record += 1) {
		const before = join(beforeSql(condition, plan, record), ', ');
		stages.push(
			sql`${id(`before${record}`)} AS (SELECT *, ${before} FROM ${id(`done${record}`)})`,
			sql`${id(`done${record + 1}`)} AS (SELECT *, ${nextSql(condition, plan, record)} FROM ${id(`before${record}`)})`
		);
	}
	return sql`, ${join(stages, ', ')}
		SELECT DISTINCT idx FROM ${id(`done${plan.records.length}`)}
		WHERE ${join(endsSql(condition, plan, asOf), ' AND ')}`;
}

/** The rows, with the times of the ones so many back that are of the same step. */
function agoSql(columns: readonly { readonly name: string; readonly back: number }[]): Sql {
	const times = columns.map(
		({ name, back }) =>
			sql`, lag(happened_at, ${back}) OVER (PARTITION BY idx, step ORDER BY happened_at) AS ${id(name)}`
	);
	return sql`SELECT *${join(times, '\n')} FROM ranked`;
}

/** The first step is done as often as it has to be, the last time in this row. With none left out between, all are as near as can be. */
function openingSql(condition: SequenceCondition, first: PlannedStep): Sql {
	const times = Array.from({ length: first.times }, (_, i) => (i === 0 ? sql`happened_at` : id(`l${i}`)));
	const near = times.slice(1).map((time, i) => {
		const next = times[i] ?? sql`happened_at`;
		return first.within === null
			? sql`${time} IS NOT NULL`
			: sql`${time} >= ${next} - ${intervalSql(first.within)}`;
	});
	const start = condition.within === null ? sql`happened_at` : (times.at(-1) ?? sql`happened_at`);
	return sql`CASE WHEN ${join([stepColumn(first), ...near], ' AND ')} THEN ${start} END`;
}

/** What the rows before this one say of the first so many records, and when something was last done of what must not be done since. */
function beforeSql({ within }: SequenceCondition, plan: SequencePlan, record: number): Sql[] {
	const done = id(`d${record}`);
	const gap = gapBefore(plan, record);
	return [
		as(sql`${latest(done)} OVER ${BEFORE}`, `b${record}`),
		...(within === null
			? []
			: [as(sql`${latest(sql`happened_at`, sql`${done} IS NOT NULL`)} OVER ${BEFORE}`, `t${record}`)]),
		...(gap.length === 0
			? []
			: [as(sql`${latest(sql`happened_at`, anyOf(gap))} OVER ${BEFORE}`, `x${record}`)])
	];
}

/** The next record after the first so many is in this row. */
function nextSql({ within }: SequenceCondition, plan: SequencePlan, record: number): Sql {
	const [begin, time, last] = [
		id(`b${record}`),
		id(`${within === null ? 'b' : 't'}${record}`),
		id(`x${record}`)
	];
	const step = plan.done[plan.records[record] ?? 0] as PlannedStep;
	const conditions = [
		stepColumn(step),
		sql`${time} IS NOT NULL`,
		...(step.within === null ? [] : [sql`${time} >= happened_at - ${intervalSql(step.within)}`]),
		...(gapBefore(plan, record).length === 0 ? [] : [sql`(${last} IS NULL OR ${last} < ${time})`])
	];
	const start = within === null ? sql`happened_at` : begin;
	return as(sql`CASE WHEN ${join(conditions, ' AND ')} THEN ${start} END`, `d${record + 1}`);
}

/** The steps that must not be done between the first so many records and the next. */
function gapBefore({ gaps, records }: SequencePlan, record: number): readonly PlannedStep[] {
	const [current = 0, next = 0] = records.slice(record - 1, record + 1);
	return next === current ? [] : (gaps[current] ?? []);
}

/** Of each step that must not be done at the end, the earliest time that a later row of it is near enough to, such as `y2`. */
function atEnd({ within }: SequenceCondition, { gaps }: SequencePlan): Sql[] {
	return (gaps.at(-1) ?? []).map((step) =>
		as(
			sql`first_value(CASE WHEN ${stepColumn(step)} THEN ${reachedSql(step, within)} END IGNORE NULLS) OVER ${AFTER}`,
			`y${step.index}`
		)
	);
}

/** The last known value, of the rows for which a condition holds. */
function latest(value: Sql, condition?: Sql): Sql {
	return sql`last_value(${condition ? sql`CASE WHEN ${condition} THEN ${value} END` : value} IGNORE NULLS)`;
}
