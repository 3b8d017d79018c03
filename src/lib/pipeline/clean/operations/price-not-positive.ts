import { join, sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { hasRole } from '../source.ts';
import type { Rule } from './operation.ts';

const MONEY_ROLES = [
	['unit_price', sql`unit_price`, sql`unit_price_text`],
	['amount', sql`amount`, sql`amount_text`],
	['order_total', sql`order_total`, sql`order_total_text`]
] as const satisfies readonly (readonly [Role, unknown, unknown])[];

function present(source: SourceParams): (typeof MONEY_ROLES)[number][] {
	return MONEY_ROLES.filter(([role]) => hasRole(source, role));
}

export const priceNotPositive: Rule = {
	id: 'price_not_positive',
	kind: 'rule',
	label: 'Price or amount is 0 or less',
	explanation: 'No money was taken: a gift, a sample, a refund on a row of its own, or an adjustment.',
	defaultOn: true,
	applies: ({ source }) => present(source).length > 0,
	condition: ({ source }) =>
		join(
			present(source).map(([, value]) => sql`${value} <= 0`),
			' OR '
		),
	detail: ({ source }) => {
		const branches = present(source).map(([, value, text]) => sql`WHEN ${value} <= 0 THEN ${text}`);
		return sql`CASE ${join(branches, '\n')} END`;
	}
};
