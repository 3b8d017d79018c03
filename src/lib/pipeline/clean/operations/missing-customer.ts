import { list, sql, type Sql } from '#lib/engine/sql.ts';
import type { Rule } from './operation.ts';

/** Programs write a missing value as one of these words; no customer is called so. */
const MISSING = ['', 'nan', 'null', 'none', 'n/a', '#n/a'] as const;

/** Condition: the text names nobody. */
export function namesNobody(text: Sql): Sql {
	return sql`CASE WHEN length(${text}) <= 4 THEN lower(${text}) IN ${list(MISSING)} ELSE false END`;
}

export const missingCustomer: Rule = {
	id: 'missing_customer',
	kind: 'rule',
	label: 'No customer',
	explanation: 'Nobody is named, so the sale belongs to no customer. Guest and counter sales end up here.',
	defaultOn: true,
	required: true,
	applies: () => true,
	condition: () => namesNobody(sql`customer_id`),
	detail: () => sql`NULL`
};
