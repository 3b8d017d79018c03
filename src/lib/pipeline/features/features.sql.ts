import type { Day } from '#lib/core/days.ts';
import { as, day, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { OwnFeatures } from '#lib/pipeline/queries/schema.ts';
import type { FeatureDefinition } from './definitions/definition.ts';

/** `features.customers`: one row per customer with an order before `asOf`; orders from that day on are not seen. */
export function createFeatures(
	definitions: readonly FeatureDefinition[],
	asOf: Day,
	own: readonly OwnFeatures[]
): Sql {
	const values = definitions.map((definition) =>
		as(sql`(${definition.sql(day(asOf))})::DOUBLE`, definition.id)
	);
	const columns = [
		...definitions.map((definition) => id(definition.id)),
		...own.flatMap(({ missing, features }) =>
			features.map((feature) =>
				missing === 'zero' ? as(sql`coalesce(${id(feature.id)}, 0)`, feature.id) : id(feature.id)
			)
		)
	];
	const joined = own.map(({ name }) => sql`LEFT JOIN ${id('saved', name)} USING (customer_id)`);
	return sql`
		CREATE OR REPLACE TABLE features.customers AS
		WITH known AS (
			SELECT customer_id, ${join(values, ', ')}
			FROM clean.orders WHERE ordered_at < ${day(asOf)}
			GROUP BY customer_id HAVING count_if(NOT is_return) > 0
		)
		SELECT (row_number() OVER (ORDER BY customers.idx) - 1)::INTEGER AS idx, customer_id, ${join(columns, ', ')}
		FROM known JOIN clean.customers customers USING (customer_id) ${join(joined, '\n')}
		ORDER BY idx`;
}

/** What the orders hold before and after a day. One row. */
export function countOrders(asOf: Day): Sql {
	const before = sql`ordered_at < ${day(asOf)}`;
	return sql`
		SELECT count(*) FILTER (WHERE ${before} AND NOT is_return)::INTEGER AS orders,
			count(*) FILTER (WHERE NOT (${before}) AND NOT is_return)::INTEGER AS orders_after
		FROM clean.orders ORDER BY orders`;
}

/** Customers of `features.customers` and their revenue (NULL without amounts). One row. */
export function countCustomers(hasAmount: boolean): Sql {
	const revenue = hasAmount ? sql`sum(monetary_total)` : sql`NULL`;
	return sql`SELECT count(*)::INTEGER AS customers, (${revenue})::DOUBLE AS revenue FROM features.customers ORDER BY customers`;
}

/** True when any loaded row told a quantity. One row. */
export function hasItems(): Sql {
	return sql`SELECT (count(item_count) > 0)::BOOLEAN AS has_items FROM clean.orders ORDER BY has_items`;
}

/** The chosen columns, in the order of `idx`. One row per customer. */
export function selectFeatures(features: readonly string[]): Sql {
	const columns = features.map((feature) => as(sql`${id(feature)}::DOUBLE`, feature));
	return sql`SELECT ${join(columns, ', ')} FROM features.customers ORDER BY idx`;
}

/** The names of the feature columns there are. One row per column. */
export function featureColumns(): Sql {
	return sql`
		SELECT column_name::VARCHAR AS name FROM duckdb_columns()
		WHERE schema_name = 'features' AND table_name = 'customers' AND column_name NOT IN ('idx', 'customer_id')
		ORDER BY column_index`;
}

/** How many customers have no value, by feature. One row. */
export function countMissing(features: readonly string[]): Sql {
	const counts = features.map((feature, i) => as(sql`count_if(${id(feature)} IS NULL)::INTEGER`, `n${i}`));
	return sql`SELECT ${join(counts, ', ')} FROM features.customers ORDER BY 1`;
}
