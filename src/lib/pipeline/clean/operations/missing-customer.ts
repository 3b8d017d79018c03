import { sql } from '#lib/engine/sql.ts';
import type { Rule } from './operation.ts';

export const missingCustomer: Rule = {
	id: 'missing_customer',
	kind: 'rule',
	label: 'No customer',
	explanation: 'Nobody is named, so the sale belongs to no customer. Guest and counter sales end up here.',
	defaultOn: true,
	required: true,
	applies: () => true,
	// Programs write a missing value as one of these words; no customer is called so.
	condition: () =>
		sql`CASE WHEN length(customer_id) <= 4 THEN lower(customer_id) IN ('', 'nan', 'null', 'none', 'n/a', '#n/a') ELSE false END`,
	detail: () => sql`NULL`
};
