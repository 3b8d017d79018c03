import { ROLES, rolesOf, type TableKind } from './roles.ts';
import {
	cellsOf,
	filledCells,
	holdsEmails,
	holdsSomeDate,
	holdsTimesOfDay,
	isRepeatedId,
	isUniqueId,
	isVague,
	shareOf,
	withinOrders,
	type MappableColumn,
	type SampleRecords
} from './sample-columns.ts';
import type { ColumnMapping, Role } from './schema.ts';
import { synonymRank } from './synonyms.ts';
import { isCompactDate, isNumeric } from './value-kind.ts';

/** The roles that choose their column first: the more a wrong choice costs, the earlier. */
const FIRST_TO_CHOOSE: readonly Role[] = ['date', 'customer', 'order_id'];

/** Roles of money that an orders file has one of. */
const MONEY_ROLES: readonly Role[] = ['amount', 'order_total', 'unit_price'];

/** Names that mean a role only where some value says so too: a `state` may be a place, a `type` may be of anything. */
const VALUES_TELL: Readonly<Partial<Record<Role, { readonly names: RegExp; readonly values: RegExp }>>> = {
	status: {
		names: /^(state|estado|stato|etat)$/i,
		values:
			/paid|pending|complete|cancel|refund|void|fail|process|ship|open|closed|new|hold|pag|annul|reembols|rimbors/i
	},
	line_type: {
		names: /^(type|kind|typ|art|tipo|soort)$/i,
		values:
			/order|sale|payment|charge|refund|fee|transfer|payout|return|adjust|shipping|product|item|verkauf|zahlung|erstattung|vente|paiement|venta|pago|vendita|pagamento/i
	}
};

const BIRTH = /birth|\bdob\b/i;

/**
 * Roles for the columns of an unknown file of some kind: by the names that such columns have, where the values can be
 * what the role needs; then by the values alone for the date, the person and the amount. Whether the money of orders
 * is that of a row or of an order is decided by whether it repeats within the orders of the sample.
 */
export function proposeMapping(
	columns: readonly MappableColumn[],
	records: SampleRecords,
	kind: TableKind
): ColumnMapping {
	const mapping: ColumnMapping = {};
	for (const role of choosingOrder(kind)) {
		const chosen = columnNamed(role, kind, unmapped(columns, mapping), records);
		if (chosen !== undefined) mapping[role] = chosen.name;
	}
	if (kind === 'orders') preferCustomerId(mapping);
	mapByValues(mapping, columns, records, kind);
	return kind === 'orders' ? decideMoney(mapping, columns, records) : mapping;
}

/**
 * The column whose name tells most that it has a role in a file of some kind, and whose values can be what the role
 * needs; one with values before an empty one.
 */
export function columnNamed(
	role: Role,
	kind: TableKind,
	columns: readonly MappableColumn[],
	records: SampleRecords
): MappableColumn | undefined {
	const ranked = columns
		.map((column) => ({ column, rank: synonymRank(role, column.name, kind) }))
		.filter(({ column, rank }) => rank !== null && isPlausible(role, kind, column, records))
		.sort(
			(a, b) => Number(a.column.filled === 0) - Number(b.column.filled === 0) || (a.rank ?? 0) - (b.rank ?? 0)
		);
	return ranked[0]?.column;
}

function choosingOrder(kind: TableKind): Role[] {
	const roles = rolesOf(kind);
	const first = FIRST_TO_CHOOSE.filter((role) => roles.includes(role));
	return [...first, ...ROLES.filter((role) => roles.includes(role) && !first.includes(role))];
}

function unmapped(columns: readonly MappableColumn[], mapping: ColumnMapping): MappableColumn[] {
	const used = new Set(Object.values(mapping));
	return columns.filter(({ name }) => !used.has(name));
}

function isPlausible(role: Role, kind: TableKind, column: MappableColumn, records: SampleRecords): boolean {
	if (column.kind === 'empty') return true;
	const told = VALUES_TELL[role];
	if (told?.names.test(column.name.normalize('NFKD').replace(/\p{M}/gu, '')) === true)
		return filledCells(column, records).some((cell) => told.values.test(cell));
	switch (role) {
		case 'date':
			// Dates of wholly unreadable text still pass: cleaning sets such rows aside and says why.
			return column.kind === 'date' || (column.kind === 'text' && !holdsTimesOfDay(column, records));
		case 'created_at':
		case 'consented_at':
		case 'updated_at':
		case 'end_date':
			return column.kind === 'date' || (column.kind === 'text' && holdsSomeDate(column, records));
		case 'birth_date':
			if (column.kind === 'integer') return holdsCompactDates(column, records);
			return column.kind === 'date' || (column.kind === 'text' && holdsSomeDate(column, records));
		case 'time':
			return holdsTimesOfDay(column, records);
		case 'card':
			return isIdentifier(column) && holdsCardNumbers(column, records);
		case 'customer':
			return isIdentifier(column) && (kind === 'orders' || !isEmailColumn(column, records));
		default:
			return canHold(role, column);
	}
}

function canHold(role: Role, column: MappableColumn): boolean {
	const { kind } = column;
	switch (role) {
		case 'quantity':
		case 'unit_price':
		case 'amount':
		case 'order_total':
		case 'refund':
		case 'discount':
		case 'total_spent':
		case 'spend':
		case 'revenue':
			return isNumeric(kind) || kind === 'text';
		case 'order_count':
		case 'impressions':
		case 'clicks':
		case 'recipients':
		case 'opens':
		case 'conversions':
		case 'unsubscribes':
		case 'score':
			return isNumeric(kind);
		case 'order_id':
		case 'session_id':
			return isIdentifier(column);
		case 'phone':
		case 'postcode':
		case 'sku':
			return kind !== 'date' && kind !== 'money';
		case 'payment_method':
		case 'tags':
		case 'event':
		case 'action':
		case 'url':
			return kind === 'text';
		default:
			return kind === 'text' || kind === 'integer';
	}
}

function isIdentifier({ kind }: MappableColumn): boolean {
	return kind !== 'date' && kind !== 'money';
}

/** Days that do not exist, such as 19081300, make numbers of a column of compact dates. */
function holdsCompactDates(column: MappableColumn, records: SampleRecords): boolean {
	return shareOf(column, records, isCompactDate) >= 0.8;
}

/** A column of cards may as well name how was paid: `Visa`. */
function holdsCardNumbers(column: MappableColumn, records: SampleRecords): boolean {
	return shareOf(column, records, (cell) => /\d\D*\d\D*\d\D*\d/.test(cell)) >= 0.8;
}

/** Outside of orders an email is the role `email`, never the customer. */
function isEmailColumn(column: MappableColumn, records: SampleRecords): boolean {
	return synonymRank('email', column.name) !== null || holdsEmails(column, records);
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
	records: SampleRecords,
	kind: TableKind
): void {
	const roles = rolesOf(kind);
	const choose = (role: Role, test: (column: MappableColumn) => boolean) => {
		if (mapping[role] !== undefined || !roles.includes(role)) return;
		const found = unmapped(columns, mapping).find(test);
		if (found !== undefined) mapping[role] = found.name;
	};
	choose('date', (column) => column.kind === 'date' && !isBirthDate(column));
	choose(kind === 'orders' ? 'customer' : 'email', (column) => holdsEmails(column, records));
	// The inner key of a mailing tool names nobody in other files, so it is taken only where some row has no address.
	const addresses = columns.filter(({ name }) => name === mapping.email || name === mapping.phone);
	const isAddressed = addresses.some(({ filled }) => filled === 1);
	choose('customer', (column) =>
		kind === 'customers'
			? isUniqueId(column, records) && (isVague(column) || !isAddressed)
			: isVague(column) && isRepeatedId(column, records)
	);
	if (kind !== 'orders' || MONEY_ROLES.some((role) => mapping[role] !== undefined)) return;
	const isMoney = (column: MappableColumn) =>
		column.kind === 'money' || (column.kind === 'number' && isVague(column));
	if (unmapped(columns, mapping).filter(isMoney).length === 1) choose('amount', isMoney);
}

/** True for a date that is about a person, not about what happened in a row. */
export function isBirthDate({ name }: Pick<MappableColumn, 'name'>): boolean {
	return BIRTH.test(name) || synonymRank('birth_date', name) !== null;
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
