import type { Engine } from '#lib/engine/engine.ts';
import { id, type Sql } from '#lib/engine/sql.ts';

/** An engine that writes statements down. */
export interface ScriptEngine extends Engine {
	/** The statements that would have run since the last call, in order. */
	takeStatements(): Sql[];
}

/**
 * An engine for a step that has run already on `engine`: what it asks is answered from the tables there, what it would
 * change is written down and not done. So the exported script has the very statements of the step, with all that the
 * step decided by looking at the data. Rows that a step brings in from outside the engine are left out: a script
 * holds no data.
 */
export function createScriptEngine(engine: Engine): ScriptEngine {
	let statements: Sql[] = [];
	return {
		exec: async (query) => void statements.push(query),
		rows: (query, signal) => engine.rows(query, signal),
		columns: (query, signal) => engine.columns(query, signal),
		place: async (_, schema, table) => id(schema, table),
		insert: async () => undefined,
		openFile: refuse('openFile'),
		closeFile: refuse('closeFile'),
		version: () => engine.version(),
		close: refuse('close'),
		takeStatements: () => {
			const taken = statements;
			statements = [];
			return taken;
		}
	};
}

function refuse(what: string): () => Promise<never> {
	return () => Promise.reject(new Error(`a script cannot hold ${what}`));
}
