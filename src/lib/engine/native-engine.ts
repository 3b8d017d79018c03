import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout } from 'node:timers/promises';
import {
	DOUBLE,
	DuckDBDataChunk,
	DuckDBDoubleVector,
	DuckDBInstance,
	DuckDBIntegerVector,
	INTEGER,
	VARCHAR,
	type DuckDBConnection,
	type DuckDBResult,
	type DuckDBType,
	type DuckDBVector
} from '@duckdb/node-api';
import type { Cell, Engine, EngineFile, NewColumns } from './engine.ts';
import type { Result, ResultChunk } from './decode.ts';
import { openEngine, type Backend } from './open-engine.ts';
import { id, join as joinSql, sql, Sql } from './sql.ts';

/** Where and how native DuckDB runs. */
export interface NativeEngineOptions {
	/** An existing folder for files made readable and for what does not fit in memory; default: the system's own. */
	readonly directory?: string;
	/** In megabytes; default: the engine's own limit, which is a share of the machine's memory. */
	readonly memoryLimitMb?: number;
}

/**
 * Native DuckDB in memory, locked down as in the page. It works in a folder of its own, which `close` removes, and on one
 * thread, so that sums of floating-point numbers are the same in every run.
 */
export async function openNativeEngine(options: NativeEngineOptions = {}): Promise<Engine> {
	const directory = await mkdtemp(join(resolve(options.directory ?? tmpdir()), 'engine-'));
	const files = join(directory, 'in');
	await mkdir(files);
	const instance = await DuckDBInstance.create(':memory:', {
		threads: '1',
		temp_directory: join(directory, 'spill')
	});
	const backend = new NativeBackend(instance, await instance.connect(), directory);
	return openEngine(backend, { directory: `${files}/`, memoryLimitMb: options.memoryLimitMb ?? null });
}

class NativeBackend implements Backend {
	/** The statement that runs, if one does. */
	#running: object | null = null;

	constructor(
		readonly instance: DuckDBInstance,
		readonly connection: DuckDBConnection,
		readonly directory: string
	) {}

	async run(query: string, signal?: AbortSignal): Promise<Result> {
		signal?.throwIfAborted();
		const statement = { query };
		const stop = (): void => void this.#stop(statement);
		signal?.addEventListener('abort', stop);
		this.#running = statement;
		try {
			return await readResult(await this.connection.run(query));
		} catch (error) {
			signal?.throwIfAborted();
			throw error;
		} finally {
			this.#running = null;
			signal?.removeEventListener('abort', stop);
		}
	}

	async createTable(schema: string, table: string, columns: NewColumns): Promise<void> {
		const names = Object.keys(columns);
		const definitions = names.map((name) => new Sql(`${id(name).text} ${typeOf(columns[name]).toString()}`));
		await this.connection.run(sql`CREATE TABLE ${id(schema, table)} (${joinSql(definitions, ', ')})`.text);
		const appender = await this.connection.createAppender(table, schema);
		for (const chunk of chunksOf(Object.values(columns))) appender.appendDataChunk(chunk);
		appender.flushSync();
		appender.closeSync();
	}

	async registerFile(key: string, { blob, path }: EngineFile): Promise<string> {
		const name = join(this.directory, 'in', key);
		if (path === undefined)
			await pipeline(Readable.fromWeb(blob.stream() as ReadableStream), createWriteStream(name));
		// Windows lets few accounts make symbolic links.
		else if (process.platform === 'win32') await copyFile(path, name);
		else await symlink(resolve(path), name);
		return name;
	}

	dropFile(path: string): Promise<void> {
		return rm(path, { force: true });
	}

	async close(): Promise<void> {
		if (this.#running) await this.#stop(this.#running);
		this.connection.closeSync();
		this.instance.closeSync();
		await rm(this.directory, { recursive: true, force: true });
	}

	/** Ends a statement. An interrupt that comes while it is being prepared is lost, hence the loop. */
	async #stop(statement: object): Promise<void> {
		while (this.#running === statement) {
			this.connection.interrupt();
			await setTimeout(10);
		}
	}
}

async function readResult(result: DuckDBResult): Promise<Result> {
	const chunks = await result.fetchAllChunks();
	const columns = Array.from({ length: result.columnCount }, (_, c) => ({
		name: result.columnName(c),
		type: result.columnType(c).toString(),
		chunks: chunks.map((chunk) => readChunk(chunk, c))
	}));
	return { columns, rowCount: chunks.reduce((rows, chunk) => rows + chunk.rowCount, 0) };
}

function readChunk(chunk: DuckDBDataChunk, column: number): ResultChunk {
	const vector = chunk.getColumnVector(column);
	const values = vector.toArray() as Cell[];
	return {
		length: values.length,
		numbers: completeNumbers(vector, values),
		at: (row) => values[row] ?? null
	};
}

function completeNumbers(vector: DuckDBVector, values: readonly Cell[]): Float64Array | Int32Array | null {
	const isNumber = vector instanceof DuckDBDoubleVector || vector instanceof DuckDBIntegerVector;
	if (!isNumber || values.includes(null)) return null;
	return (vector instanceof DuckDBDoubleVector ? Float64Array : Int32Array).from(values as number[]);
}

type NewColumn = NewColumns[string];

function typeOf(column: NewColumn | undefined): DuckDBType {
	if (column instanceof Float64Array) return DOUBLE;
	return column instanceof Int32Array ? INTEGER : VARCHAR;
}

function* chunksOf(columns: readonly NewColumn[]): Generator<DuckDBDataChunk> {
	const rowCount = columns[0]?.length ?? 0;
	const size = 2048;
	for (let start = 0; start < rowCount; start += size) {
		const chunk = DuckDBDataChunk.create(columns.map(typeOf), Math.min(size, rowCount - start));
		columns.forEach((column, c) => {
			chunk.setColumnValues(c, Array.from(column.slice(start, start + size), missingAsNull));
		});
		yield chunk;
	}
}

function missingAsNull(value: string | number | null): string | number | null {
	return Number.isNaN(value) ? null : value;
}
