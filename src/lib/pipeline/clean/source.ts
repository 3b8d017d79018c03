import { id, sql, type Sql } from '#lib/engine/sql.ts';
import { rawColumn, type Role, type SourceParams } from '#lib/pipeline/import/schema.ts';
import type { IdRole } from './operations/operation.ts';
import type { CleanParams } from './schema.ts';

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
	/** Roles whose texts seldom repeat, such as a product column that holds a note for every row. */
	readonly variedRoles: readonly Role[];
	/** How currencies are written in this source, each with the currency that it stands for in this session. */
	readonly currencies: readonly WrittenCurrency[];
	/** Rows that steps of the clean-up set aside. */
	readonly setAsideBySteps: number;
}

/** A code or sign in upper case as a source has it, and its name in the session: `$` may be `USD`. */
export interface WrittenCurrency {
	readonly written: string;
	readonly currency: string;
}

/** A step of the clean-up that may set rows aside, and what it does in a short sentence. */
export interface StepSentence {
	readonly id: string;
	readonly sentence: string;
}

/** One source with what is known of it, the switches of the recipe by operation id, and what money and times mean. */
export interface SourceContext {
	readonly source: SourceParams;
	readonly facts: SourceFacts;
	readonly switches: CleanParams['operations'];
	readonly dates: CleanParams['dates'];
	readonly settings: CleanParams['settings'];
	readonly identity: CleanParams['identity'];
	/** The steps of the clean-up that may set rows of it aside. */
	readonly steps: readonly StepSentence[];
	/** Other sources are exports of the same list, so a row here may stand in one of them too. */
	readonly hasSiblings: boolean;
	/** Some accounts may be one person, so records find theirs in `clean.identity_renamed`; else each account is a person. */
	readonly joinsPeople: boolean;
}

/** True when a column has this role. */
export function hasColumn(source: SourceParams, role: Role): boolean {
	return source.mapping[role] !== undefined;
}

/** True when a column has this role, or a constant stands in for one. */
export function hasRole(source: SourceParams, role: Role): boolean {
	return hasColumn(source, role) || source.constants[role] !== undefined;
}

/** The text of a role in SQL: its raw column, of a table where one is named, or its constant. The source must have it. */
export function roleText(source: SourceParams, role: Role, table?: string): Sql {
	const name = source.mapping[role];
	const constant = source.constants[role];
	if (name === undefined && constant !== undefined) return sql`${constant}`;
	const index = name === undefined ? -1 : source.columns.indexOf(name);
	if (index < 0) throw new RangeError(`role ${role} has no column in ${source.fileName}`);
	return table === undefined ? id(rawColumn(index)) : id(table, rawColumn(index));
}

/** True when the fields of an order stand on its first row alone, and are filled down. */
export function fillsOrderFields(source: SourceParams): boolean {
	return source.reading.orderFieldsOnFirstRow && hasColumn(source, 'order_id');
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
