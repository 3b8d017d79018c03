import type { Engine } from '#lib/engine/engine.ts';
import { id, sql } from '#lib/engine/sql.ts';
import { activity, valueOfNobody, valuesSql } from './conditions/activity.ts';
import type { ActivityCondition } from './schema.ts';
import type { RuleScope } from './scope.ts';

/** How the measure of a condition spreads over all customers who have one, whatever it is tested for. */
export interface ActivitySpread {
	/** Customers with a value. Who has no records has a count and a sum of 0. */
	readonly told: number;
	/** A quarter of them lies below the first and above the third (between the two values nearest, type 7). NaN without any. */
	readonly quartiles: readonly [low: number, middle: number, high: number];
	readonly max: number;
}

/** How the measure of a condition spreads; null where it cannot be asked. */
export async function activitySpread(
	engine: Engine,
	condition: ActivityCondition,
	scope: RuleScope,
	signal: AbortSignal
): Promise<ActivitySpread | null> {
	if (activity.problems(condition, scope).length > 0) return null;
	const [row] = await engine.rows<Record<'told' | 'low' | 'middle' | 'high' | 'max', number>>(
		sql`
			SELECT count(value)::INTEGER AS told,
				coalesce(quantile_cont(value, 0.25), 'nan')::DOUBLE AS low,
				coalesce(quantile_cont(value, 0.5), 'nan')::DOUBLE AS middle,
				coalesce(quantile_cont(value, 0.75), 'nan')::DOUBLE AS high,
				coalesce(max(value), 'nan')::DOUBLE AS max
			FROM (
				SELECT CASE WHEN v.customer_id IS NULL THEN ${valueOfNobody(condition.measure)}::DOUBLE
					ELSE v.value::DOUBLE END AS value
				FROM ${id(...scope.customers)} f LEFT JOIN (${valuesSql(condition, scope.asOf)}) v USING (customer_id)
			)
			ORDER BY told`,
		signal
	);
	if (!row) return null;
	const { told, low, middle, high, max } = row;
	return { told, quartiles: [low, middle, high], max };
}
