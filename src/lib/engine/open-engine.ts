import { AppError } from '#lib/core/errors.ts';
import { decodeColumns, decodeRows, type Result } from './decode.ts';
import {
	DATABASES,
	SCHEMAS,
	type Column,
	type Database,
	type Engine,
	type EngineFile,
	type NewColumns,
	type Row
} from './engine.ts';
import { explainError } from './explain-error.ts';
import { lockdownStatements, type LockdownSettings } from './lockdown.ts';
import { SerialQueue } from './serial-queue.ts';
import { id, sql, type Sql } from './sql.ts';

/** What differs between DuckDB in the page, in Node and in tests. Calls never overlap. */
export interface Backend {
	/** Runs one statement. Rejects with the reason of the signal once the statement has been stopped. */
	run(query: string, signal?: AbortSignal): Promise<Result>;
	/** Creates the table, which does not exist, and fills it. The columns are of one length; there is at least one. */
	createTable(schema: string, table: string, columns: NewColumns): Promise<void>;
	/** Makes a file readable under a path that it returns; `key` is a plain name, different for every file. */
	registerFile(key: string, file: EngineFile): Promise<string>;
	/** Forgets the file of that path. */
	dropFile(path: string): Promise<void>;
	close(): Promise<void>;
}

/** Locks a fresh DuckDB down, with the databases and schemas of the pipeline, and puts the `Engine` interface in front. */
export async function openEngine(backend: Backend, settings: LockdownSettings): Promise<Engine> {
	const engine = new BackendEngine(backend);
	for (const statement of [...databaseStatements(), ...lockdownStatements(settings)]) {
		await engine.exec(statement);
	}
	return engine;
}

/** For the time before the lockdown, which shuts the search path with all other settings. */
function databaseStatements(): Sql[] {
	const schemas = DATABASES.flatMap((database) => SCHEMAS.map((schema) => [database, schema] as const));
	const path = ['memory.main', ...schemas.map((names) => names.join('.'))].join(',');
	return [
		sql`ATTACH ':memory:' AS packed (COMPRESS)`,
		...schemas.map((names) => sql`CREATE SCHEMA ${id(...names)}`),
		sql`SET search_path = ${path}`
	];
}

class BackendEngine implements Engine {
	readonly #backend: Backend;
	readonly #queue = new SerialQueue();
	readonly #paths = new Map<string, string>();
	#filesOpened = 0;
	#closed = false;

	constructor(backend: Backend) {
		this.#backend = backend;
	}

	async exec(query: Sql, signal?: AbortSignal): Promise<void> {
		await this.#run(query, signal);
	}

	async rows<R extends object = Row>(query: Sql, signal?: AbortSignal): Promise<R[]> {
		return decodeRows(await this.#run(query, signal)) as R[];
	}

	async columns(query: Sql, signal?: AbortSignal): Promise<ReadonlyMap<string, Column>> {
		return decodeColumns(await this.#run(query, signal));
	}

	async place(database: Database, schema: string, table: string): Promise<Sql> {
		for (const drop of dropStatements(schema, table)) await this.exec(drop);
		return id(database, schema, table);
	}

	async insert(schema: string, table: string, columns: NewColumns): Promise<void> {
		assertOneLength(columns);
		await this.#add(
			async () => {
				for (const drop of dropStatements(schema, table)) await this.#backend.run(drop.text);
				await this.#backend.createTable(schema, table, columns);
			},
			`INSERT INTO ${id(schema, table).text}`
		);
	}

	async openFile(name: string, file: EngineFile): Promise<string> {
		await this.closeFile(name);
		this.#filesOpened += 1;
		// Names come from users: a path made of one could leave the directory or be read as a pattern.
		const key = `file-${this.#filesOpened}`;
		const path = await this.#add(() => this.#backend.registerFile(key, file), '');
		this.#paths.set(name, path);
		return path;
	}

	async closeFile(name: string): Promise<void> {
		const path = this.#paths.get(name);
		if (path === undefined) return;
		this.#paths.delete(name);
		await this.#add(() => this.#backend.dropFile(path), '');
	}

	async version(): Promise<string> {
		const [row] = await this.rows<{ version: string }>(
			sql`SELECT library_version::VARCHAR AS version FROM pragma_version() ORDER BY version`
		);
		return row?.version ?? '';
	}

	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		await this.#backend.close();
	}

	#run(query: Sql, signal?: AbortSignal): Promise<Result> {
		return this.#add(() => this.#backend.run(query.text, signal), query.text, signal);
	}

	async #add<T>(job: () => Promise<T>, text: string, signal?: AbortSignal): Promise<T> {
		try {
			return await this.#queue.add(() => {
				if (this.#closed) throw new AppError('engine.unavailable', { reason: 'the engine has been closed' });
				return job();
			}, signal);
		} catch (error) {
			throw signal?.aborted && error === signal.reason ? error : explainError(error, text);
		}
	}
}

function dropStatements(schema: string, table: string): Sql[] {
	return DATABASES.map((database) => sql`DROP TABLE IF EXISTS ${id(database, schema, table)}`);
}

function assertOneLength(columns: NewColumns): void {
	const lengths = new Set(Object.values(columns).map((column) => column.length));
	if (lengths.size !== 1)
		throw new RangeError(`columns of one length expected, found ${[...lengths].join(', ')}`);
}
