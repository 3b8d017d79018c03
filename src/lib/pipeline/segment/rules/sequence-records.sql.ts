import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SequenceCondition, SequenceStep, SubjectId } from './schema.ts';
import { groupSql, testSql, windowSql } from './test.sql.ts';

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
	return sql`
		SELECT * FROM (
			SELECT idx, happened_at, ${join(columns, ', ')} FROM (${join(records, ' UNION ALL ')})
		) WHERE ${groupSql(
			'any',
			steps.map((_, i) => column(i))
		)}`;
}

/** The records of one subject. */
function recordsOf(subject: SubjectId, steps: readonly SequenceStep[], source: SequenceSource): Sql {
	const isOwn = (step: SequenceStep) => step.subject === subject;
	const own = steps.filter(isOwn);
	const fields = [...new Set(own.flatMap(({ where }) => where.map(({ field }) => field)))];
	const tests = steps.map((step) => (isOwn(step) ? whereSql(step, source.asOf) : sql`false`));
	const any = groupSql(
		'any',
		own.map((step) => whereSql(step, source.asOf))
	);
	const matched = sql`
		SELECT c.idx, r.at AS happened_at, r.record, ${join(
			tests.map((test, i) => as(test, `s${i}`)),
			', '
		)}
		FROM (${source.recordsOf(subject, fields)}) r JOIN ${source.customers} c ON c.customer_id = r.customer_id
		WHERE ${join([sql`r.at < ${source.asOf}`, ...sharedTests(own, source.asOf), any], ' AND ')}`;
	const chosen = steps.map((step, i) => as(isOwn(step) ? whichSql(step, i) : column(i), `s${i}`));
	return sql`SELECT idx, happened_at, ${join(chosen, ', ')} FROM (${matched})`;
}

/**
 * Tests that every record of any step passes: of a field of which each step names the texts, all that they name. They add
 * nothing, but are quick to ask, one by one, before the others.
 */
function sharedTests([first, ...others]: readonly SequenceStep[], asOf: Sql): Sql[] {
	return [...new Set(first?.where.map(({ field }) => field))].flatMap((field) => {
		const named = [first, ...others].map((step) => textsOf(step, field));
		if (others.length === 0 || named.some((texts) => texts.length === 0)) return [];
		return [testSql(id('r', field), { type: 'text', test: { op: 'is', values: named.flat() } }, asOf)];
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

function whereSql({ where }: SequenceStep, asOf: Sql): Sql {
	return groupSql(
		'all',
		where.map(({ field, test }) => testSql(id('r', field), test, asOf))
	);
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
