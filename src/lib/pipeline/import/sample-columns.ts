import type { ColumnMapping, Role } from './schema.ts';
import { valueKind, type ValueKind } from './value-kind.ts';

/** What a proposal must know of a column. */
export interface MappableColumn {
	readonly name: string;
	readonly index: number;
	readonly kind: ValueKind;
	/** Share of the sampled rows in which it is not empty, 0 … 1. */
	readonly filled: number;
}

/** Rows of the sample; cells by column index. */
export type SampleRecords = readonly (readonly string[])[];

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const TIME_OF_DAY = /^\d{1,2}[:.h]\d{2}/;
/** Names of columns in files without a header, and of keys of whatever thing. */
const VAGUE_NAME =
	/^(column \d+|id|uid|uuid|guid|key|code|(unique|rec|record|row)[ _-]?(id|key|no|nr|number))$/i;
const KEY_NAME = /(^|[^a-z])(id|uid|uuid|guid|key|code|no|nr)$|[a-z](ID|Id)$/i;

/** The cells of a column that are not empty, without blanks at their ends. */
export function filledCells({ index }: Pick<MappableColumn, 'index'>, records: SampleRecords): string[] {
	return records.map((record) => (record[index] ?? '').trim()).filter((cell) => cell !== '');
}

/** The cells of a mapped column in the sample; empty when the role is not mapped. */
export function cellsOf(
	role: Role,
	mapping: ColumnMapping,
	columns: readonly Pick<MappableColumn, 'name' | 'index'>[],
	records: SampleRecords
): string[] {
	const column = columns.find(({ name }) => name === mapping[role]);
	return column === undefined ? [] : records.map((record) => (record[column.index] ?? '').trim());
}

/**
 * Of the orders of the sample with several rows: the share in which the column has one value on every row, and the
 * share in which it stands on the first row alone. Null when there is no such order.
 */
export function withinOrders(
	orderIds: readonly string[],
	cells: readonly string[]
): { repeated: number; firstOnly: number } | null {
	const orders = new Map<string, string[]>();
	orderIds.forEach((orderId, i) => {
		if (orderId === '') return;
		const values = orders.get(orderId);
		if (values === undefined) orders.set(orderId, [cells[i] ?? '']);
		else values.push(cells[i] ?? '');
	});
	const several = [...orders.values()].filter((values) => values.length > 1 && values[0] !== '');
	if (several.length === 0) return null;
	const share = (test: (first: string, others: string[]) => boolean) =>
		several.filter(([first = '', ...others]) => test(first, others)).length / several.length;
	return {
		repeated: share((first, others) => others.every((value) => value === first)),
		firstOnly: share((_, others) => others.every((value) => value === ''))
	};
}

/** Share of the filled cells that pass a test, 0 … 1; 0 when none is filled. */
export function shareOf(
	column: Pick<MappableColumn, 'index'>,
	records: SampleRecords,
	test: (cell: string) => boolean
): number {
	const filled = filledCells(column, records);
	return filled.length === 0 ? 0 : filled.filter(test).length / filled.length;
}

/** True for a column of email addresses. */
export function holdsEmails(column: MappableColumn, records: SampleRecords): boolean {
	return shareOf(column, records, (cell) => EMAIL.test(cell)) >= 0.8;
}

/** True for a column of times without a day, such as `15:32:14`. */
export function holdsTimesOfDay(column: MappableColumn, records: SampleRecords): boolean {
	return shareOf(column, records, (cell) => TIME_OF_DAY.test(cell)) >= 0.8;
}

/** True for a column in which some cell is a date. */
export function holdsSomeDate(column: MappableColumn, records: SampleRecords): boolean {
	return column.kind === 'date' || shareOf(column, records, (cell) => valueKind(cell) === 'date') > 0;
}

/** A name that says nothing of what the column holds. Where a name says something else, values prove nothing. */
export function isVague({ name }: Pick<MappableColumn, 'name'>): boolean {
	return VAGUE_NAME.test(name);
}

/** Ids of people who come back: without gaps, some values more than once, but far more values than a category has. */
export function isRepeatedId({ kind, index, filled }: MappableColumn, records: SampleRecords): boolean {
	if ((kind !== 'integer' && kind !== 'text') || filled < 0.5) return false;
	const values = filledCells({ index }, records);
	const distinct = new Set(values).size;
	return distinct < values.length && distinct > Math.max(2, values.length * 0.1);
}

/** Ids of a table with one row for each thing: named as a key, never empty, and no value twice. */
export function isUniqueId(column: MappableColumn, records: SampleRecords): boolean {
	const { kind, name, filled } = column;
	if ((kind !== 'integer' && kind !== 'text') || filled < 1) return false;
	return (KEY_NAME.test(name) || isVague(column)) && distinctShare(column, records) === 1;
}

/** Number of different values for each filled cell, 0 … 1; 0 when none is filled. */
export function distinctShare(column: Pick<MappableColumn, 'index'>, records: SampleRecords): number {
	const filled = filledCells(column, records);
	return filled.length === 0 ? 0 : new Set(filled).size / filled.length;
}
