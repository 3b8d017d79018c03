import type { Engine } from '#lib/engine/engine.ts';
import { id, sql, type Sql } from '#lib/engine/sql.ts';
import { dateOrderOf, type DateColumn, type DateOrderEvidence, type DateText } from './date-order.ts';
import { decimalMarkOf, type DecimalMarkEvidence, type NumberColumn } from './decimal-mark.ts';
import { missingRoles, rolesOf, type TableKind } from './roles.ts';
import { cellsOf, withinOrders, type MappableColumn, type SampleRecords } from './sample-columns.ts';
import {
	rawColumn,
	rawTable,
	type ColumnMapping,
	type Reading,
	type Role,
	type SourceParams
} from './schema.ts';
import { isNumeric } from './value-kind.ts';

/** What deciding a reading needs of a source whose rows are in its raw table. */
export type ReadSource = Pick<SourceParams, 'id' | 'kind' | 'columns' | 'mapping'>;

/** Roles whose texts become days, the most important first. */
export const DATE_ROLES: readonly Role[] = [
	'date',
	'created_at',
	'end_date',
	'consented_at',
	'birth_date',
	'updated_at'
];
/** Roles whose texts become money. */
export const MONEY_ROLES: readonly Role[] = [
	'unit_price',
	'amount',
	'order_total',
	'refund',
	'discount',
	'total_spent',
	'spend',
	'revenue'
];
/** Roles whose texts become other numbers. */
export const COUNT_ROLES: readonly Role[] = [
	'quantity',
	'order_count',
	'impressions',
	'clicks',
	'recipients',
	'opens',
	'conversions',
	'unsubscribes',
	'score'
];
const ORDER_ROLES: readonly Role[] = ['customer', 'date', 'order_total', 'status'];
const MOST_VALUES = 100_000;

/**
 * How the texts of a file become dates and numbers, by the evidence of its sample. The date order is null when the
 * sample cannot tell, and so is the decimal mark: `decideDateOrder` and `decideDecimalMark` ask all values. Where no
 * column is a number by its role, every numeric column speaks for the decimal mark.
 */
export function detectReading(
	columns: readonly MappableColumn[],
	records: SampleRecords,
	mapping: ColumnMapping,
	kind: TableKind
): Reading {
	const valuesOf = (role: Role) => cellsOf(role, mapping, columns, records).filter((cell) => cell !== '');
	const numbers = (roles: readonly Role[]) =>
		mapped(roles, kind, mapping).map(({ role, column }): NumberColumn => ({
			column,
			values: valuesOf(role)
		}));
	const dates = mapped(DATE_ROLES, kind, mapping).map(({ role, column }): DateColumn => ({
		column,
		values: valuesOf(role).map((text, i) => ({ text, row: i + 1 }))
	}));
	const [money, counts] = [numbers(MONEY_ROLES), numbers(COUNT_ROLES)];
	const all = money.length + counts.length === 0 ? numericColumns(columns, records) : counts;
	return {
		dateOrder: dateOrderOf(dates).order,
		decimalMark: decimalMarkOf(money, all).mark,
		orderFieldsOnFirstRow: kind === 'orders' && areOrderFieldsOnFirstRow(columns, records, mapping),
		isUtc: /\b(utc|gmt)\b/i.test(dates[0]?.column ?? '')
	};
}

/**
 * The readings that a source leaves open and that its columns need: the user has to be asked, unless `decideDateOrder`
 * or `decideDecimalMark` can tell.
 */
export function undecided({
	kind,
	mapping,
	reading
}: Pick<SourceParams, 'kind' | 'mapping' | 'reading'>): readonly ('dateOrder' | 'decimalMark')[] {
	const open: ('dateOrder' | 'decimalMark')[] = [];
	const isMapped = (roles: readonly Role[]) => mapped(roles, kind, mapping).length > 0;
	if (reading.dateOrder === null && isMapped(DATE_ROLES)) open.push('dateOrder');
	if (reading.decimalMark === null && isMapped([...MONEY_ROLES, ...COUNT_ROLES])) open.push('decimalMark');
	return open;
}

/**
 * The date order by all values of the loaded file. Where no value is a date and the kind of file can do without, the
 * order is `ymd`: there is nothing to ask.
 * @throws `engine.query-failed`
 */
export async function decideDateOrder(
	engine: Engine,
	source: ReadSource,
	signal?: AbortSignal
): Promise<DateOrderEvidence> {
	const columns: DateColumn[] = [];
	for (const { column, index } of columnsOf(DATE_ROLES, source)) {
		columns.push({ column, values: await engine.rows<DateText>(distinctDaysSql(source.id, index), signal) });
	}
	const evidence = dateOrderOf(columns);
	const isOptional = columns.length > 0 && !needsDate(source.kind);
	return evidence.examples.length === 0 && isOptional ? { ...evidence, order: 'ymd' } : evidence;
}

/**
 * The decimal mark by all values of the loaded file.
 * @throws `engine.query-failed`
 */
export async function decideDecimalMark(
	engine: Engine,
	source: ReadSource,
	signal?: AbortSignal
): Promise<DecimalMarkEvidence> {
	const numbers = async (roles: readonly Role[]) => {
		const columns: NumberColumn[] = [];
		for (const { column, index } of columnsOf(roles, source)) {
			const rows = await engine.rows<{ text: string }>(numberShapesSql(source.id, index), signal);
			columns.push({ column, values: rows.map(({ text }) => text) });
		}
		return columns;
	};
	return decimalMarkOf(await numbers(MONEY_ROLES), await numbers(COUNT_ROLES));
}

/** True for kinds of files in which every row needs its day. */
export function needsDate(kind: TableKind): boolean {
	return missingRoles(kind, {}).some((roles) => roles.includes('date'));
}

/** A value of each different day, its time cut off, and its first record: few rows however long the file. */
function distinctDaysSql(sourceId: string, index: number): Sql {
	const [column, row] = [id(rawColumn(index)), id('row')];
	return sql`SELECT regexp_replace(trim(${column}), '[T ][0-9]{1,2}:.*$', '')::VARCHAR AS text,
	min(${row})::INTEGER AS ${row}
FROM ${id(...rawTable(sourceId))}
WHERE trim(${column}) <> ''
GROUP BY ALL
ORDER BY text
LIMIT ${MOST_VALUES}`;
}

/** A number with a mark of each shape: what it tells does not depend on which digits it has, save for zeros. */
function numberShapesSql(sourceId: string, index: number): Sql {
	const column = id(rawColumn(index));
	return sql`SELECT min(text)::VARCHAR AS text
FROM (SELECT DISTINCT trim(${column}) AS text FROM ${id(...rawTable(sourceId))} WHERE regexp_matches(${column}, '[.,]'))
GROUP BY regexp_replace(text, '[1-9]', '9', 'g')
ORDER BY text
LIMIT ${MOST_VALUES}`;
}

function mapped(
	roles: readonly Role[],
	kind: TableKind,
	mapping: ColumnMapping
): { readonly role: Role; readonly column: string }[] {
	const known = rolesOf(kind);
	return roles.flatMap((role) => {
		const column = mapping[role];
		return column === undefined || !known.includes(role) ? [] : [{ role, column }];
	});
}

function columnsOf(
	roles: readonly Role[],
	{ kind, columns, mapping }: ReadSource
): { readonly column: string; readonly index: number }[] {
	return mapped(roles, kind, mapping)
		.map(({ column }) => ({ column, index: columns.indexOf(column) }))
		.filter(({ index }) => index >= 0);
}

function numericColumns(columns: readonly MappableColumn[], records: SampleRecords): NumberColumn[] {
	return columns
		.filter(({ kind }) => isNumeric(kind))
		.map(({ name, index }) => ({
			column: name,
			values: records.map((record) => (record[index] ?? '').trim())
		}));
}

/** True when in the orders with several rows the customer or the date stands on the first row alone. */
function areOrderFieldsOnFirstRow(
	columns: readonly MappableColumn[],
	records: SampleRecords,
	mapping: ColumnMapping
): boolean {
	const orderIds = cellsOf('order_id', mapping, columns, records);
	return ORDER_ROLES.some((role) => {
		const cells = cellsOf(role, mapping, columns, records);
		return cells.length > 0 && (withinOrders(orderIds, cells)?.firstOnly ?? 0) >= 0.9;
	});
}
