import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { whereIn, type Part } from './parts.sql.ts';
import { sourceTable } from './repairs/tables.ts';
import { fillsOrderFields, hasColumn, hasRole, roleText } from './source.ts';

/** Columns that belong to the order, not to its lines. */
const ORDER_ROLES: readonly Role[] = [
	'customer',
	'date',
	'time',
	'order_total',
	'refund',
	'country',
	'region',
	'city',
	'postcode',
	'street',
	'status',
	'currency',
	'channel',
	'coupon',
	'payment_method',
	'tags',
	'customer_group',
	'email',
	'name',
	'first_name',
	'last_name',
	'phone',
	'card',
	'store'
];

/**
 * One row per raw row: `row`, `set_aside_by`, and the text of each of the wanted roles that the source has as `<role>_text`. Lines keep
 * their own values; what belongs to the order is filled down where only its first row has it, also from rows outside the
 * part.
 */
export function texts(source: SourceParams, wanted: readonly Role[], part: Part = null): Sql {
	const roles = wanted.filter((role) => hasRole(source, role));
	const filled = fillsOrderFields(source) ? ORDER_ROLES : [];
	const fields = roles.filter((role) => filled.includes(role) && hasColumn(source, role));
	const columns = roles.map((role) => {
		const own = roleText(source, role, 'r');
		const value = fields.includes(role) ? sql`coalesce(nullif(${own}, ''), o.${id(role)}, '')` : own;
		return as(value, textColumn(role));
	});
	const fill = fields.length > 0 ? joinOrderFields(source, fields, part) : sql``;
	return sql`SELECT ${join([sql`r.row`, sql`r.set_aside_by`, ...columns], ', ')} FROM ${id(...sourceTable(source.id))} r ${fill}${whereIn(part, 'r')}`;
}

/** The column of a role in `texts`. */
export function textColumn(role: Role): string {
	return `${role}_text`;
}

/** The first value that each order of a part has, anywhere, for the fields its further rows leave empty. */
function joinOrderFields(source: SourceParams, roles: readonly Role[], part: Part): Sql {
	const orderId = roleText(source, 'order_id');
	const firsts = roles.map((role) => {
		const column = roleText(source, role);
		return as(sql`arg_min(${column}, row) FILTER (WHERE ${column} <> '')`, role);
	});
	const raw = id(...sourceTable(source.id));
	const own = part === null ? sql`` : sql` AND ${orderId} IN (SELECT ${orderId} FROM ${raw}${whereIn(part)})`;
	return sql`LEFT JOIN (
			SELECT ${orderId} AS order_key, ${join(firsts, ', ')}
			FROM ${raw} WHERE ${orderId} <> ''${own} GROUP BY ${orderId}
		) o ON o.order_key = r.${orderId}`;
}
