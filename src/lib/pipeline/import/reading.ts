import type { Engine } from '#lib/engine/engine.ts';
import { id, sql, type Sql } from '#lib/engine/sql.ts';
import { cellsOf, withinOrders, type MappableColumn, type SampleRecords } from './propose-mapping.ts';
import {
	rawColumn,
	rawTable,
	type ColumnMapping,
	type Reading,
	type Role,
	type SourceParams
} from './schema.ts';
import { dateParts, isCompactDate, isNamedDate, isNumeric } from './value-kind.ts';

/** The order of day, month and year in a column, and examples of what told it or could not tell it. */
export interface DateOrderEvidence {
	/** Null when nothing tells, or when values contradict each other. */
	readonly order: Reading['dateOrder'];
	/** At most four values as they stand in the file; of both kinds when they contradict each other. */
	readonly examples: readonly string[];
}

const MAX_EXAMPLES = 4;
const NUMERIC_ROLES: readonly Role[] = ['unit_price', 'amount', 'order_total', 'refund', 'quantity'];
const ORDER_ROLES: readonly Role[] = ['customer', 'date', 'order_total', 'status'];

/**
 * How the texts of a file become dates and numbers, by the evidence of its sample. The date order is null when the
 * sample cannot tell; `decideDateOrder` asks all values.
 */
export function detectReading(
	columns: readonly MappableColumn[],
	records: SampleRecords,
	mapping: ColumnMapping
): Reading {
	const dates = cellsOf('date', mapping, columns, records);
	return {
		dateOrder: dateOrderOf(dates).order,
		decimalMark: decimalMarkOf(numericCells(columns, records, mapping)),
		orderFieldsOnFirstRow: areOrderFieldsOnFirstRow(columns, records, mapping)
	};
}

/**
 * The date order by all values of the loaded file.
 * @throws `engine.query-failed`
 */
export async function decideDateOrder(
	engine: Engine,
	source: Pick<SourceParams, 'id' | 'columns' | 'mapping'>,
	signal?: AbortSignal
): Promise<DateOrderEvidence> {
	const index = source.columns.indexOf(source.mapping.date ?? '');
	if (index < 0) return { order: null, examples: [] };
	const days = await engine.rows<{ day: string }>(distinctDaysSql(source.id, index), signal);
	return dateOrderOf(days.map(({ day }) => day));
}

/** A value of each different day, its time cut off: few rows however long the file. */
function distinctDaysSql(sourceId: string, index: number): Sql {
	const column = id(rawColumn(index));
	return sql`SELECT DISTINCT regexp_replace(trim(${column}), '[T ][0-9]{1,2}:.*$', '')::VARCHAR AS day
FROM ${id(...rawTable(sourceId))}
WHERE trim(${column}) <> ''
ORDER BY day
LIMIT 100000`;
}

/** A year in front is `ymd`. Else a part above 12 is the day; when both parts are, the column contradicts itself. */
function dateOrderOf(values: readonly string[]): DateOrderEvidence {
	const dayFirst: string[] = [];
	const monthFirst: string[] = [];
	const yearFirst: string[] = [];
	const unsettled: string[] = [];
	for (const value of values) {
		if (value !== '') evidenceList(value, { dayFirst, monthFirst, yearFirst, unsettled })?.push(value);
	}
	const mixed = [dayFirst, monthFirst, yearFirst].filter((list) => list.length > 0);
	if (mixed.length > 1)
		return { order: null, examples: mixed.flatMap((list) => list.slice(0, 2)).slice(0, MAX_EXAMPLES) };
	const order =
		dayFirst.length > 0 ? 'dmy' : monthFirst.length > 0 ? 'mdy' : yearFirst.length > 0 ? 'ymd' : null;
	return { order, examples: [...(mixed[0] ?? []), ...unsettled].slice(0, MAX_EXAMPLES) };
}

interface EvidenceLists {
	readonly dayFirst: string[];
	readonly monthFirst: string[];
	readonly yearFirst: string[];
	readonly unsettled: string[];
}

/** The list that a value belongs to; null for what is no date. */
function evidenceList(value: string, lists: EvidenceLists): string[] | null {
	if (isCompactDate(value)) return lists.yearFirst;
	if (isNamedDate(value)) return /^\d/.test(value) ? lists.dayFirst : lists.monthFirst;
	const parts = dateParts(value);
	if (parts === null) return null;
	const [first, second] = parts;
	if (first > 31) return lists.yearFirst;
	if (first > 12 && second > 12) return null;
	if (first > 12) return lists.dayFirst;
	return second > 12 ? lists.monthFirst : lists.unsettled;
}

/** Money columns by role; where none is mapped, every numeric column speaks. */
function numericCells(
	columns: readonly MappableColumn[],
	records: SampleRecords,
	mapping: ColumnMapping
): string[] {
	const byRole = NUMERIC_ROLES.flatMap((role) => cellsOf(role, mapping, columns, records));
	if (byRole.length > 0) return byRole;
	return columns
		.filter(({ kind }) => isNumeric(kind))
		.flatMap(({ index }) => records.map((record) => (record[index] ?? '').trim()));
}

/** The last mark of a number is its decimal mark when one or two digits follow it, or when another kind stands before. */
function decimalMarkOf(cells: readonly string[]): Reading['decimalMark'] {
	let commas = 0;
	let points = 0;
	for (const cell of cells) {
		if (/,\d{1,2}(?!\d|[.,])|\.\d{3},\d/.test(cell)) commas += 1;
		else if (/\.\d{1,2}(?!\d|[.,])|,\d{3}\.\d/.test(cell)) points += 1;
	}
	return commas > points ? ',' : '.';
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
