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
	return describeCustomers(made, bases, [
		...rowStages(bases, made),
		...bases.map((base) => namedStage(base, made))
	]);
}

/** Statements that make a table, and those that drop what stands in between, whether all of it was made or not. */
export interface FeatureStatements {
	readonly make: readonly Sql[];
	readonly drop: readonly Sql[];
}

/**
 * The same in several statements, one for each base and those over it, so that no two stand in memory at a time: of two
 * million orders and events, all bases at once are too much for a browser.
 */
export function featureStatements(made: FeatureTable): FeatureStatements {
	const read = [...new Set(basesOf(made).map(readBy))];
	const staged = read.map((base) => createStage(base, made));
	const stages = read.map(
		(base) => sql`${id(stageName(base))} AS (SELECT * FROM ${stagedTable(made, base)})`
	);
	return {
		make: [...staged, describeCustomers(made, read, stages)],
		drop: read.map((base) => sql`DROP TABLE IF EXISTS ${stagedTable(made, base)}`)
	};
}

function basesOf({ definitions, parts }: FeatureTable): FeatureBase[] {
	const needed = [...definitions, ...parts];
	return BASES.filter((base) => base === orders || needed.some((each) => each.base === base));
}

/** The base that reads the tables for a base. */
function readBy(base: FeatureBase): FeatureBase {
	return base.over ?? base;
}

/** A table of one row per customer, with the features of all that one base reads the tables for. */
function createStage(read: FeatureBase, made: FeatureTable): Sql {
	const bases = basesOf(made).filter((base) => readBy(base) === read);
	const stages = [...rowStages(bases, made), ...bases.map((base) => namedStage(base, made))];
	const [first, ...others] = bases.map((base) => id(stageName(base)));
	// Orders come first and say who is a customer; of what else somebody has, any may be missing.
	const how = read === orders ? sql`LEFT` : sql`FULL`;
	const joined = others.map((stage) => sql`${how} JOIN ${stage} USING (customer_id)`);
	return sql`CREATE OR REPLACE TABLE ${stagedTable(made, read)} AS
		WITH ${join(stages, ', ')}
		SELECT * FROM ${first ?? id(stageName(read))} ${join(joined, '\n')}`;
}

/** The rows of bases, and of those they are over. Those that others read are put in the order of customers: they are then grouped faster. */
function rowStages(bases: readonly FeatureBase[], made: FeatureTable): Sql[] {
	const read = BASES.filter((base) => bases.some((each) => each === base || each.over === base));
	return read.map((base) => {
		const rows = base.sql(scopeOf(made));
		const isShared = bases.some(({ over }) => over === base);
		return isShared
			? sql`${rowsOf(base)} AS (SELECT * FROM (${rows}) ORDER BY customer_id)`
			: sql`${rowsOf(base)} AS (${rows})`;
	});
}

function scopeOf({ asOf, params }: FeatureTable): FeatureScope {
	return { asOf: day(asOf), params };
}

function stagedTable({ table: [schema, name] }: FeatureTable, base: FeatureBase): Sql {
	return id(schema, `_${name}_${base.id}`);
}

/** The table itself, from `stages` that end with one of each of `bases`: one row per customer. */
function describeCustomers(made: FeatureTable, bases: readonly FeatureBase[], stages: readonly Sql[]): Sql {
	const { table, definitions, parts, own } = made;
	const joined = bases
		.filter((base) => base !== orders)
		.map((base) => sql`LEFT JOIN ${id(stageName(base))} USING (customer_id)`);
	const values = [...definitions, ...parts]
		.filter(({ base }) => base !== null)
		.map((each) =>
			each.absent === null ? id(each.id) : as(sql`coalesce(${id(each.id)}, ${each.absent})`, each.id)
		);
	// Apart from the others, so that windows over everybody carry few columns.
	const composed = definitions
		.filter(({ base }) => base === null)
		.map((each) => as(cast(each, each.sql(scopeOf(made))), each.id));
	const owned = own.flatMap(({ missing, features }) =>
		features.map((feature) =>
			missing === 'zero' ? as(sql`coalesce(${id(feature.id)}, 0)`, feature.id) : id(feature.id)
		)
	);
	const saved = own.map(({ name }) => sql`LEFT JOIN ${id('saved', name)} USING (customer_id)`);
	const composedStage = sql`, composed AS (SELECT idx${listed(composed)} FROM described)`;
	const hasComposed = composed.length > 0;
	return sql`
		CREATE OR REPLACE TABLE ${id(...table)} AS
		WITH ${join(stages, ', ')},
		people AS (
			SELECT (row_number() OVER (ORDER BY customers.idx) - 1)::INTEGER AS idx, customer_id
			FROM ${id(stageName(orders))} JOIN clean.customers customers USING (customer_id)
		),
		described AS (
			SELECT idx, customer_id${listed(values)}
			FROM people JOIN ${id(stageName(orders))} USING (customer_id) ${join(joined, '\n')}
		)${hasComposed ? composedStage : sql``}
		SELECT idx, customer_id${listed([...definitions.map((each) => id(each.id)), ...owned])}
		FROM described ${hasComposed ? sql`JOIN composed USING (idx)` : sql``} ${join(saved, '\n')}
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
