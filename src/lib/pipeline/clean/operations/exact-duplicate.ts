import { sql } from '#lib/engine/sql.ts';
import type { Rule } from './operation.ts';

export const exactDuplicate: Rule = {
	id: 'exact_duplicate',
	kind: 'rule',
	label: 'Same as an earlier row',
	explanation:
		'Every column equals an earlier row of a file with the same columns. Two such lines may be real, so they stay unless you say otherwise; the first one always stays.',
	defaultOn: false,
	// Not looked for unless they are to be set aside; then they may be there.
	applies: ({ facts }) => facts.repeats === null || facts.repeats > 0,
	condition: () => sql`repeats`,
	detail: () => sql`NULL`
};
