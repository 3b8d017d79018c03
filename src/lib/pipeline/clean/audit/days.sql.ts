import { day, id, join, list as listOf, sql, type Sql } from '#lib/engine/sql.ts';
import type { Day } from '#lib/core/days.ts';
import type { TableKind } from '#lib/pipeline/import/roles.ts';
import { superseded } from '../operations/superseded.ts';
import type { SourceList } from './lists.ts';
import { listNames } from './sources.sql.ts';

/** The moments of records, by table. Rows that are set aside have their moment too: they are records of that day. */
const MOMENTS = [
	['rows', 'ordered_at'],
	['profiles', 'created_at'],
	['profiles', 'consented_at'],
	['profiles', 'updated_at'],
	['events', 'happened_at'],
	['sends', 'sent_at'],
	['campaigns', 'starts_on'],
	['answers', 'answered_at']
] as const;

/** What a day holds, by the kind of file: the table, the moment, and what to call a record. Orders have rows of their own. */
const DAYS: Readonly<Partial<Record<TableKind, { table: string; moment: string; what: string }>>> = {
	customers: { table: 'profiles', moment: 'created_at', what: 'email' },
	events: { table: 'events', moment: 'happened_at', what: 'event' },
	sends: { table: 'sends', moment: 'sent_at', what: 'campaign' },
	survey: { table: 'answers', moment: 'answered_at', what: 'question' }
};

/** Rows of orders that were read, without what newer exports have too. */
const ORDERS_READ = sql`ordered_at IS NOT NULL AND NOT is_return AND reason IS DISTINCT FROM ${superseded.id}`;

/** What tells orders of a list apart. */
const ORDER = sql`coalesce(order_id, source || ' ' || row)`;

/** True for lists whose records happen on days. */
export function hasDays(kind: TableKind): boolean {
	return kind === 'orders' || DAYS[kind] !== undefined;
}

/** The first and the last day of the records of each source. One row per source with any. */
export function recordDays(): Sql {
	const tables = MOMENTS.map(
		([table, moment]) => sql`
			SELECT source, min(${id(moment)})::DATE AS oldest, max(${id(moment)})::DATE AS newest
			FROM ${id('clean', table)} WHERE ${id(moment)} IS NOT NULL GROUP BY source`
	);
	return sql`
		SELECT source::VARCHAR AS source, strftime(min(oldest), '%Y-%m-%d')::VARCHAR AS oldest,
			strftime(max(newest), '%Y-%m-%d')::VARCHAR AS newest
		FROM (${join(tables, ' UNION ALL ')}) GROUP BY source ORDER BY source`;
}

/**
 * Orders or records of each list and day that has any, in rising order, and the money of the orders that count. Orders that
 * are set aside are of their day all the same, such as those of guests at a market; credit notes are no orders.
 */
export function countDays(lists: readonly SourceList[]): Sql {
	const kinds = new Set(lists.map(({ kind }) => kind));
	const others = Object.entries(DAYS).filter(([kind]) => kinds.has(kind as TableKind));
	const counts = [
		sql`
			SELECT list, day, count(*) AS records, sum(amount) AS amount FROM (
				SELECT list, min(ordered_at)::DATE AS day, sum(amount) FILTER (WHERE reason IS NULL) AS amount
				FROM clean.rows JOIN ${listNames(lists)} USING (source)
				WHERE ${ORDERS_READ} GROUP BY list, ${ORDER}
			) GROUP BY ALL`,
		...others.map(
			([, { table, moment }]) => sql`
			SELECT list, ${id(moment)}::DATE AS day, count(*) AS records, NULL AS amount
			FROM ${id('clean', table)} JOIN ${listNames(lists)} USING (source)
			WHERE ${id(moment)} IS NOT NULL GROUP BY ALL`
		)
	];
	return sql`
		SELECT list::VARCHAR AS list, strftime(day, '%Y-%m-%d')::VARCHAR AS day, records::INTEGER AS records,
			amount::DOUBLE AS amount
		FROM (${join(counts, ' UNION ALL ')}) WHERE day IS NOT NULL ORDER BY list, day`;
}

/** A page of the orders or records of a list and a day, in the order in which they came. */
export function dayRecords(
	{ kind, sources }: Pick<SourceList, 'kind' | 'sources'>,
	on: Day,
	{ offset, limit }: { readonly offset: number; readonly limit: number }
): Sql {
	const ids = listOf(sources.map((source) => source.id));
	const from = kind === 'orders' ? ordersOf(ids, on) : othersOf(kind, ids, on);
	return sql`
		SELECT nullif(customer_id, '')::VARCHAR AS customer_id, what::VARCHAR AS what, strftime(moment, '%H:%M')::VARCHAR AS time,
			amount::DOUBLE AS amount, reason::VARCHAR AS reason
		FROM (${from}) ORDER BY moment, length(what), what, customer_id LIMIT ${limit} OFFSET ${offset}`;
}

/** The reason of an order is null when any row of it counts. */
function ordersOf(ids: Sql, on: Day): Sql {
	return sql`
		SELECT any_value(customer_id) AS customer_id, any_value(order_id) AS what, min(ordered_at) AS moment,
			sum(amount) AS amount, CASE WHEN bool_and(reason IS NOT NULL) THEN min(reason) END AS reason
		FROM clean.rows WHERE ${ORDERS_READ} AND source IN ${ids}
		GROUP BY ${ORDER} HAVING min(ordered_at)::DATE = ${day(on)}`;
}

function othersOf(kind: TableKind, ids: Sql, on: Day): Sql {
	const table = DAYS[kind];
	if (table === undefined) throw new RangeError(`records of kind ${kind} have no day`);
	return sql`
		SELECT customer_id, ${id(table.what)} AS what, ${id(table.moment)} AS moment, NULL AS amount, NULL AS reason
		FROM ${id('clean', table.table)} WHERE source IN ${ids} AND ${id(table.moment)}::DATE = ${day(on)}`;
}
