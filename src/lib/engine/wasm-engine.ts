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
	/** In megabytes; default: 1,500, or 40 % of the device's memory where that is less. */
	readonly memoryLimitMb?: number;
	readonly onProgress?: OnProgress;
}

/**
 * DuckDB-WASM for the page, in its own worker, in memory, locked down. Throws `engine.unavailable` when its code or its
 * worker cannot be started; when the worker dies later, every waiting and later query fails so.
 */
export async function openWasmEngine(options: WasmEngineOptions): Promise<Engine> {
	const code = loadWasm(options.wasm, options.onProgress);
	const worker = options.createWorker();
	const death = deathOf(worker);
	try {
		const database = new AsyncDuckDB(new VoidLogger(), worker);
		await alive(death, instantiate(database, await code));
		const backend = wasmBackend(await alive(death, connect(database, worker, death)));
		return await openEngine(backend, {
			directory: WASM_DIRECTORY,
			memoryLimitMb: options.memoryLimitMb ?? defaultMemoryLimitMb()
		});
	} catch (error) {
		worker.terminate();
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

async function connect(database: AsyncDuckDB, worker: Worker, death: Promise<never>): Promise<WasmBindings> {
	const connection = await database.connectInternal();
	const { BROWSER_FILEREADER } = DuckDBDataProtocol;
	return {
		startQuery: (text) => alive(death, database.startPendingQuery(connection, text, false)),
		pollQuery: () => alive(death, database.pollPendingQuery(connection)),
		cancelQuery: () => alive(death, database.cancelPendingQuery(connection)),
		fetchPiece: () => alive(death, database.fetchQueryResults(connection)),
		insertArrow: (stream, target) =>
			alive(death, database.insertArrowFromIPCStream(connection, stream, target)),
		registerBlob: (path, blob) =>
			alive(death, database.registerFileHandle(path, blob, BROWSER_FILEREADER, true)),
		dropFile: (path) => alive(death, database.dropFile(path)),
		close: () => worker.terminate()
	};
}

/** Rejects when the worker fails; AsyncDuckDB itself would leave what waits for it waiting for ever. */
function deathOf(worker: Worker): Promise<never> {
	const death = new Promise<never>((_, reject) => {
		worker.addEventListener('error', (event) => {
			// AsyncDuckDB, which listens after us, would only print it.
			event.stopImmediatePropagation();
			event.preventDefault();
			const { message } = event;
			reject(new AppError('engine.unavailable', { reason: message || 'the worker of the engine failed' }));
		});
	});
	// Unless something waits, nobody needs to hear of it.
	death.catch(() => undefined);
	return death;
}

function alive<T>(death: Promise<never>, work: Promise<T>): Promise<T> {
	return Promise.race([death, work]);
}

/** Chromium tells the device's memory in gigabytes, at most 8; other browsers do not. */
function defaultMemoryLimitMb(): number {
	const { deviceMemory = 8 } = navigator as { deviceMemory?: number };
	return Math.min(1500, Math.round(deviceMemory * 1000 * 0.4));
}
