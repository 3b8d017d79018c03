import { AsyncDuckDB, DuckDBDataProtocol, VoidLogger } from '@duckdb/duckdb-wasm';
import { AppError } from '#lib/core/errors.ts';
import type { OnProgress } from '#lib/core/progress.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './open-engine.ts';
import { wasmBackend, WASM_DIRECTORY, type WasmBindings } from './wasm-backend.ts';
import { loadWasm, type WasmAsset } from './wasm-binary.ts';

export interface WasmEngineOptions {
	/** Starts the worker script of DuckDB-WASM, `eh` bundle. The engine ends it on `close`. */
	readonly createWorker: () => Worker;
	readonly wasm: WasmAsset;
	/** In megabytes; default: 2,400, or 40 % of the device's memory where that is less. */
	readonly memoryLimitMb?: number;
	readonly onProgress?: OnProgress;
}

/**
 * DuckDB-WASM for the page, in its own worker, in memory, locked down. Throws `engine.unavailable` when its code or its
 * worker cannot be started; when the worker dies later, every waiting and later query fails so.
 */
export async function openWasmEngine(options: WasmEngineOptions): Promise<Engine> {
	const life = new WorkerLife(options.createWorker());
	try {
		const code = loadWasm(options.wasm, options.onProgress);
		const database = new AsyncDuckDB(new VoidLogger(), life.worker);
		await life.race(instantiate(database, await life.race(code)));
		const backend = wasmBackend(bind(database, await life.race(database.connectInternal()), life));
		return await openEngine(backend, {
			directory: WASM_DIRECTORY,
			memoryLimitMb: options.memoryLimitMb ?? defaultMemoryLimitMb()
		});
	} catch (error) {
		life.end('the engine did not start');
		if (error instanceof AppError) throw error;
		const reason = error instanceof Error ? error.message : String(error);
		throw new AppError('engine.unavailable', { reason }, { cause: error });
	}
}

async function instantiate(database: AsyncDuckDB, code: Blob): Promise<void> {
	const url = URL.createObjectURL(code);
	try {
		await database.instantiate(url);
	} finally {
		URL.revokeObjectURL(url);
	}
	await database.open({ path: ':memory:' });
}

function bind(database: AsyncDuckDB, connection: number, life: WorkerLife): WasmBindings {
	const { BROWSER_FILEREADER } = DuckDBDataProtocol;
	return {
		startQuery: (text) => life.race(database.startPendingQuery(connection, text, false)),
		pollQuery: () => life.race(database.pollPendingQuery(connection)),
		cancelQuery: () => life.race(database.cancelPendingQuery(connection)),
		fetchPiece: () => life.race(database.fetchQueryResults(connection)),
		insertArrow: (stream, target) => life.race(database.insertArrowFromIPCStream(connection, stream, target)),
		registerBlob: (path, blob) =>
			life.race(database.registerFileHandle(path, blob, BROWSER_FILEREADER, true)),
		dropFile: (path) => life.race(database.dropFile(path)),
		close: () => life.end('the engine has been closed')
	};
}

/** A worker and its end. AsyncDuckDB leaves what waits for a worker that ended waiting for ever; `race` does not. */
class WorkerLife {
	readonly worker: Worker;
	readonly #ended: Promise<never>;
	#reject!: (reason: AppError) => void;

	constructor(worker: Worker) {
		this.worker = worker;
		this.#ended = new Promise<never>((_, reject) => {
			this.#reject = reject;
		});
		// Unless something waits, nobody needs to hear of it.
		this.#ended.catch(() => undefined);
		worker.addEventListener('error', (event) => {
			// AsyncDuckDB, which listens after us, would only print it.
			event.stopImmediatePropagation();
			event.preventDefault();
			this.end(event.message || 'the worker of the engine failed');
		});
	}

	/** The outcome of the work, or `engine.unavailable` when the worker ends first. */
	race<T>(work: Promise<T>): Promise<T> {
		return Promise.race([work, this.#ended]);
	}

	/** Ends the worker at once, whatever it does. */
	end(reason: string): void {
		this.worker.terminate();
		this.#reject(new AppError('engine.unavailable', { reason }));
	}
}

/** Chromium tells the device's memory in gigabytes, at most 8; other browsers do not. */
function defaultMemoryLimitMb(): number {
	const { deviceMemory = 8 } = navigator as { deviceMemory?: number };
	return Math.min(2400, Math.round(deviceMemory * 1000 * 0.4));
}
