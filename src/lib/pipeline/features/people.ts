import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, list, sql } from '#lib/engine/sql.ts';
import type { ContactRole } from '#lib/pipeline/clean/contacts.sql.ts';
import { knownName } from '#lib/pipeline/clean/known-name.sql.ts';
import type { FeatureColumn } from './spread.ts';

/** A customer and the value of a feature. */
export interface CustomerValue {
	readonly idx: number;
	readonly customerId: string;
	/** The name, else the email, else the id. */
	readonly person: string;
	readonly value: number;
}

/** The customers with the highest and with the lowest values of a feature of numbers, each at most `count`. */
export interface Extremes {
	readonly highest: readonly CustomerValue[];
	readonly lowest: readonly CustomerValue[];
}

/**
 * Who has the highest and the lowest values; equal values in the order of customer ids.
 * @param contactRoles the columns of `clean.contacts`; none before the details are collected
 */
export async function findExtremes(
	engine: Engine,
	column: FeatureColumn,
	contactRoles: readonly ContactRole[],
	count: number,
	signal: AbortSignal
): Promise<Extremes> {
	const part = (side: 'highest' | 'lowest') => sql`
		SELECT * FROM (
			SELECT ${side} AS side, f.idx AS idx, f.customer_id AS customer_id, f.${id(column.id)} AS value
			FROM ${id(...column.table)} f WHERE f.${id(column.id)} IS NOT NULL
			ORDER BY value ${side === 'highest' ? sql`DESC` : sql`ASC`}, idx LIMIT ${count}
		)`;
	const hasContacts = contactRoles.length > 0;
	const contacts = hasContacts ? sql`LEFT JOIN clean.contacts c ON c.customer_id = e.customer_id` : sql``;
	const rows = await engine.rows<CustomerValue & { readonly side: string }>(
		sql`
			SELECT e.side::VARCHAR AS side, e.idx::INTEGER AS idx, e.customer_id::VARCHAR AS customer_id,
				coalesce(${hasContacts ? knownName('c', contactRoles) : sql`NULL`}, e.customer_id)::VARCHAR AS person,
				e.value::DOUBLE AS value
			FROM (${join([part('highest'), part('lowest')], ' UNION ALL ')}) e ${contacts}
			ORDER BY e.side, CASE e.side WHEN 'highest' THEN -e.value ELSE e.value END, e.idx`,
		signal
	);
	const of = (side: string) =>
		rows
			.filter((row) => row.side === side)
			.map(({ idx, customerId, person, value }) => ({ idx, customerId, person, value }));
	return { highest: of('highest'), lowest: of('lowest') };
}

/** A customer as lists show one. */
export type NamedCustomer = Pick<CustomerValue, 'customerId' | 'person'>;

/** What some customers are called, by `idx`. */
export async function namesOf(
	engine: Engine,
	indices: readonly number[],
	contactRoles: readonly ContactRole[],
	signal: AbortSignal
): Promise<Map<number, NamedCustomer>> {
	const hasContacts = contactRoles.length > 0;
	const rows = await engine.rows<NamedCustomer & { readonly idx: number }>(
		sql`
			SELECT f.idx::INTEGER AS idx, f.customer_id::VARCHAR AS customer_id,
				coalesce(${hasContacts ? knownName('c', contactRoles) : sql`NULL`}, f.customer_id)::VARCHAR AS person
			FROM features.customers f ${hasContacts ? sql`LEFT JOIN clean.contacts c ON c.customer_id = f.customer_id` : sql``}
			WHERE f.idx IN ${list(indices)} ORDER BY f.idx`,
		signal
	);
	return new Map(rows.map(({ idx, customerId, person }) => [idx, { customerId, person }]));
}

/** The ids of the customers with a text, in the order of `idx`. */
export async function customersWithText(
	engine: Engine,
	{ id: feature, table }: FeatureColumn,
	text: string,
	signal: AbortSignal
): Promise<string[]> {
	const rows = await engine.rows<{ customerId: string }>(
		sql`
			SELECT customer_id::VARCHAR AS customer_id FROM ${id(...table)}
			WHERE ${id(feature)} = ${text} ORDER BY idx`,
		signal
	);
	return rows.map(({ customerId }) => customerId);
}

/** What a customer has of each feature, by its id; features without a value are left out. */
export async function valuesOfCustomer(
	engine: Engine,
	columns: readonly FeatureColumn[],
	customerId: string,
	signal: AbortSignal
): Promise<Map<string, number | string>> {
	const found = new Map<string, number | string>();
	for (const own of byTable(columns)) {
		const [first] = own;
		if (first === undefined) continue;
		const values = own.map(({ id: feature, kind }, i) =>
			as(kind === 'text' ? sql`${id(feature)}::VARCHAR` : sql`${id(feature)}::DOUBLE`, `v${i}`)
		);
		const [row] = await engine.rows<Record<string, number | string | null>>(
			sql`SELECT ${join(values, ', ')} FROM ${id(...first.table)} WHERE customer_id = ${customerId} ORDER BY 1`,
			signal
		);
		own.forEach((column, i) => {
			const value = row?.[`v${i}`] ?? null;
			if (value !== null) found.set(column.id, value);
		});
	}
	return found;
}

function byTable(columns: readonly FeatureColumn[]): FeatureColumn[][] {
	const tables = new Map<string, FeatureColumn[]>();
	for (const column of columns) {
		const key = column.table.join('.');
		tables.set(key, [...(tables.get(key) ?? []), column]);
	}
	return [...tables.values()];
}
