import { join, sql, type Sql } from '#lib/engine/sql.ts';
import { cartsSql, peopleAtStages } from '../../carts/carts.sql.ts';
import { FIXED_CART_STAGES } from '../../carts/schema.ts';
import type { CartCondition, TextTest } from '../schema.ts';
import type { RuleScope } from '../scope.ts';
import { numberTestSql, textTestSql } from '../test.sql.ts';
import type { ConditionKind } from './condition.ts';

/** A newest cart at one of these stages. */
export const cart: ConditionKind<CartCondition> = {
	sql: (condition, scope) => sql`f.customer_id IN (${membersSql(condition, scope)})`,
	needs: () => ['event_carts'],
	problems: ({ stages }, { carts }) => {
		const known: readonly string[] = [...FIXED_CART_STAGES, ...carts.stages.map(({ id }) => id)];
		return stages.filter((stage) => !known.includes(stage)).map((stage) => `Carts have no stage ${stage}.`);
	},
	features: () => []
};

function membersSql({ stages, value, category }: CartCondition, scope: RuleScope): Sql {
	const tests = [
		...(value ? [numberTestSql(sql`value`, value)] : []),
		...(category ? [categorySql(category)] : [])
	];
	if (tests.length === 0) return peopleAtStages(scope, stages);
	return sql`SELECT customer_id FROM (${cartsSql(scope, stages)}) WHERE ${join(tests, ' AND ')}`;
}

/** Any category of the cart passes; of a negative test, none fails. */
function categorySql(test: TextTest): Sql {
	if (test.op === 'known') return sql`categories IS NOT NULL`;
	if (test.op === 'unknown') return sql`categories IS NULL`;
	const any = (positive: TextTest) =>
		sql`coalesce(len(list_filter(categories, lambda category: ${textTestSql(sql`category`, positive)})) > 0, false)`;
	if (test.op === 'is_not') return sql`NOT ${any({ ...test, op: 'is' })}`;
	if (test.op === 'not_contains') return sql`NOT ${any({ ...test, op: 'contains' })}`;
	return any(test);
}
