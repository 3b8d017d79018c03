import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe } from 'vitest';
import { createDuckDB, NODE_RUNTIME, VoidLogger, type DuckDBConnection } from '@duckdb/duckdb-wasm/blocking';
import type { Engine } from '#lib/engine/engine.ts';
import { openNativeEngine } from '#lib/engine/native-engine.ts';
import { openEngine } from '#lib/engine/open-engine.ts';
import { wasmBackend, WASM_DIRECTORY, type WasmBindings } from '#lib/engine/wasm-backend.ts';

const OPENING_MS = 90_000;

/** The engines every query is tested on. */
const ENGINES = [
	{ engineName: 'wasm', open: openBlockingEngine },
	{ engineName: 'native', open: () => openNativeEngine() }
] as const;

/**
 * Runs the suite on DuckDB-WASM and on native DuckDB. Each opens once, before the first test; `engine()` is the open
 * engine and may be called only inside tests and hooks.
 */
export function describeEngines(name: string, suite: (engine: () => Engine) => void): void {
	for (const { engineName, open } of ENGINES) {
		describe(`${name} (${engineName})`, () => {
			let engine: Engine | undefined;
			beforeAll(async () => {
				engine = await open();
			}, OPENING_MS);
			afterAll(() => engine?.close());
			suite(() => {
				if (!engine) throw new Error('the engine is open only while tests run');
				return engine;
			});
		});
	}
}

/** The WASM build that ships, run in this thread: the same SQL, lockdown and decoding as in the page. */
export async function openBlockingEngine(): Promise<Engine> {
	const mainModule = createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
	const bundle = { mainModule, mainWorker: '' };
	const database = await createDuckDB({ mvp: bundle, eh: bundle }, new VoidLogger(), NODE_RUNTIME);
	await database.instantiate(() => undefined);
	database.open({ path: ':memory:' });
	const backend = wasmBackend(database.connect().useUnsafe(blockingBindings));
	return openEngine(backend, { directory: WASM_DIRECTORY, memoryLimitMb: 1500 });
}

type BlockingDatabase = Parameters<Parameters<DuckDBConnection['useUnsafe']>[0]>[0];

function blockingBindings(database: BlockingDatabase, connection: number): WasmBindings {
	return {
		startQuery: (text) => database.startPendingQuery(connection, text, false),
		pollQuery: async () => {
			// Lets timers and aborts in between, as messages do in the page.
			await new Promise(setImmediate);
			return database.pollPendingQuery(connection);
		},
		cancelQuery: () => database.cancelPendingQuery(connection),
		fetchPiece: () => database.fetchQueryResults(connection),
		insertArrow: (stream, target) => database.insertArrowFromIPCStream(connection, stream, target),
		registerBlob: async (path, blob) =>
			database.registerFileBuffer(path, new Uint8Array(await blob.arrayBuffer())),
		dropFile: (path) => database.dropFile(path),
		close: () => database.disconnect(connection)
	};
}
