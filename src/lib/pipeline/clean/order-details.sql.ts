import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { hasRole, moneyKind, type SourceContext } from './source.ts';
import { textColumn, texts } from './texts.sql.ts';
import { numberSql } from './typing.ts';

const TEXT_ROLES = ['channel', 'store', 'coupon', 'payment_method'] as const satisfies readonly Role[];
const MONEY_ROLES = ['discount', 'refund'] as const satisfies readonly Role[];
const DETAIL_ROLES = [...TEXT_ROLES, ...MONEY_ROLES] as const;

/**
 * `clean.order_details`: a view, so that it takes no memory. One row per loaded row of orders files, credit notes included,
 * with what the files say of the order besides its money. What a file has no column for is NULL.
 */
export function createOrderDetails(orders: readonly SourceContext[]): Sql {
	const details = orders.map(({ source }) => detailsOf(source));
	return sql`CREATE OR REPLACE VIEW clean.order_details AS
		${details.length > 0 ? join(details, ' UNION ALL ') : noDetails()}`;
}

function detailsOf(source: SourceParams): Sql {
	const told = DETAIL_ROLES.filter((role) => hasRole(source, role));
	const isOnce = moneyKind(source) === 'order_total' && hasRole(source, 'order_id');
	// Nothing is read from the file where it tells none of this.
	const from = told.length > 0 ? sql`JOIN (${texts(source, told)}) t ON t.row = r.row` : sql``;
	return sql`SELECT r.source, r.row, r.order_id, r.customer_id, r.ordered_at, r.is_return,
			${join(
				[
					...TEXT_ROLES.map((role) => as(textOf(source, role), role)),
					...MONEY_ROLES.map((role) => as(moneyOf(source, role), role)),
					as(sql`${isOnce}`, 'is_order_discount')
				],
				', '
			)}
		FROM clean.rows r ${from}
		WHERE r.source = ${source.id} AND r.reason IS NULL`;
}

function textOf(source: SourceParams, role: Role): Sql {
	return hasRole(source, role) ? sql`nullif(trim(t.${id(textColumn(role))}), '')` : sql`NULL::VARCHAR`;
}

function moneyOf(source: SourceParams, role: Role): Sql {
	// Most cells of discounts and refunds are empty, and reading one as a number takes the long way.
	return hasRole(source, role)
		? numberSql(sql`nullif(t.${id(textColumn(role))}, '')`, source.reading.decimalMark)
		: sql`NULL::DECIMAL(18,4)`;
}

function noDetails(): Sql {
	const columns = [
		...TEXT_ROLES.map((role) => as(sql`NULL::VARCHAR`, role)),
		...MONEY_ROLES.map((role) => as(sql`NULL::DECIMAL(18,4)`, role)),
		as(sql`false`, 'is_order_discount')
	];
	return sql`SELECT source, row, order_id, customer_id, ordered_at, is_return, ${join(columns, ', ')}
		FROM clean.rows WHERE false`;
}
