import type { Engine } from '#lib/engine/engine.ts';
import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { knownName } from '#lib/pipeline/clean/known-name.sql.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';

/** What a list of customers is made of. */
export interface ListRequest {
	/** Contact columns of `clean.contacts` that the files have. */
	readonly contactRoles: CleanResult['contactRoles'];
	/** Ids of the available features of numbers. */
	readonly features: readonly string[];
	readonly hasClusters: boolean;
	/** Only the customers of `segment.selection`. */
	readonly selected: boolean;
	/** Part of an id, email or name, in any case; empty for everyone. */
	readonly search: string;
}

/** How a list is sorted: a feature id, `person`, `customer_id` (idx order), a score, or `cluster`. */
export interface ListSort {
	readonly key: string;
	readonly descending: boolean;
}

/** One customer of a list. Features are by their ids in camelCase. */
export interface CustomerRow {
	readonly idx: number;
	readonly customerId: string;
	/** The name, else the email, else the id. */
	readonly person: string;
	readonly email?: string | null;
	readonly name?: string | null;
	readonly rScore: number;
	readonly fScore: number;
	readonly mScore: number;
	readonly rfmGroup: string;
	readonly cluster: number | null;
	readonly recencyDays: number;
	readonly frequency: number;
	readonly monetaryTotal?: number;
}

/** One order of a customer. `amount` is null without amounts. */
export interface OrderRow {
	readonly orderId: string;
	readonly orderedOn: string;
	readonly amount: number | null;
	readonly lineCount: number;
	readonly isReturn: boolean;
}

/** Replaces the table of picked customers, which `selected` lists read. */
export async function writeSelection(engine: Engine, indices: Int32Array): Promise<void> {
	await engine.insert('segment', 'selection', { idx: indices });
}

/** How many customers a list has. */
export async function countCustomers(
	engine: Engine,
	request: ListRequest,
	signal?: AbortSignal
): Promise<number> {
	const [row] = await engine.rows<{ count: number }>(
		sql`SELECT count(*)::INTEGER AS count FROM ${tables(request)} WHERE ${condition(request)} ORDER BY count`,
		signal
	);
	return row?.count ?? 0;
}

/** A page of a list. Ties are in the order of customer ids. */
export function customerPage(
	engine: Engine,
	request: ListRequest,
	sort: ListSort,
	offset: number,
	limit: number,
	signal?: AbortSignal
): Promise<CustomerRow[]> {
	return engine.rows<CustomerRow>(
		sql`
			SELECT ${columns(request)}
			FROM ${tables(request)}
			WHERE ${condition(request)}
			ORDER BY ${sortSql(request, sort)}, f.idx
			LIMIT ${limit} OFFSET ${offset}`,
		signal
	);
}

/** One customer by id, or null. */
export async function findCustomer(
	engine: Engine,
	request: ListRequest,
	customerId: string
): Promise<CustomerRow | null> {
	const [row] = await engine.rows<CustomerRow>(sql`
		SELECT ${columns(request)}
		FROM ${tables({ ...request, selected: false })}
		WHERE f.customer_id = ${customerId}
		ORDER BY f.idx`);
	return row ?? null;
}

/** The orders of a customer, newest first. */
export function customerOrders(engine: Engine, customerId: string): Promise<OrderRow[]> {
	return engine.rows<OrderRow>(sql`
		SELECT order_id::VARCHAR                          AS order_id,
		       strftime(ordered_at, '%Y-%m-%d')::VARCHAR  AS ordered_on,
		       amount::DOUBLE                             AS amount,
		       line_count::INTEGER                        AS line_count,
		       is_return::BOOLEAN                         AS is_return
		FROM clean.orders
		WHERE customer_id = ${customerId}
		ORDER BY ordered_at DESC, order_id`);
}

function columns({ contactRoles, features, hasClusters }: ListRequest): Sql {
	return join(
		[
			sql`f.idx::INTEGER AS idx`,
			sql`f.customer_id::VARCHAR AS customer_id`,
			sql`${personSql(contactRoles)}::VARCHAR AS person`,
			...contactRoles.map((role) => sql`c.${id(role)}::VARCHAR AS ${id(role)}`),
			...features.map((feature) => sql`f.${id(feature)}::DOUBLE AS ${id(feature)}`),
			sql`r.r_score::INTEGER AS r_score`,
			sql`r.f_score::INTEGER AS f_score`,
			sql`r.m_score::INTEGER AS m_score`,
			sql`r.rfm_group::VARCHAR AS rfm_group`,
			hasClusters ? sql`m.cluster::INTEGER AS cluster` : sql`NULL::INTEGER AS cluster`
		],
		', '
	);
}

function tables({ contactRoles, hasClusters, selected }: ListRequest): Sql {
	const pieces = [sql`features.customers f`, sql`JOIN segment.rfm r ON r.idx = f.idx`];
	if (hasClusters) pieces.push(sql`JOIN segment.members m ON m.idx = f.idx`);
	if (contactRoles.length > 0) pieces.push(sql`LEFT JOIN clean.contacts c ON c.customer_id = f.customer_id`);
	if (selected) pieces.push(sql`JOIN segment.selection s ON s.idx = f.idx`);
	return join(pieces, '\n');
}

function condition({ contactRoles, search }: ListRequest): Sql {
	const text = search.trim().toLowerCase();
	if (text === '') return sql`TRUE`;
	const searched = [
		sql`f.customer_id`,
		...contactRoles.filter((role) => role !== 'country').map((role) => sql`c.${id(role)}`)
	];
	const hits = searched.map((column) => sql`contains(lower(coalesce(${column}, '')), ${text})`);
	return sql`(${join(hits, ' OR ')})`;
}

function personSql(contactRoles: ListRequest['contactRoles']): Sql {
	return sql`coalesce(${knownName('c', contactRoles)}, f.customer_id)`;
}

function sortSql({ contactRoles, features, hasClusters }: ListRequest, { key, descending }: ListSort): Sql {
	const direction = descending ? sql`DESC NULLS LAST` : sql`ASC NULLS LAST`;
	if (key === 'person' && contactRoles.length > 0) return sql`lower(${personSql(contactRoles)}) ${direction}`;
	if (features.includes(key)) return sql`f.${id(key)} ${direction}`;
	if (['r_score', 'f_score', 'm_score', 'rfm_group'].includes(key)) return sql`r.${id(key)} ${direction}`;
	if (key === 'cluster' && hasClusters) return sql`m.cluster ${direction}`;
	return sql`f.idx ${direction}`;
}
