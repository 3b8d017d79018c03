import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Need } from '#lib/pipeline/features/needs.ts';
import { CONDITION_KINDS } from './conditions/index.ts';
import type { ConditionKind } from './conditions/condition.ts';
import type { Condition, Rule, SegmentRef } from './schema.ts';
import type { RuleScope } from './scope.ts';
import { groupSql } from './test.sql.ts';

/** A SELECT of the customers of whom a rule holds: `idx` INTEGER and `customer_id` VARCHAR, in the order of `idx`. */
export function membersSql(rule: Rule, scope: RuleScope): Sql {
	return sql`SELECT f.idx::INTEGER AS idx, f.customer_id::VARCHAR AS customer_id
FROM ${customersSql(rule, scope)}
WHERE ${conditionSql(rule, scope)}
ORDER BY idx`;
}

/** A SELECT of everyone: `idx`, `customer_id`, and of each of `leavesOf(rule)` a BOOLEAN that says whether it holds: `c0`, `c1` … */
export function leavesSql(rule: Rule, scope: RuleScope): Sql {
	const columns = leavesOf(rule).map((leaf, place) => as(conditionSql(leaf, scope), `c${place}`));
	return sql`SELECT ${join([sql`f.idx`, sql`f.customer_id`, ...columns], ', ')} FROM ${customersSql(rule, scope)}`;
}

/** The customers `f`, with the table `l` beside them where features of the rule stand in one. */
function customersSql(rule: Rule, { customers, features }: RuleScope): Sql {
	const tables = new Map(
		featuresOf(rule).flatMap((feature) => {
			const table = features.get(feature)?.table;
			return table && table.join('.') !== customers.join('.') ? [[table.join('.'), table] as const] : [];
		})
	);
	if (tables.size > 1)
		throw new RangeError('features of a rule stand in more than one table beside the customers');
	const [beside] = tables.values();
	const joined = beside ? sql` JOIN ${id(...beside)} l ON l.idx = f.idx` : sql``;
	return sql`${id(...customers)} f${joined}`;
}

/** A BOOLEAN over the customer `f`, never NULL: the condition holds. */
export function conditionSql(condition: Condition, scope: RuleScope): Sql {
	if (condition.kind === 'group') {
		return groupSql(
			condition.match,
			condition.conditions.map((each) => conditionSql(each, scope))
		);
	}
	return kindOf(condition).sql(condition, scope);
}

/** Every condition of a rule that is no bracket, in order. */
export function leavesOf(condition: Condition): Exclude<Condition, { kind: 'group' }>[] {
	return condition.kind === 'group' ? condition.conditions.flatMap(leavesOf) : [condition];
}

/** The features that a rule reads. */
export function featuresOf(rule: Condition): string[] {
	return [...new Set(leavesOf(rule).flatMap((each) => kindOf(each).features(each)))];
}

/** The segments that a rule names. */
export function segmentsOf(rule: Condition): SegmentRef[] {
	return [...new Set(leavesOf(rule).flatMap((each) => (each.kind === 'segment' ? [each.segment] : [])))];
}

/** What the files have to tell for a rule. */
export function needsOf(rule: Condition): Need[] {
	return [...new Set(leavesOf(rule).flatMap((each) => kindOf(each).needs(each)))];
}

/** What else is missing or wrong with a rule, in words. */
export function problemsOf(rule: Condition, scope: RuleScope): string[] {
	return [...new Set(leavesOf(rule).flatMap((each) => kindOf(each).problems(each, scope)))];
}

function kindOf<C extends Exclude<Condition, { kind: 'group' }>>({ kind }: C): ConditionKind<C> {
	return CONDITION_KINDS[kind] as unknown as ConditionKind<C>;
}
