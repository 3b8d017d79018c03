import type { Engine } from '#lib/engine/engine.ts';
import { list, sql } from '#lib/engine/sql.ts';
import { FILE_COLUMN_WORDS, TABLE_WORDS } from './table-words.ts';

/** The schemas that hold tables for a user's queries, in the order in which they are shown. */
export const USER_SCHEMAS = ['files', 'saved', 'clean', 'features', 'segment'] as const;
export type UserSchema = (typeof USER_SCHEMAS)[number];

export interface CatalogColumn {
	readonly name: string;
	/** As the engine calls it: `DECIMAL(18,4)`. */
	readonly type: string;
	/** What it is; empty where its name says it. */
	readonly words: string;
}

/** A table or view that a query may read. */
export interface CatalogTable {
	readonly schema: UserSchema;
	readonly name: string;
	readonly words: string;
	/** Null where nobody counted: a view. */
	readonly rows: number | null;
	readonly columns: readonly CatalogColumn[];
}

interface FoundColumn {
	readonly schema: UserSchema;
	readonly tableName: string;
	readonly columnName: string;
	readonly type: string;
	readonly rows: number | null;
}

/**
 * The tables for the user's queries with their columns: files, saved queries, and the tables of the pipeline that
 * `TABLE_WORDS` names, in this order. Tables that only the pipeline needs are left out; a query may read them all the same.
 */
export async function readCatalog(engine: Engine, signal?: AbortSignal): Promise<CatalogTable[]> {
	const found = await engine.rows<FoundColumn>(
		sql`
			SELECT c.schema_name::VARCHAR AS schema, c.table_name::VARCHAR AS table_name,
				c.column_name::VARCHAR AS column_name, c.data_type::VARCHAR AS type, t.estimated_size::DOUBLE AS rows
			FROM duckdb_columns() c
			LEFT JOIN duckdb_tables() t USING (database_name, schema_name, table_name)
			WHERE c.schema_name IN ${list(USER_SCHEMAS)} AND NOT starts_with(c.table_name, '_')
			ORDER BY c.schema_name, c.table_name, c.column_index`,
		signal
	);
	const tables = new Map<string, FoundColumn[]>();
	for (const column of found) {
		const key = `${column.schema}.${column.tableName}`;
		if (!isShown(column.schema, key)) continue;
		const columns = tables.get(key);
		if (columns) columns.push(column);
		else tables.set(key, [column]);
	}
	return [...tables.values()].map(describeTable).sort(byPlace);
}

function isShown(schema: UserSchema, key: string): boolean {
	return schema === 'files' || schema === 'saved' || key in TABLE_WORDS;
}

function describeTable(columns: readonly FoundColumn[]): CatalogTable {
	const { schema, tableName: name, rows } = columns[0] as FoundColumn;
	const words = TABLE_WORDS[`${schema}.${name}`];
	const columnWords = new Map(
		Object.entries(schema === 'files' ? FILE_COLUMN_WORDS : (words?.columns ?? {}))
	);
	return {
		schema,
		name,
		words: words?.words ?? (schema === 'files' ? 'A file, as the clean-up left it' : 'A saved query'),
		rows,
		columns: columns.map(({ columnName, type }) => ({
			name: columnName,
			type,
			words: columnWords.get(columnName) ?? ''
		}))
	};
}

const PLACES = new Map(Object.keys(TABLE_WORDS).map((key, i) => [key, i]));

function byPlace(a: CatalogTable, b: CatalogTable): number {
	const bySchema = USER_SCHEMAS.indexOf(a.schema) - USER_SCHEMAS.indexOf(b.schema);
	if (bySchema !== 0) return bySchema;
	const [first, second] = [a, b].map(({ schema, name }) => PLACES.get(`${schema}.${name}`) ?? 0);
	return (first ?? 0) - (second ?? 0) || (a.name < b.name ? -1 : 1);
}

/** A function that a query may call. */
export interface SqlFunction {
	readonly name: string;
	readonly type: 'scalar' | 'aggregate' | 'table';
	/** Names of its parameters, as far as the engine tells. */
	readonly parameters: string;
	readonly words: string;
}

/** The words of the engine's SQL, for the editor. */
export interface SqlVocabulary {
	readonly keywords: readonly string[];
	readonly types: readonly string[];
	readonly functions: readonly SqlFunction[];
}

/** Asks the engine for its keywords, types and functions, so that they are always those of this engine. */
export async function readVocabulary(engine: Engine, signal?: AbortSignal): Promise<SqlVocabulary> {
	const keywords = await engine.rows<{ word: string }>(
		sql`SELECT DISTINCT keyword_name::VARCHAR AS word FROM duckdb_keywords() ORDER BY word`,
		signal
	);
	const types = await engine.rows<{ word: string }>(
		sql`SELECT DISTINCT lower(type_name)::VARCHAR AS word FROM duckdb_types() ORDER BY word`,
		signal
	);
	const functions = await engine.rows<SqlFunction>(
		sql`
			SELECT function_name::VARCHAR AS name, min(function_type)::VARCHAR AS type,
				coalesce(first(array_to_string(parameters, ', ') ORDER BY len(parameters), function_oid), '')::VARCHAR AS parameters,
				coalesce(first(description ORDER BY function_oid) FILTER (WHERE description IS NOT NULL), '')::VARCHAR AS words
			FROM (
				SELECT function_name, parameters, description, function_oid,
					CASE function_type WHEN 'macro' THEN 'scalar' WHEN 'table_macro' THEN 'table' ELSE function_type END AS function_type
				FROM duckdb_functions() WHERE regexp_matches(function_name, '^[a-z][a-z0-9_]*$')
			)
			WHERE function_type IN ('scalar', 'aggregate', 'table')
			GROUP BY function_name ORDER BY name`,
		signal
	);
	return { keywords: keywords.map(({ word }) => word), types: types.map(({ word }) => word), functions };
}
