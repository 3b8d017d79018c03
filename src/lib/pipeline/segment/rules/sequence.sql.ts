import { sql, type Sql } from '#lib/engine/sql.ts';
import type { SequenceCondition } from './schema.ts';
import { apartMembers } from './sequence-apart.sql.ts';
import { momentMembers } from './sequence-moments.sql.ts';
import { isAllApart, planOf } from './sequence-plan.ts';
import type { SequenceSource } from './sequence-records.sql.ts';

/** A SELECT of the `idx` of the customers of whom a sequence holds; nobody where no step was done. */
export function sequenceMembers(condition: SequenceCondition, source: SequenceSource): Sql {
	const plan = planOf(condition);
	if (plan.done.length === 0) return sql`SELECT idx FROM ${source.customers} WHERE false`;
	return isAllApart(condition, plan)
		? apartMembers(condition, plan, source)
		: momentMembers(condition, plan, source);
}
