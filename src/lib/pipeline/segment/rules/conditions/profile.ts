import { id, sql } from '#lib/engine/sql.ts';
import { profiles } from '#lib/pipeline/features/bases/profiles.ts';
import { profileField } from '../profile-fields.ts';
import { testProblems } from '../records.sql.ts';
import type { ProfileCondition, Test } from '../schema.ts';
import { testSql } from '../test.sql.ts';
import type { ConditionKind } from './condition.ts';

/** What a customers file says of the person: the newest entry that has a value, of equal ones the greatest. */
export const profile: ConditionKind<ProfileCondition> = {
	sql: (condition, { asOf, featureParams: params }) => {
		const { field, test } = condition;
		if (problems(condition).length > 0) return sql`false`;
		const value = id(field);
		const values = sql`
			SELECT customer_id, arg_max(${value}, {'at': said_at, 'value': ${value}}) AS value
			FROM (${profiles.sql({ asOf, params })})
			WHERE customer_id IS NOT NULL AND ${value} IS NOT NULL GROUP BY customer_id`;
		const passes = testSql(sql`value`, test, asOf);
		return isPassedByNobody(test)
			? sql`f.customer_id NOT IN (SELECT customer_id FROM (${values}) WHERE NOT ${passes})`
			: sql`f.customer_id IN (SELECT customer_id FROM (${values}) WHERE ${passes})`;
	},
	needs: ({ field }) => profileField(field)?.needs ?? [],
	problems: (condition) => problems(condition),
	features: () => []
};

function problems(condition: ProfileCondition): string[] {
	return testProblems([condition], profileField, 'customers files');
}

const PASSED_WITHOUT: readonly Test['test']['op'][] = [
	'unknown',
	'ne',
	'is_not',
	'not_contains',
	'not_in',
	'no'
];

/** Whether people of whom nothing is known pass. */
function isPassedByNobody({ test }: Test): boolean {
	return PASSED_WITHOUT.includes(test.op);
}
