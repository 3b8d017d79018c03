import { ROLES, type ColumnMapping, type Role } from './schema.ts';
import { synonymRank } from './synonyms.ts';
import { isNumeric, type ValueKind } from './value-kind.ts';

/** What the mapper must know of a column. */
export interface MappableColumn {
	readonly name: string;
	readonly index: number;
	readonly kind: ValueKind;
	readonly filled: number;
}

/** Rows of the sample; cells by column index. */
export type SampleRecords = readonly (readonly string[])[];

/** The order in which roles choose their column: the more a wrong choice costs, the earlier. */
const CHOOSING_ORDER: readonly Role[] = ['date', 'customer', 'order_id', ...ROLES.slice(3)];

/** Names of columns in files without a header, and of keys of whatever thing. */
const VAGUE_NAME = /^(column \d+|id|uid|uuid|key|code)$/i;
const BIRTH = /birth|\bdob\b/i;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * Roles for the columns of an unknown file: by the names that such columns have, where the values can be what the role
 * needs; then by the values alone for the date, the customer and the amount. Whether money is that of a row or of an
 * order is decided by whether it repeats within the orders of the sample.
 */
export function proposeMapping(columns: readonly MappableColumn[], records: SampleRecords): ColumnMapping {
	const mapping: ColumnMapping = {};
	for (const role of CHOOSING_ORDER) {
		const chosen = bestByName(role, unmapped(columns, mapping));
		if (chosen !== undefined) mapping[role] = chosen.name;
	}
	preferCustomerId(mapping);
	mapByValues(mapping, columns, records);
	return decideMoney(mapping, columns, records);
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

function unmapped(columns: readonly MappableColumn[], mapping: ColumnMapping): MappableColumn[] {
	const used = new Set(Object.values(mapping));
	return columns.filter(({ name }) => !used.has(name));
}

function bestByName(role: Role, columns: readonly MappableColumn[]): MappableColumn | undefined {
	const ranked = columns
		.map((column) => ({ column, rank: synonymRank(role, column.name) }))
		.filter(({ column, rank }) => rank !== null && isPlausible(role, column.kind))
		.sort(
			(a, b) => Number(a.column.filled === 0) - Number(b.column.filled === 0) || (a.rank ?? 0) - (b.rank ?? 0)
		);
	return ranked[0]?.column;
}

/** Dates of wholly unreadable text still pass: cleaning sets such rows aside and says why. */
function isPlausible(role: Role, kind: ValueKind): boolean {
	if (kind === 'empty') return true;
	switch (role) {
		case 'date':
			return kind === 'date' || kind === 'text';
		case 'quantity':
		case 'unit_price':
		case 'amount':
		case 'order_total':
		case 'refund':
			return isNumeric(kind) || kind === 'text';
		case 'customer':
		case 'order_id':
			return kind !== 'date' && kind !== 'money';
		default:
			return kind === 'text' || kind === 'integer';
	}
}

/** When only a person's name was left for `customer`, the email is the better key. */
function preferCustomerId(mapping: ColumnMapping): void {
	if (mapping.customer !== undefined || mapping.email === undefined) return;
	mapping.customer = mapping.email;
	delete mapping.email;
}

function mapByValues(
	mapping: ColumnMapping,
	columns: readonly MappableColumn[],
	records: SampleRecords
): void {
	const choose = (role: Role, test: (column: MappableColumn) => boolean) => {
		if (mapping[role] !== undefined) return;
		const found = unmapped(columns, mapping).find(test);
		if (found !== undefined) mapping[role] = found.name;
	};
	choose('date', ({ kind, name }) => kind === 'date' && !BIRTH.test(name));
	choose('customer', ({ index }) => areEmails(records, index));
	choose('customer', (column) => isVague(column) && isRepeatedId(column, records));
	const hasMoney = (['amount', 'order_total', 'unit_price'] as const).some(
		(role) => mapping[role] !== undefined
	);
	if (hasMoney) return;
	const isMoney = (column: MappableColumn) =>
		column.kind === 'money' || (column.kind === 'number' && isVague(column));
	if (unmapped(columns, mapping).filter(isMoney).length === 1) choose('amount', isMoney);
}

/** A name that says nothing of what the column holds. Where a name says something else, values prove nothing. */
function isVague({ name }: MappableColumn): boolean {
	return VAGUE_NAME.test(name);
}

function areEmails(records: SampleRecords, index: number): boolean {
	const filled = records.map((record) => record[index] ?? '').filter((cell) => cell !== '');
	return filled.length > 0 && filled.filter((cell) => EMAIL.test(cell.trim())).length >= filled.length * 0.8;
}

/** Ids of people who come back: without gaps, some values more than once, but far more values than a category has. */
function isRepeatedId({ kind, index, filled }: MappableColumn, records: SampleRecords): boolean {
	if ((kind !== 'integer' && kind !== 'text') || filled < 0.5) return false;
	const values = records.map((record) => record[index] ?? '').filter((cell) => cell !== '');
	const distinct = new Set(values).size;
	return distinct < values.length && distinct > Math.max(2, values.length * 0.1);
}

/**
 * Keeps one kind of money. Money that repeats within an order, or stands on its first row alone, is the order's; else
 * it is the row's. Where no order of the sample has two rows, the name decides.
 */
function decideMoney(
	mapping: ColumnMapping,
	columns: readonly MappableColumn[],
	records: SampleRecords
): ColumnMapping {
	const orderIds = cellsOf('order_id', mapping, columns, records);
	const belongsToOrder = (role: 'amount' | 'order_total'): boolean | null => {
		const found = withinOrders(orderIds, cellsOf(role, mapping, columns, records));
		return found === null ? null : found.repeated >= 0.9 || found.firstOnly >= 0.9;
	};
	const decided = { ...mapping };
	if (
		mapping.amount !== undefined &&
		mapping.order_total === undefined &&
		belongsToOrder('amount') === true
	) {
		decided.order_total = mapping.amount;
		delete decided.amount;
	} else if (mapping.order_total !== undefined && belongsToOrder('order_total') === false) {
		decided.amount = mapping.amount ?? mapping.order_total;
		delete decided.order_total;
	} else if (mapping.order_total !== undefined && mapping.order_id === undefined) {
		// Without an order number every row is an order, so its total is the amount of the row.
		decided.amount = mapping.order_total;
		delete decided.order_total;
	}
	return decided;
}
