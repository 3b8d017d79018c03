import { AppError, isAbort } from '#lib/core/errors.ts';

/** What the engine, its memory allocator and the WASM runtime say when memory has run out. */
const OUT_OF_MEMORY =
	/Out of Memory Error|failed to allocate|could not allocate|bad_alloc|Cannot enlarge memory/i;

/**
 * A failure of a query as an AppError: `engine.out-of-memory`, or `engine.query-failed` with the engine's own words less
 * its prefixes (`Binder Error: `) and its copy of the query. The original is the cause. An abort and an AppError are
 * returned as they are.
 */
export function explainError(error: unknown, sql: string): unknown {
	if (error instanceof AppError || isAbort(error)) return error;
	const message = engineMessage(error);
	if (OUT_OF_MEMORY.test(message)) return new AppError('engine.out-of-memory', { sql }, { cause: error });
	return new AppError('engine.query-failed', { sql, message: clean(message) }, { cause: error });
}

/**
 * What the engine said, the same on every build: some failures of the WASM build arrive as JSON,
 * `{"exception_type":"Parser","exception_message":"…"}`.
 */
export function engineMessage(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	const json = /^\{"exception_type":("[^"]*"),"exception_message":("(?:[^"\\]|\\.)*")/.exec(message);
	return json ? `${JSON.parse(json[1] as string)} Error: ${JSON.parse(json[2] as string)}` : message;
}

/** `Catalog Error: Table x does not exist!\n\nLINE 1: …` as `Table x does not exist!`. */
function clean(message: string): string {
	return message
		.replace(/^(?:[A-Z][A-Za-z]*(?: [A-Za-z]+)* Error|Error): /, '')
		.replace(/\s*\n\s*LINE \d+:[\s\S]*$/, '')
		.trim();
}
