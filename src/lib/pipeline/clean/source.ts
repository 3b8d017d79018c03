import { id, type Sql } from '#lib/engine/sql.ts';
import { rawColumn, type Role, type SourceParams } from '#lib/pipeline/import/schema.ts';
import type { IdRole } from './operations/operation.ts';

/** How often the values of one id column speak for a fix, and are changed by it; by fix id. */
export interface IdColumnFacts {
	readonly filled: number;
	readonly evidence: Readonly<Record<string, number>>;
	readonly changes: Readonly<Record<string, number>>;
}

/** What one scan over a raw table told. Every decision that depends on the data rests on these numbers. */
export interface SourceFacts {
	readonly rowCount: number;
	readonly ids: Readonly<Partial<Record<IdRole, IdColumnFacts>>>;
	/** Rows in which a fix changes any id column, by fix id; counted where it changes several. */
	readonly changesAny: Readonly<Record<string, number>>;
	/** Order ids of `C` before digits, and, where there are any, of digits alone. */
	readonly orderIds: { readonly digits: number; readonly cancelled: number };
	/** Rows that repeat an earlier row in every column. */
	readonly repeats: number | null;
}

/** One source with what is known of it, and the switches of the recipe by operation id. */
export interface SourceContext {
	readonly source: SourceParams;
	readonly facts: SourceFacts;
	readonly switches: Readonly<Record<string, boolean>>;
}

/** True when a column has this role. */
export function hasRole(source: SourceParams, role: Role): boolean {
	return source.mapping[role] !== undefined;
}

/** The raw column of a role, in SQL. The role must be mapped to a column of the file. */
export function roleColumn(source: SourceParams, role: Role): Sql {
	const name = source.mapping[role];
	const index = name === undefined ? -1 : source.columns.indexOf(name);
	if (index < 0) throw new RangeError(`role ${role} has no column in ${source.fileName}`);
	return id(rawColumn(index));
}

/** Where the money of a row comes from, best first; `null` without amounts. */
export type MoneyKind = 'order_total' | 'amount' | 'unit_price' | null;

/** The order's total where the file has it, else the row's amount, else quantity × price. */
export function moneyKind(source: SourceParams): MoneyKind {
	return (['order_total', 'amount', 'unit_price'] as const).find((role) => hasRole(source, role)) ?? null;
}

/** True when some money stands once per order, however many rows the order has. */
export function hasOrderMoney(source: SourceParams): boolean {
	const once = moneyKind(source) === 'order_total' || hasRole(source, 'refund');
	return once && moneyKind(source) !== null && hasRole(source, 'order_id');
}
