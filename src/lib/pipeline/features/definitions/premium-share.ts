import { sql } from '#lib/engine/sql.ts';
import { lines } from '../bases/lines.ts';
import type { FeatureDefinition } from './definition.ts';
import { rowsOf, type FeatureScope } from '../bases/base.ts';

/** The unit price that is the quantile of those of all lines: one that occurs. */
function premiumPrice({ params }: FeatureScope) {
	return sql`(SELECT quantile_disc(unit_price, ${params.premiumQuantile}) FROM ${rowsOf(lines)} WHERE unit_price > 0)`;
}

export const premiumShare: FeatureDefinition = {
	id: 'premium_share',
	label: 'Share of premium products',
	family: 'products',
	unit: 'share',
	kind: 'number',
	meaning: 'How much of the money went to products of a high price.',
	formula:
		'money of lines whose unit price is above the quantile of the unit prices of all lines known by then (set as “premium”) ÷ money of all lines with a price',
	needs: ['unit_price', 'line_amount'],
	complete: true,
	base: lines,
	absent: 0,
	sql: (scope) =>
		sql`coalesce(sum(money) FILTER (WHERE unit_price > ${premiumPrice(scope)}) / nullif(sum(money) FILTER (WHERE unit_price > 0), 0), 0)`
};
