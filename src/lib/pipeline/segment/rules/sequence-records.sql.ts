import { as, id, join, list, sql, type Sql } from '#lib/engine/sql.ts';
import type { Duration, FieldTest, SequenceCondition, SequenceStep, SubjectId } from './schema.ts';
import { stepColumn, type PlannedStep, type SequencePlan } from './sequence-plan.ts';
import { fieldOf, subjectOf } from './subjects/index.ts';
import { groupSql, intervalSql, testSql, windowSql } from './test.sql.ts';

/** Where the records of a sequence come from, and on which day it is asked. */
export interface SequenceSource {
	/** A DATE: nothing on or after it is seen. */
	readonly asOf: Sql;
	/** A table with the `idx` and `customer_id` of everyone. */
	readonly customers: Sql;
	/** A SELECT of the records of a subject: `customer_id`, `at`, `record`, and the fields; see `Subject.sql`. */
	readonly recordsOf: (subject: SubjectId, fields: readonly string[]) => Sql;
}

/**
 * A SELECT of the records of customers that are of any step: `idx`, `happened_at` TIMESTAMP, and `s0`, `s1`, … BOOLEAN: the
 * record is one of that step. A step that was done has none outside of the window, nor has one that was not done where
 * `isAllInWindow`.
 */
export function stepRecords(
	{ steps, window }: SequenceCondition,
	source: SequenceSource,
	isAllInWindow: boolean
): Sql {
	const inWindow = windowSql(sql`happened_at`, window, source.asOf);
	const columns = steps.map(({ did }, i) => {
		const isBound = window !== null && (did || isAllInWindow);
		return as(isBound ? sql`${column(i)} AND ${inWindow}` : column(i), `s${i}`);
	});
	const subjects = [...new Set(steps.map(({ subject }) => subject))];
	const records = subjects.map((subject) => recordsOf(subject, steps, source));
	const all = sql`SELECT idx, happened_at, ${join(columns, ', ')} FROM (${join(records, ' UNION ALL ')})`;
	const isEach = window === null && steps.every(({ which }) => which === 'any');
	const any = groupSql(
		'any',
		steps.map((_, i) => column(i))
	);
	return isEach ? all : sql`SELECT * FROM (${all}) WHERE ${any}`;
}

/** The records of one subject. */
function recordsOf(subject: SubjectId, steps: readonly SequenceStep[], source: SequenceSource): Sql {
	const isOwn = (step: SequenceStep) => step.subject === subject;
	const own = steps.filter(isOwn);
	const fields = [...new Set(own.flatMap(({ where }) => where.map(({ field }) => field)))];
	const tests = steps.map((step) => (isOwn(step) ? whereSql(step, source.asOf) : sql`false`));
	const shared = sharedTests(own, source.asOf);
	const isAllShared = shared.length === 1 && own.every(({ where }) => where.length === 1);
	const any = groupSql(
		'any',
		own.map((step) => whereSql(step, source.asOf))
	);
	const asked = [sql`r.at < ${source.asOf}`, ...shared, ...(isAllShared ? [] : [any])];
	const matched = sql`
		SELECT c.idx, r.at AS happened_at, r.record, ${join(
			tests.map((test, i) => as(test, `s${i}`)),
			', '
		)}
		FROM (${source.recordsOf(subject, fields)}) r JOIN ${source.customers} c ON c.customer_id = r.customer_id
		WHERE ${join(asked, ' AND ')}`;
	const chosen = steps.map((step, i) => as(isOwn(step) ? whichSql(step, i) : column(i), `s${i}`));
	return sql`SELECT idx, happened_at, ${join(chosen, ', ')} FROM (${matched})`;
}

/**
 * Tests that every record of any step passes: of a field of which each step names the texts, all that they name. They add
 * nothing, but are quick to ask, one by one, before the others, or instead of them.
 */
function sharedTests([first, ...others]: readonly SequenceStep[], asOf: Sql): Sql[] {
	return [...new Set(first?.where.map(({ field }) => field))].flatMap((field) => {
		const named = [first, ...others].map((step) => textsOf(step, field));
		if (!first || others.length === 0 || named.some((texts) => texts.length === 0)) return [];
		return [
			recordTest(
				first.subject,
				{ field, test: { type: 'text', test: { op: 'is', values: named.flat() } } },
				asOf
			)
		];
	});
}

/** The texts one of which a field must be for a step; none: it may be any. */
function textsOf(step: SequenceStep | undefined, field: string): readonly string[] {
	const tests = step?.where.filter((each) => each.field === field).map(({ test }) => test) ?? [];
	const named = tests.flatMap((test) =>
		test.type === 'text' && test.test.op === 'is' ? [test.test.values] : []
	);
	return named[0] ?? [];
}

function whereSql({ subject, where }: SequenceStep, asOf: Sql): Sql {
	return groupSql(
		'all',
		where.map((test) => recordTest(subject, test, asOf))
	);
}

/** Of a field with a closed list of texts these are compared as they stand, which is quick over millions of records. */
function recordTest(subject: SubjectId, { field, test }: FieldTest, asOf: Sql): Sql {
	const isClosed = fieldOf(subjectOf(subject), field)?.values !== undefined;
	if (!isClosed || test.type !== 'text' || test.test.op !== 'is') return testSql(id('r', field), test, asOf);
	return sql`coalesce(${id('r', field)} IN ${list(test.test.values.map((word) => word.trim().toLowerCase()))}, false)`;
}

function whichSql({ which }: SequenceStep, i: number): Sql {
	if (which === 'any') return column(i);
	const order = which === 'first' ? sql`ASC` : sql`DESC`;
	return sql`${column(i)} AND row_number() OVER (
			PARTITION BY idx, ${column(i)} ORDER BY happened_at ${order}, record ${order}) = 1`;
}

function column(step: number): Sql {
	return id(`s${step}`);
}

/** A SELECT of the `idx` of those of `records` with enough records of every step by itself, and none of the steps that must not be done at all. */
export function likelySql({ done }: SequencePlan, notDone: readonly PlannedStep[]): Sql {
	const enough = done.map((step) => sql`count_if(${stepColumn(step)}) >= ${step.times}`);
	const none = notDone.map((step) => sql`count_if(${stepColumn(step)}) = 0`);
	return sql`SELECT idx FROM records GROUP BY idx HAVING ${join([...enough, ...none], ' AND ')}`;
}

/**
 * What must hold of a row with the last record: `d3` of three has the time of the first, and `y4` of the fifth step, which must not be
 * done, the earliest `reachedSql` of what was done of it later.
 */
export function endsSql({ within }: SequenceCondition, { gaps, records }: SequencePlan, asOf: Sql): Sql[] {
	const start = id(`d${records.length}`);
	const inTime = within === null ? sql`IS NOT NULL` : sql`>= happened_at - ${intervalSql(within)}`;
	const notAfter = (gaps.at(-1) ?? []).map((step) => {
		const limit = step.within ?? within;
		const reached = id(`y${step.index}`);
		if (limit === null) return sql`${reached} IS NULL`;
		const begin = step.within === null ? start : sql`happened_at`;
		const isOver = sql`${begin} <= ${asOf}::TIMESTAMP - ${intervalSql(limit)}`;
		return sql`(${reached} IS NULL OR ${reached} > ${begin}) AND ${isOver}`;
	});
	return [sql`${start} ${inTime}`, ...notAfter];
}

/** The earliest time that a record of a step that must not be done at the end is near enough to. */
export function reachedSql(step: SequenceStep, within: Duration | null): Sql {
	const limit = step.within ?? within;
	return limit === null ? sql`happened_at` : sql`happened_at - ${intervalSql(limit)}`;
}
