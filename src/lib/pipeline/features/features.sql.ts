import type { Day } from '#lib/core/days.ts';
import { as, day, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { OwnFeatures } from '#lib/pipeline/queries/schema.ts';
import { rowsOf, type FeatureBase, type FeatureScope } from './bases/base.ts';
import { BASES } from './bases/index.ts';
import { orders } from './bases/orders.ts';
import type { FeatureDefinition, FeaturePart } from './definitions/definition.ts';
import type { FeatureParams } from './schema.ts';

/** What a table of features is made of. */
export interface FeatureTable {
	/** Schema and name. */
	readonly table: readonly [string, string];
	/** In the order of the columns. */
	readonly definitions: readonly FeatureDefinition[];
	/** What `definitions` are made of and what gets no column, besides those they have themselves; all with a base. */
	readonly parts: readonly FeaturePart[];
	readonly own: readonly OwnFeatures[];
	readonly asOf: Day;
	readonly params: FeatureParams;
}

/**
 * A table with `idx`, `customer_id` and a column for every definition: one row per customer with an order before `asOf`;
 * nothing from that day on is seen. Every base is read once, and people without rows in it get what the feature says.
 */
export function createFeatures(made: FeatureTable): Sql {
	const bases = basesOf(made);
	return describeCustomers(made, [...rowStages(bases, made), ...bases.map((base) => namedStage(base, made))]);
}

/**
 * The same in several statements, one for each base besides orders, so that no two stand in memory at a time: of two million
 * orders and events, all bases at once are too much for a browser. The last ones drop the tables between; what a run that is
 * cancelled leaves of them, the next one replaces.
 */
export function featureStatements(made: FeatureTable): Sql[] {
	const others = basesOf(made).filter((base) => base !== orders);
	const staged = others.map((base) => {
		const rows = rowStages([base], made);
		return sql`CREATE OR REPLACE TABLE ${stagedTable(made, base)} AS WITH ${join(rows, ', ')} ${stageOf(base, made)}`;
	});
	const read = others.map(
		(base) => sql`${id(stageName(base))} AS (SELECT * FROM ${stagedTable(made, base)})`
	);
	const last = describeCustomers(made, [...rowStages([orders], made), namedStage(orders, made), ...read]);
	return [...staged, last, ...others.map((base) => sql`DROP TABLE ${stagedTable(made, base)}`)];
}

function basesOf({ definitions, parts }: FeatureTable): FeatureBase[] {
	const needed = [...definitions, ...parts];
	return BASES.filter((base) => base === orders || needed.some((each) => each.base === base));
}

/** The rows of bases, and of those they are over. */
function rowStages(bases: readonly FeatureBase[], made: FeatureTable): Sql[] {
	const read = BASES.filter((base) => bases.some((each) => each === base || each.over === base));
	return read.map((base) => sql`${rowsOf(base)} AS (${base.sql(scopeOf(made))})`);
}

function scopeOf({ asOf, params }: FeatureTable): FeatureScope {
	return { asOf: day(asOf), params };
}

function stagedTable({ table: [schema, name] }: FeatureTable, base: FeatureBase): Sql {
	return id(schema, `_${name}_${base.id}`);
}

/** The table itself, from `stages` that hold one of each base. */
function describeCustomers(made: FeatureTable, stages: readonly Sql[]): Sql {
	const { table, definitions, parts, own } = made;
	const joined = basesOf(made)
		.filter((base) => base !== orders)
		.map((base) => sql`LEFT JOIN ${id(stageName(base))} USING (customer_id)`);
	const values = [...definitions, ...parts]
		.filter(({ base }) => base !== null)
		.map((each) =>
			each.absent === null ? id(each.id) : as(sql`coalesce(${id(each.id)}, ${each.absent})`, each.id)
		);
	const columns = definitions.map((each) =>
		each.base === null ? as(cast(each, each.sql(scopeOf(made))), each.id) : id(each.id)
	);
	const owned = own.flatMap(({ missing, features }) =>
		features.map((feature) =>
			missing === 'zero' ? as(sql`coalesce(${id(feature.id)}, 0)`, feature.id) : id(feature.id)
		)
	);
	const saved = own.map(({ name }) => sql`LEFT JOIN ${id('saved', name)} USING (customer_id)`);
	return sql`
		CREATE OR REPLACE TABLE ${id(...table)} AS
		WITH ${join(stages, ', ')},
		described AS (
			SELECT (row_number() OVER (ORDER BY customers.idx) - 1)::INTEGER AS idx, customer_id${listed(values)}
			FROM ${id(stageName(orders))} JOIN clean.customers customers USING (customer_id) ${join(joined, '\n')}
		)
		SELECT idx, customer_id${listed([...columns, ...owned])}
		FROM described ${join(saved, '\n')}
		ORDER BY idx`;
}

function namedStage(base: FeatureBase, made: FeatureTable): Sql {
	return sql`${id(stageName(base))} AS (
			${stageOf(base, made)}
		)`;
}

/** One row per customer with the features of a base; of orders, per customer who has bought. */
function stageOf(base: FeatureBase, made: FeatureTable): Sql {
	const values = [...made.definitions, ...made.parts]
		.filter((each) => each.base === base)
		.map((each) => as(cast(each, each.sql(scopeOf(made))), each.id));
	const bought = base === orders ? sql`HAVING count_if(NOT is_return) > 0` : sql``;
	return sql`SELECT customer_id${listed(values)} FROM ${rowsOf(base)} WHERE customer_id IS NOT NULL
			GROUP BY customer_id ${bought}`;
}

function stageName(base: FeatureBase): string {
	return `of_${base.id}`;
}

function cast({ kind }: FeaturePart, value: Sql): Sql {
	return kind === 'text' ? sql`(${value})::VARCHAR` : sql`(${value})::DOUBLE`;
}

/** The columns with a comma before each. */
function listed(columns: readonly Sql[]): Sql {
	return columns.length === 0 ? sql`` : sql`, ${join(columns, ', ')}`;
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

/** The chosen columns, in the order of `idx`. One row per customer. */
export function selectFeatures(table: readonly [string, string], features: readonly string[]): Sql {
	const columns = features.map((feature) => as(sql`${id(feature)}::DOUBLE`, feature));
	return sql`SELECT ${join(columns, ', ')} FROM ${id(...table)} ORDER BY idx`;
}

/** The names of the columns of numbers there are. One row per column. */
export function featureColumns([schema, name]: readonly [string, string]): Sql {
	return sql`
		SELECT column_name::VARCHAR AS name FROM duckdb_columns()
		WHERE schema_name = ${schema} AND table_name = ${name} AND column_name NOT IN ('idx', 'customer_id')
			AND data_type = 'DOUBLE'
		ORDER BY column_index`;
}

/** How many customers have no value, by feature. One row. */
export function countMissing(table: readonly [string, string], features: readonly string[]): Sql {
	const counts = features.map((feature, i) => as(sql`count_if(${id(feature)} IS NULL)::INTEGER`, `n${i}`));
	return sql`SELECT ${join(counts, ', ')} FROM ${id(...table)} ORDER BY 1`;
}
