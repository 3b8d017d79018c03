import { readArrow, writeArrow } from './arrow.ts';
import type { Result } from './decode.ts';
import type { EngineFile, NewColumns } from './engine.ts';
import type { Backend } from './open-engine.ts';

type Awaitable<T> = T | Promise<T>;

/**
 * The calls of DuckDB-WASM that we use, of one connection: those of its worker (promises) or of its blocking build.
 * `null` from the first two means that the query is not done; an empty piece means that there are no more.
 */
export interface WasmBindings {
	startQuery(text: string): Awaitable<Uint8Array | null>;
	pollQuery(): Awaitable<Uint8Array | null>;
	cancelQuery(): Awaitable<boolean>;
	fetchPiece(): Awaitable<Uint8Array | null>;
	insertArrow(stream: Uint8Array, target: { schema: string; name: string; create: true }): Awaitable<void>;
	registerBlob(path: string, blob: Blob): Awaitable<void>;
	dropFile(path: string): Awaitable<unknown>;
	close(): Awaitable<void>;
}

/** The directory under which every file is registered, and the only one that may be read. */
export const WASM_DIRECTORY = 'in/';

/** A backend over DuckDB-WASM. A query runs in slices of at most 100 ms, between which it can be stopped. */
export function wasmBackend(bindings: WasmBindings): Backend {
	return {
		run: (query, signal) => run(bindings, query, signal),
		createTable: async (schema: string, table: string, columns: NewColumns) => {
			await bindings.insertArrow(writeArrow(columns), { schema, name: table, create: true });
		},
		registerFile: async (key: string, { blob }: EngineFile) => {
			const path = WASM_DIRECTORY + key;
			await bindings.registerBlob(path, blob);
			return path;
		},
		dropFile: async (path) => void (await bindings.dropFile(path)),
		close: async () => bindings.close()
	};
}

async function run(bindings: WasmBindings, query: string, signal: AbortSignal | undefined): Promise<Result> {
	let header = await bindings.startQuery(query);
	while (header === null) {
		if (signal?.aborted) {
			await bindings.cancelQuery();
			signal.throwIfAborted();
		}
		header = await bindings.pollQuery();
	}
	const pieces = [header];
	for (;;) {
		signal?.throwIfAborted();
		const piece = await bindings.fetchPiece();
		if (piece?.length === 0) return readArrow(pieces);
		if (piece !== null) pieces.push(piece);
	}
}
