import { AppError, isAbort, notice, type Notice } from '#lib/core/errors.ts';
import { errorWords } from '#lib/core/messages.ts';
import { DATABASES, type Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { fileViews } from './files.sql.ts';
import type { QueryResult, SavedQuery } from './schema.ts';
import { describeSelect, selectOf, type ResultColumn } from './workspace.ts';

type QueryContext = Pick<StepContext, 'engine' | 'signal' | 'onProgress'>;

/** The tables and views of one schema that are there, by name. */
interface Existing {
	readonly name: string;
	readonly isView: boolean;
}

/**
 * Makes `files.*`, the sources under their own names, and `saved.*`, the results of saved queries, in the order in which they
 * were saved. A query that does not run says why in its result; the others run on without it.
 * @param reserved names that a feature cannot have
 */
export async function runQueries(
	context: QueryContext,
	queries: readonly SavedQuery[],
	sources: readonly SourceParams[],
	clean: CleanResult,
	reserved: readonly string[]
): Promise<QueryResult[]> {
	const { engine, signal, onProgress } = context;
	await dropOthers(engine, signal);
	for (const view of fileViews(sources, clean)) await engine.exec(view, signal);
	const results: QueryResult[] = [];
	for (const query of queries) {
		onProgress({ what: `Running ${query.title}`, share: null });
		results.push(await runOne(context, query, reserved));
	}
	return results;
}

/** What the user should know about saved queries: those that give nothing, and why. */
export function queryNotices(queries: readonly SavedQuery[], results: readonly QueryResult[]): Notice[] {
	return results.flatMap(({ id: queryId, problem }) => {
		const query = queries.find((each) => each.id === queryId);
		return problem === null || query === undefined
			? []
			: [notice('queries.failed', { title: query.title, problem })];
	});
}

async function runOne(
	context: QueryContext,
	query: SavedQuery,
	reserved: readonly string[]
): Promise<QueryResult> {
	const none = { id: query.id, rows: 0, columns: [] };
	try {
		return { ...none, ...(await saveAs[query.use](context, query, reserved)), problem: null };
	} catch (error) {
		if (isAbort(error) || !(error instanceof AppError)) throw error;
		const { title, why } = errorWords(error);
		return { ...none, problem: `${title} ${why}` };
	}
}

type Saved = Pick<QueryResult, 'rows' | 'columns'>;

const saveAs: Readonly<
	Record<
		SavedQuery['use'],
		(context: QueryContext, query: SavedQuery, reserved: readonly string[]) => Promise<Saved>
	>
> = {
	table: saveTable,
	feature: saveFeature,
	segment: saveSegment
};

/** A view, so that it costs nothing until something reads it. */
async function saveTable({ engine, signal }: QueryContext, query: SavedQuery): Promise<Saved> {
	const columns = await describeSelect(engine, query.sql, signal);
	await engine.exec(
		sql`CREATE OR REPLACE VIEW ${id('saved', query.name)} AS FROM ${selectOf(query.sql)}`,
		signal
	);
	return { rows: await countRows(engine, query, signal), columns: columns.map(({ name }) => name) };
}

/** Every number beside `customer_id` becomes a feature: called like the query where it is the only one. */
async function saveFeature(
	{ engine, signal }: QueryContext,
	query: SavedQuery,
	reserved: readonly string[]
): Promise<Saved> {
	const columns = await customerColumns(engine, query, signal);
	const numbers = columns.filter(({ isNumber, name }) => isNumber && name !== 'customer_id');
	if (numbers.length === 0) throw notAFeature(query, 'Found no number beside customer_id.');
	const features = numbers.map(({ name }) =>
		numbers.length === 1 ? query.name : `${query.name}_${slug(name)}`
	);
	const taken = features.filter(
		(feature, i) => features.indexOf(feature) !== i || reserved.includes(feature)
	);
	if (taken.length > 0) throw notAFeature(query, `There is a feature ${taken.join(', ')} already.`);
	const values = numbers.map(({ name }, i) => as(sql`${id(name)}::DOUBLE`, features[i] ?? name));
	await create(
		engine,
		query,
		sql`SELECT customer_id::VARCHAR AS customer_id, ${join(values, ', ')} FROM ${selectOf(query.sql)}
			WHERE customer_id IS NOT NULL`,
		signal
	);
	const [twice] = await engine.rows<{ customers: number }>(
		sql`SELECT (count(*) - count(DISTINCT customer_id))::INTEGER AS customers FROM ${id('saved', query.name)} ORDER BY 1`,
		signal
	);
	if (twice && twice.customers > 0) {
		await engine.place('memory', 'saved', query.name);
		throw notAFeature(query, `Found ${twice.customers} rows of customers who have a row already.`);
	}
	return { rows: await countRows(engine, query, signal), columns: features };
}

/** The customers with orders who are in the result, each once. */
async function saveSegment({ engine, signal }: QueryContext, query: SavedQuery): Promise<Saved> {
	await customerColumns(engine, query, signal);
	await create(
		engine,
		query,
		sql`SELECT customer_id FROM clean.customers
			WHERE customer_id IN (SELECT customer_id::VARCHAR FROM ${selectOf(query.sql)}) ORDER BY idx`,
		signal
	);
	return { rows: await countRows(engine, query, signal), columns: ['customer_id'] };
}

async function customerColumns(
	engine: Engine,
	query: SavedQuery,
	signal: AbortSignal
): Promise<readonly ResultColumn[]> {
	const columns = await describeSelect(engine, query.sql, signal);
	const names = columns.map(({ name }) => name);
	if (!names.includes('customer_id'))
		throw new AppError('sql.no-customer-id', { name: query.title, columns: names });
	return columns;
}

function notAFeature({ title }: SavedQuery, problem: string): AppError<'sql.not-a-feature'> {
	return new AppError('sql.not-a-feature', { name: title, problem });
}

async function create(engine: Engine, query: SavedQuery, content: Sql, signal: AbortSignal): Promise<void> {
	const target = await engine.place('memory', 'saved', query.name);
	await engine.exec(sql`CREATE TABLE ${target} AS ${content}`, signal);
}

async function countRows(engine: Engine, { name }: SavedQuery, signal: AbortSignal): Promise<number> {
	const [row] = await engine.rows<{ count: number }>(
		sql`SELECT count(*)::INTEGER AS count FROM ${id('saved', name)} ORDER BY count`,
		signal
	);
	return row?.count ?? 0;
}

/** A column name as the end of a feature id: `Average basket (€)` → `average_basket`. */
function slug(name: string): string {
	const plain = name
		.normalize('NFKD')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '_');
	return plain.replaceAll(/^_+|_+$/g, '') || 'value';
}

/** Takes out what earlier runs left in `files` and `saved`, the last one first: views may read each other. */
async function dropOthers(engine: Engine, signal: AbortSignal): Promise<void> {
	for (const database of DATABASES) {
		for (const schema of ['saved', 'files'] as const) {
			const found = await engine.rows<Existing>(existing(database, schema), signal);
			for (const { name, isView } of found) {
				await engine.exec(
					sql`DROP ${isView ? sql`VIEW` : sql`TABLE`} IF EXISTS ${id(database, schema, name)}`,
					signal
				);
			}
		}
	}
}

/** One row per table or view of a schema. Names with `_` in front are not ours. */
function existing(database: string, schema: string): Sql {
	return sql`
		SELECT name::VARCHAR AS name, is_view::BOOLEAN AS is_view FROM (
			SELECT table_name AS name, false AS is_view FROM duckdb_tables()
			WHERE database_name = ${database} AND schema_name = ${schema}
			UNION ALL
			SELECT view_name, true FROM duckdb_views() WHERE database_name = ${database} AND schema_name = ${schema}
		) WHERE NOT starts_with(name, '_') ORDER BY is_view DESC, name`;
}
