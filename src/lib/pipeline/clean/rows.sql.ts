import type { Database } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { currencyRole } from './currencies.ts';
import { idValue } from './id-value.sql.ts';
import { personRoles, withPerson } from './identity/records.sql.ts';
import { markOf } from './marks.ts';
import { detail, isReturn, marks, reason } from './judge.sql.ts';
import { notASale } from './operations/not-a-sale.ts';
import type { WordRule } from './operations/operation.ts';
import { otherCurrency } from './operations/other-currency.ts';
import { refunded } from './operations/refunded.ts';
import { keyParts, rowParts, type Part } from './parts.sql.ts';
import {
	fillsOrderFields,
	hasOrderMoney,
	hasRole,
	moneyKind,
	roleText,
	type SourceContext
} from './source.ts';
import type { NewTable } from './statement.ts';
import { texts } from './texts.sql.ts';
import { AMOUNT_LIMIT, numberSql } from './typing.ts';
import { isSuperseded } from './versions/flag.sql.ts';
import { wordedSql, wordRoles } from './words.sql.ts';
import { datedSql, momentColumns, movedSql } from './zone.sql.ts';

/** Below this, the product of a quantity and a price fits a DECIMAL(18,8). */
const NARROW_PRODUCT = 9_000_000_000;

const NUMBER_ROLES = [
	'quantity',
	'unit_price',
	'amount',
	'order_total',
	'refund'
] as const satisfies readonly Role[];

/** The roles that decide whether a row is loaded, and what it counts for. */
const READ_ROLES: readonly Role[] = [
	'order_id',
	'quantity',
	'unit_price',
	'amount',
	'customer',
	'date',
	'order_total',
	'refund',
	'status',
	'time'
];

/** The empty table. */
export function createRows(database: Database): NewTable {
	const content = sql`(
			source VARCHAR, row INTEGER, reason VARCHAR, marks INTEGER, detail VARCHAR,
			customer_id VARCHAR, order_id VARCHAR, ordered_at TIMESTAMP, quantity DECIMAL(18,4), amount DECIMAL(18,4),
			is_return BOOLEAN)`;
	return { database, table: 'rows', content };
}

/** The parts in which a source is read, of about so many rows. Where rows of one order need each other, none is cut. */
export function sourceParts(context: SourceContext, partRows: number): Part[] {
	const { source, facts } = context;
	const needsWholeOrders = hasOrderMoney(source) || fillsOrderFields(source);
	if (!needsWholeOrders) return rowParts(facts.rowCount, partRows);
	return keyParts(facts.rowCount, partRows, (table) => {
		const row = table === undefined ? id('row') : id(table, 'row');
		return orderOf(context, roleText(source, 'order_id', table), row);
	});
}

/**
 * Reads a part of a raw table into `clean.rows`, in stages: the `texts` by role, `worded` with what word rules say of
 * them, `dated` with the time of day, `named` with the person, `typed`, `moved` to the time zone of the session, `priced` with money that is
 * believed, `judged` by every operation, and `ruled`, where the first rule that is on gives the reason.
 */
export function insertRows(context: SourceContext, part: Part): Sql {
	const { source, settings } = context;
	const perOrder = hasOrderMoney(source);
	const own = otherCurrency.applies(context)
		? [...READ_ROLES, currencyRole(source) ?? 'currency']
		: READ_ROLES;
	const read = [...new Set<Role>([...own, ...personRoles(source)])];
	const all = [...new Set<Role>([...read, ...wordRoles(source)])];
	return sql`
		INSERT INTO clean.rows
		WITH texts AS (${texts(source, all, part)}),
		worded AS (${wordedSql(context, read, part)}),
		dated AS (${datedSql(sql`worded`, source)}),
		named AS (${withPerson(sql`dated`, context)}),
		typed AS (SELECT *, ${join(typedColumns(context), ', ')} FROM named),
		moved AS (${movedSql(sql`typed`, ['ordered_at'], settings.timeZone)}),
		valued AS (SELECT *, ${money(source)} AS written_money FROM moved),
		priced AS (SELECT *, CASE WHEN abs(written_money) < ${AMOUNT_LIMIT} THEN written_money END AS money FROM valued),
		judged AS (SELECT *, ${marks(context)} FROM priced),
		netted AS (SELECT *, ${isReturn(context)} FROM judged),
		ruled AS ${perOrder ? sql`MATERIALIZED ` : sql``}(SELECT *, ${reason(context)} FROM netted)
		SELECT ${source.id}, row, reason, marks, ${detail(context)},
			customer_id, order_id, ordered_at, ${hasRole(source, 'quantity') ? sql`quantity` : sql`NULL`},
			${loadedAmount(source)}, is_return
		FROM ruled ${perOrder ? joinOrderMoney(source) : sql``}`;
}

function typedColumns(context: SourceContext): Sql[] {
	const { source, facts, settings } = context;
	const numbers = NUMBER_ROLES.filter((role) => hasRole(source, role)).map((role) =>
		as(numberSql(id(`${role}_text`), source.reading.decimalMark), role)
	);
	const isSaid = (rule: WordRule) => sql`(coalesce(line_type_marks, 0) & ${markOf(rule)}) <> 0`;
	const flags = hasRole(source, 'line_type')
		? [as(isSaid(refunded), 'is_refund'), as(isSaid(notASale), 'is_no_sale')]
		: [];
	const repeats =
		facts.repeats !== null && facts.repeats > 0
			? sql`row IN (SELECT row FROM clean.repeats WHERE source = ${source.id})`
			: sql`false`;
	return [
		as(isSuperseded(context), 'superseded'),
		as(sql`coalesce(person, '')`, 'customer_id'),
		as(orderOf(context, id('order_id_text'), sql`row`), 'order_id'),
		...momentColumns([{ name: 'ordered_at', text: sql`date_text` }], source, settings.timeZone),
		...numbers,
		...flags,
		as(repeats, 'repeats')
	];
}

/** The order of a row: its id after the fixes, else one of its own. */
function orderOf(context: SourceContext, text: Sql, row: Sql): Sql {
	const { source } = context;
	const own = sql`${`${source.id}:`} || ${row}`;
	return hasRole(source, 'order_id')
		? sql`coalesce(nullif(${idValue(context, 'order_id', text)}, ''), ${own})`
		: own;
}

/** The money of a row as its file has it; NULL when it is missing. */
function money(source: SourceParams): Sql {
	const kind = moneyKind(source);
	if (kind === null) return sql`NULL::DECIMAL(18,4)`;
	if (kind !== 'unit_price' || !hasRole(source, 'quantity')) return id(kind);
	// Two DECIMAL(18,4) multiply to a DECIMAL(18,8), which is fast, and overflows from ten thousand million.
	return sql`CASE WHEN abs(quantity::DOUBLE * unit_price::DOUBLE) < ${NARROW_PRODUCT} THEN (quantity * unit_price)::DECIMAL(18,4)
			ELSE try_cast(quantity::DECIMAL(22,4) * unit_price AS DECIMAL(18,4)) END`;
}

/** The row's share of the money: what stands once per order goes to the first loaded row of the order. */
function loadedAmount(source: SourceParams): Sql {
	if (moneyKind(source) === null) return sql`NULL`;
	const refunded = hasRole(source, 'refund') ? sql`money - coalesce(refund, 0)` : sql`money`;
	const own = moneyKind(source) === 'order_total' ? sql`0` : sql`money`;
	const loaded = hasOrderMoney(source) ? sql`${own} + coalesce(once, 0)` : refunded;
	return sql`CASE WHEN reason IS NOT NULL THEN money WHEN is_return THEN -abs(${loaded}) ELSE ${loaded} END`;
}

/** Total less refund of each order, the largest where a file repeats them, at the first loaded row of the order. */
function joinOrderMoney(source: SourceParams): Sql {
	const total = moneyKind(source) === 'order_total' ? sql`max(money)` : sql`0`;
	const refund = hasRole(source, 'refund') ? sql`coalesce(max(refund), 0)` : sql`0`;
	return sql`LEFT JOIN (
			SELECT min(row) AS first_row, ${total} - ${refund} AS once
			FROM ruled WHERE reason IS NULL GROUP BY customer_id, order_id, is_return
		) orders ON orders.first_row = ruled.row`;
}
