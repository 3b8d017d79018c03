import type { Sql } from './sql.ts';

/** A value that may cross from the engine: the last SELECT casts every column to DOUBLE, INTEGER, BOOLEAN or VARCHAR. */
export type Cell = string | number | boolean | null;

/** One row, by column name in camelCase (`recency_days` → `recencyDays`). */
export type Row = Readonly<Record<string, Cell>>;

/** A column: DOUBLE and INTEGER arrive as typed arrays (a missing number is NaN in a Float64Array), all else as an array. */
export type Column = Float64Array | Int32Array | readonly (string | null)[] | readonly (boolean | null)[];

/** Columns to insert: Float64Array → DOUBLE (NaN → NULL), Int32Array → INTEGER, strings → VARCHAR. */
export type NewColumns = Readonly<Record<string, Float64Array | Int32Array | readonly (string | null)[]>>;

/** A file the engine may read: a Blob, and on native DuckDB the path it has on disk where it has one. */
export interface EngineFile {
	readonly blob: Blob;
	readonly path?: string;
}

/**
 * DuckDB behind one small interface; DuckDB-WASM in the page and native DuckDB headless and in tests.
 * Every implementation is locked down before it opens a file: no network, no other files, no extensions, no settings.
 * Queries run one at a time, in the order in which they were asked. A failure is an `engine.*` AppError.
 */
export interface Engine {
	/** Runs a statement for its effect. */
	exec(query: Sql, signal?: AbortSignal): Promise<void>;
	/** The rows of a small result. */
	rows<R extends object = Row>(query: Sql, signal?: AbortSignal): Promise<R[]>;
	/** The columns of a result, by name in camelCase. */
	columns(query: Sql, signal?: AbortSignal): Promise<ReadonlyMap<string, Column>>;
	/**
	 * Drops the table of that name, in whichever database it lies, and answers the name to create it by in the given
	 * one. Queries then find it by schema and name.
	 */
	place(database: Database, schema: string, table: string): Promise<Sql>;
	/** Replaces a table by the given columns, all of one length. */
	insert(schema: string, table: string, columns: NewColumns): Promise<void>;
	/** Makes a file readable, in place of one of the same name; the answer is the path to use in `read_csv`. */
	openFile(name: string, file: EngineFile): Promise<string>;
	/** Forgets a file, by the name that `openFile` was given. */
	closeFile(name: string): Promise<void>;
	/** `library_version` of the engine. */
	version(): Promise<string>;
	/** Ends the engine at once: a query that runs, and every later one, fails. */
	close(): Promise<void>;
}

/** The DuckDB that both engines are: one constant, asserted by a test on each. */
export const ENGINE_VERSION = 'v1.4.3';

/** The schemas of the pipeline; each step writes only to its own. Both databases have them all. */
export const SCHEMAS = ['import', 'clean', 'files', 'saved', 'features', 'segment'] as const;

/**
 * The two databases of an engine, both in memory. New tables go to `memory`. Tables of `packed` are compressed, which
 * makes them several times smaller and slower to write: for what is too big otherwise. A name without its database is
 * looked for in `memory` first, so queries need not know where a table lies; only who creates it does. The engine
 * compresses what has been committed, some 16 MB at a time: a big table is to be written by several statements.
 */
export const DATABASES = ['memory', 'packed'] as const;
export type Database = (typeof DATABASES)[number];
