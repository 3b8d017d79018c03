import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role, TableKind } from '#lib/pipeline/import/roles.ts';
import { rawTable, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { fillsOrderFields, hasColumn, roleText } from '../source.ts';
import { LINE_ROLES } from '../quality.ts';
import type { NewTable } from '../statement.ts';
import type { SourceList } from './lists.ts';

/** Who is in which list, while an audit runs. */
export const AUDIT_PEOPLE = 'audit_people';

/** The tables that say who, by the kind of file: one row per record that counts. */
const PEOPLE_TABLES: Readonly<Partial<Record<TableKind, string>>> = {
	orders: 'rows',
	customers: 'profiles',
	events: 'events',
	sends: 'sends',
	survey: 'answers'
};

/** True for lists of what people are or did. */
export function isAboutPeople(kind: TableKind): boolean {
	return PEOPLE_TABLES[kind] !== undefined;
}

/** Texts that name a person, by role. */
export const KEY_ROLES = ['customer', 'email', 'phone', 'card'] as const;
export type KeyRole = (typeof KEY_ROLES)[number];

/** `clean.audit_people`: one row per list and person, with the number of lists that the person is in. */
export function createPeople(lists: readonly SourceList[]): NewTable {
	const content = sql`AS
		WITH seen AS (
			SELECT DISTINCT list, customer_id FROM (${join(peopleTables(), ' UNION ALL ')}) found
			JOIN ${listNames(lists)} USING (source)
		)
		SELECT list, customer_id, (count(*) OVER (PARTITION BY customer_id))::INTEGER AS lists FROM seen`;
	return { database: 'memory', table: AUDIT_PEOPLE, content };
}

/** One row per list with people: how many, how many of them are in no other, and how many are in every one. */
export function countPeople(): Sql {
	return sql`
		SELECT list::VARCHAR AS list, count(*)::INTEGER AS people,
			count_if(lists = 1)::INTEGER AS only_here,
			count_if(lists = (SELECT count(DISTINCT list) FROM clean.audit_people))::INTEGER AS everywhere
		FROM clean.audit_people GROUP BY list ORDER BY list`;
}

/** One row: how many people there are in all lists together. */
export function countEverybody(): Sql {
	return sql`SELECT count(DISTINCT customer_id)::INTEGER AS people FROM clean.audit_people ORDER BY people`;
}

/** One row per list of orders: its orders and money, its buyers, and those who buy nowhere else. Credit notes are no orders. */
export function countOrders(lists: readonly SourceList[]): Sql {
	const [first, ...others] = lists.filter(({ kind }) => kind === 'orders');
	// Where all orders are of one list, they stand in a table already.
	const placed =
		first && others.length === 0
			? sql`SELECT ${first.id} AS list, customer_id, is_return, amount FROM clean.orders`
			: sql`
				SELECT list, customer_id, is_return, sum(amount) AS amount
				FROM clean.rows JOIN ${listNames(lists)} USING (source)
				WHERE reason IS NULL GROUP BY list, customer_id, order_id, is_return`;
	return sql`
		WITH buyers AS (
			SELECT list, customer_id, count_if(NOT is_return) AS orders, sum(amount) AS amount
			FROM (${placed}) GROUP BY ALL
		),
		spread AS (SELECT *, count(*) OVER (PARTITION BY customer_id) AS lists FROM buyers)
		SELECT list::VARCHAR AS list, sum(orders)::INTEGER AS orders, sum(amount)::DOUBLE AS revenue,
			count(*)::INTEGER AS buyers, count_if(lists = 1)::INTEGER AS buyers_only_here
		FROM spread GROUP BY list ORDER BY list`;
}

/** One row: the rows of a list's files, and for each role how many of them hold a text. */
export function countFilled({ sources }: SourceList, roles: readonly Role[]): Sql {
	const counts = ['rows', ...roles].map((name) => as(sql`sum(${id(name)})::INTEGER`, name));
	const files = sources.map((source) =>
		(fillsOrderFields(source) ? filledOrders : filledRows)(source, roles)
	);
	return sql`SELECT ${join(counts, ', ')} FROM (${join(files, ' UNION ALL ')}) ORDER BY 1`;
}

/**
 * One row per key role: how many different texts a list's files hold, and in how many rows the text is an email.
 * `isExact` false counts about how many, in little memory.
 */
export function countKeys({ sources }: SourceList, roles: readonly KeyRole[], isExact: boolean): Sql {
	const counts = roles.map((role) => {
		const files = sources.map((source) => {
			const text = hasColumn(source, role) ? roleText(source, role) : sql`''`;
			return sql`SELECT ${text} AS text FROM ${id(...rawTable(source.id))}`;
		});
		const filled = sql`(${join(files, ' UNION ALL ')}) WHERE text <> ''`;
		// Every text is looked at once, however often it stands.
		const found = isExact
			? sql`count(DISTINCT ${alike(role)}) AS different, sum(rows) FILTER (WHERE contains(text, '@')) AS emails
				FROM (SELECT text, count(*) AS rows FROM ${filled} GROUP BY text)`
			: sql`approx_count_distinct(${alike(role)}) AS different, count_if(contains(text, '@')) AS emails FROM ${filled}`;
		return sql`SELECT ${role} AS role, ${found}`;
	});
	return sql`
		SELECT role::VARCHAR AS role, different::INTEGER AS different, coalesce(emails, 0)::INTEGER AS emails
		FROM (${join(counts, ' UNION ALL ')}) ORDER BY role`;
}

/** One row: for each key role how many people of a list are named by it and are in other lists too. */
export function countElsewhere(list: SourceList, roles: readonly KeyRole[]): Sql {
	const table = PEOPLE_TABLES[list.kind] ?? 'rows';
	const files = list.sources.map((source) => {
		const named = roles.map((role) => as(sql`bool_or(${isFilled(source, role, 'raw')})`, role));
		return sql`
			SELECT t.customer_id, ${join(named, ', ')}
			FROM ${id(...rawTable(source.id))} raw JOIN ${id('clean', table)} t ON t.row = raw.row
			WHERE t.source = ${source.id} AND t.customer_id IS NOT NULL${table === 'rows' ? sql` AND t.reason IS NULL` : sql``}
			GROUP BY t.customer_id`;
	});
	const named = roles.map((role) => as(sql`bool_or(${id(role)})`, role));
	const counts = roles.map((role) => as(sql`count_if(${id(role)})::INTEGER`, role));
	return sql`
		SELECT ${join(counts, ', ')} FROM (
			SELECT customer_id, ${join(named, ', ')} FROM (${join(files, ' UNION ALL ')}) GROUP BY customer_id
		)
		WHERE customer_id IN (SELECT customer_id FROM clean.audit_people WHERE lists > 1) ORDER BY 1`;
}

/** `names(source, list)`: the list that each source belongs to. */
export function listNames(lists: readonly SourceList[]): Sql {
	const pairs = lists.flatMap((list) => list.sources.map((source) => sql`(${source.id}, ${list.id})`));
	return sql`(VALUES ${join(pairs, ', ')}) AS names(source, list)`;
}

function peopleTables(): Sql[] {
	return Object.values(PEOPLE_TABLES).map((table) => {
		const counts =
			table === 'rows' ? sql`reason IS NULL AND customer_id IS NOT NULL` : sql`customer_id IS NOT NULL`;
		return sql`SELECT DISTINCT source, customer_id FROM ${id('clean', table)} WHERE ${counts}`;
	});
}

function filledRows(source: SourceParams, roles: readonly Role[]): Sql {
	const counts = roles.map((role) => as(sql`count_if(${isFilled(source, role)})`, role));
	return sql`SELECT ${join([sql`count(*) AS rows`, ...counts], ', ')} FROM ${id(...rawTable(source.id))}`;
}

/** Fields of an order stand on its first row: its other rows count as filled with it. */
function filledOrders(source: SourceParams, roles: readonly Role[]): Sql {
	const own = roles.map((role) => as(sql`count_if(${isFilled(source, role)})`, role));
	const counts = roles.map((role) =>
		LINE_ROLES.includes(role)
			? as(sql`sum(${id(role)})`, role)
			: as(sql`sum(CASE WHEN order_text <> '' AND ${id(role)} > 0 THEN rows ELSE ${id(role)} END)`, role)
	);
	return sql`
		SELECT ${join([sql`sum(rows) AS rows`, ...counts], ', ')} FROM (
			SELECT ${roleText(source, 'order_id')} AS order_text, count(*) AS rows, ${join(own, ', ')}
			FROM ${id(...rawTable(source.id))} GROUP BY order_text
		)`;
}

function isFilled(source: SourceParams, role: Role, table?: string): Sql {
	return hasColumn(source, role) ? sql`${roleText(source, role, table)} <> ''` : sql`FALSE`;
}

/** A text that names a person, as two files would write it alike. */
function alike(role: KeyRole): Sql {
	return role === 'email' ? sql`lower(trim(text))` : sql`trim(text)`;
}
