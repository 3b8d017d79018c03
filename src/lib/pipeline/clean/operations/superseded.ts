import { sql } from '#lib/engine/sql.ts';
import type { Rule } from './operation.ts';

export const superseded: Rule = {
	id: 'superseded',
	kind: 'rule',
	label: 'In a newer export',
	explanation:
		'A newer export of the same list has the same order, customer or row. It counts once, as the newest file has it.',
	defaultOn: true,
	applies: ({ hasSiblings }) => hasSiblings,
	condition: () => sql`superseded`,
	detail: () => sql`NULL`
};
