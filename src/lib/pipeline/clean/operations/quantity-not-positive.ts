import { sql } from '#lib/engine/sql.ts';
import { hasRole } from '../source.ts';
import type { Rule } from './operation.ts';

export const quantityNotPositive: Rule = {
	id: 'quantity_not_positive',
	kind: 'rule',
	label: 'Quantity is 0 or less',
	explanation: 'Nothing was sold: a return, a correction of stock, or a line that was emptied.',
	defaultOn: true,
	applies: ({ source }) => hasRole(source, 'quantity'),
	condition: () => sql`quantity <= 0`,
	detail: () => sql`quantity_text`
};
