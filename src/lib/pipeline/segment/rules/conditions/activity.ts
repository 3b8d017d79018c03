import { as, id, sql, type Sql } from '#lib/engine/sql.ts';
import { endRecordsSql, recordNeeds, recordProblems, recordsSql } from '../records.sql.ts';
import { numberPasses } from '../number-test.ts';
import { periodsSql } from '../periods.sql.ts';
import type { ActivityCondition, Measure } from '../schema.ts';
import { fieldOf, subjectOf } from '../subjects/index.ts';
import { numberTestSql, plainSql } from '../test.sql.ts';
import type { ConditionKind } from './condition.ts';

/** A count, sum or other measure over what people did. */
export const activity: ConditionKind<ActivityCondition> = {
	sql: (condition, { asOf }) => {
		if (problems(condition).length > 0) return sql`false`;
		const { measure, test } = condition;
		// Only people with records are grouped: of all others it is known here whether they pass.
		const isPassedByOthers = numberPasses(valueOfNobody(measure), test);
		const passes = numberTestSql(sql`value`, test);
		const values = valuesSql(condition, asOf);
		return isPassedByOthers
			? sql`f.customer_id NOT IN (SELECT customer_id FROM (${values}) WHERE NOT ${passes})`
			: sql`f.customer_id IN (SELECT customer_id FROM (${values}) WHERE ${passes})`;
	},
	needs: ({ subject, where, measure }) =>
		recordNeeds(subject, [...where.map(({ field }) => field), ...fieldsOf(measure)]),
	problems: (condition) => problems(condition),
	features: () => []
};

function fieldsOf(measure: Measure): string[] {
	return measure.kind === 'count' ? [] : [measure.field];
}

function problems({ subject, where, measure }: ActivityCondition): string[] {
	return [...recordProblems(subject, where), ...measureProblems(subject, measure)];
}

function measureProblems(subject: ActivityCondition['subject'], measure: Measure): string[] {
	if (measure.kind === 'count') return [];
	const found = subjectOf(subject);
	const field = fieldOf(found, measure.field);
	if (!field) return [`There is no field ${measure.field} of ${found.many}.`];
	if (measure.kind === 'distinct' || field.type === 'number') return [];
	return [`The ${field.label} of ${found.many} is not a number.`];
}

/** The measure of somebody without records. */
export function valueOfNobody({ kind }: Measure): number | null {
	return kind === 'count' || kind === 'sum' || kind === 'distinct' ? 0 : null;
}

/** A SELECT of `customer_id` and `value` of everybody with records. */
export function valuesSql(condition: ActivityCondition, asOf: Sql): Sql {
	const { among, measure, per, window } = condition;
	const asked = { ...condition, fields: fieldsOf(measure) };
	const records = among === 'all' ? recordsSql(asked, asOf) : endRecordsSql(asked, among, asOf);
	const values = measuredSql(records, condition);
	if (per === null) return values;
	const { periods, isFromFirstOrder } = periodsSql(per, window, asOf);
	const joined = sql`JOIN (
			SELECT customer_id, min(ordered_at) AS first_order FROM clean.orders
			WHERE ordered_at < ${asOf} AND NOT is_return GROUP BY customer_id
		) USING (customer_id)`;
	return sql`SELECT customer_id, value::DOUBLE / ${periods} AS value FROM (${values}) ${isFromFirstOrder ? joined : sql``}`;
}

function measuredSql(records: Sql, { subject, measure }: ActivityCondition): Sql {
	if (measure.kind === 'count') {
		return sql`SELECT customer_id, count(*) AS value FROM (${records}) GROUP BY customer_id`;
	}
	const field = id(measure.field);
	if (measure.kind === 'distinct') {
		const isText = fieldOf(subjectOf(subject), measure.field)?.type === 'text';
		return sql`SELECT customer_id, count(field) AS value
			FROM (SELECT DISTINCT customer_id, ${as(isText ? plainSql(field) : field, 'field')} FROM (${records}))
			GROUP BY customer_id`;
	}
	// A mean of decimals is made here in the same way on every engine.
	const aggregates = {
		sum: sql`coalesce(sum(${field}), 0)`,
		mean: sql`sum(${field})::DOUBLE / count(${field})`,
		min: sql`min(${field})`,
		max: sql`max(${field})`
	};
	return sql`SELECT customer_id, ${aggregates[measure.kind]} AS value FROM (${records}) GROUP BY customer_id`;
}
