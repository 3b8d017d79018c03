import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { hasRole, moneyKind, type SourceContext } from './source.ts';
import { textColumn, texts } from './texts.sql.ts';
import { numberSql } from './typing.ts';

const LINE_ROLES = [
	'product',
	'sku',
	'category',
	'quantity',
	'unit_price',
	'amount',
	'discount'
] as const satisfies readonly Role[];

/** A file with one of these tells what was bought. */
const TELLING_ROLES: readonly Role[] = ['product', 'sku', 'category', 'quantity', 'unit_price'];

/**
 * `clean.order_lines`: a view, so that it takes no memory. One row per loaded row of the files that tell what was
 * bought, credit notes included, with negative money. `amount` is the money of the line alone: its amount, else
 * quantity × price, NULL in files that tell only totals of orders.
 */
export function createOrderLines(orders: readonly SourceContext[]): Sql {
	const telling = orders.filter(({ source }) => TELLING_ROLES.some((role) => hasRole(source, role)));
	const lines = telling.map(({ source }) => linesOf(source));
	return sql`CREATE OR REPLACE VIEW clean.order_lines AS
		${lines.length > 0 ? join(lines, ' UNION ALL ') : sql`${emptyLines()}`}`;
}

function linesOf(source: SourceParams): Sql {
	const sign = sql`CASE WHEN r.is_return THEN -1 ELSE 1 END`;
	const number = (role: 'unit_price' | 'amount' | 'discount') =>
		hasRole(source, role)
			? numberSql(sql`t.${id(textColumn(role))}`, source.reading.decimalMark)
			: sql`NULL::DECIMAL(18,4)`;
	const text = (role: 'product' | 'sku' | 'category') =>
		hasRole(source, role) ? sql`nullif(trim(t.${id(textColumn(role))}), '')` : sql`NULL::VARCHAR`;
	const written = hasRole(source, 'amount')
		? number('amount')
		: sql`try_cast(coalesce(r.quantity, 1)::DECIMAL(22,4) * ${number('unit_price')} AS DECIMAL(18,4))`;
	const signed = sql`(${sign} * CASE WHEN r.is_return THEN abs(${written}) ELSE ${written} END)::DECIMAL(18,4)`;
	const columns = [
		sql`r.order_id, r.customer_id, r.ordered_at`,
		as(text('product'), 'product'),
		as(text('sku'), 'sku'),
		as(text('category'), 'category'),
		sql`r.quantity`,
		as(number('unit_price'), 'unit_price'),
		as(isOwnMoney(source) ? sql`coalesce(r.amount, ${signed})` : signed, 'amount'),
		as(number('discount'), 'discount'),
		sql`r.is_return, r.source, r.row`
	];
	return sql`SELECT ${join(columns, ', ')}
		FROM clean.rows r JOIN (${texts(source, LINE_ROLES)}) t ON t.row = r.row
		WHERE r.source = ${source.id} AND r.reason IS NULL`;
}

/** True when the money of a loaded row is that of the line alone, which then need not be read again. */
function isOwnMoney(source: SourceParams): boolean {
	return moneyKind(source) !== 'order_total' && !hasRole(source, 'refund');
}

function emptyLines(): Sql {
	const columns = [
		sql`order_id, customer_id, ordered_at`,
		sql`NULL::VARCHAR AS product, NULL::VARCHAR AS sku, NULL::VARCHAR AS category, quantity`,
		sql`NULL::DECIMAL(18,4) AS unit_price, amount, NULL::DECIMAL(18,4) AS discount, is_return, source, row`
	];
	return sql`SELECT ${join(columns, ', ')} FROM clean.rows WHERE false`;
}
