import type { Engine } from '#lib/engine/engine.ts';
import { runDetails } from '#lib/pipeline/clean/details.ts';
import { runClean } from '#lib/pipeline/clean/step.ts';
import { DEFAULT_CLEAN, type CleanResult } from '#lib/pipeline/clean/schema.ts';
import {
	NO_NOTES,
	OWN_IDS,
	PLAIN_DIALECT,
	type ColumnMapping,
	type SourceParams,
	type SourceResult
} from '#lib/pipeline/import/schema.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import type { StepContext } from '#lib/pipeline/step.ts';

/** What a step needs besides parameters, without a listener. */
export function stepContext(engine: Engine): StepContext {
	return { engine, compute: localCompute, signal: new AbortController().signal, onProgress: () => undefined };
}

/** A source as the import step would describe it: comma-separated UTF-8 with a header, dates year-first. */
export function makeSource(
	columns: readonly string[],
	mapping: ColumnMapping,
	{ id = 's1', ...reading }: Partial<SourceParams['reading']> & { id?: string } = {}
): SourceParams {
	return {
		id,
		fileName: `${id}.csv`,
		kind: 'orders',
		platform: null,
		dialect: PLAIN_DIALECT,
		columns: [...columns],
		mapping,
		constants: {},
		reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: false, isUtc: false, ...reading },
		withheld: [],
		idSystem: OWN_IDS,
		series: id,
		version: 1,
		notes: NO_NOTES
	};
}

/** Writes the raw table of a source: one text per column and row. */
export async function writeRawTable(
	engine: Engine,
	source: SourceParams,
	rows: readonly (readonly string[])[]
): Promise<SourceResult> {
	const columns = source.columns.map((_, i) => [`c${i}`, rows.map((row) => row[i] ?? '')] as const);
	await engine.insert('import', source.id, {
		...Object.fromEntries(columns),
		row: Int32Array.from(rows, (_, i) => i + 1)
	});
	const { id, fileName } = source;
	return {
		id,
		fileName,
		sizeBytes: 0,
		rowsRead: rows.length,
		unreadable: [],
		nulCells: 0,
		loadedColumns: null
	};
}

/** Writes the raw tables and cleans them. Counts that wait for the details are filled in. */
export async function cleanRows(
	engine: Engine,
	tables: readonly { readonly source: SourceParams; readonly rows: readonly (readonly string[])[] }[],
	operations: Readonly<Record<string, boolean>> = {}
): Promise<CleanResult> {
	const results: SourceResult[] = [];
	for (const { source, rows } of tables) results.push(await writeRawTable(engine, source, rows));
	const sources = tables.map(({ source }) => source);
	return cleanWithDetails(engine, sources, operations, results);
}

/** Cleans raw tables and adds the details. */
export async function cleanWithDetails(
	engine: Engine,
	sources: SourceParams[],
	operations: Readonly<Record<string, boolean>>,
	results: readonly SourceResult[]
): Promise<CleanResult> {
	const context = stepContext(engine);
	const params = { ...DEFAULT_CLEAN, operations };
	const clean = await runClean(context, { sources }, params, results);
	const { repeats } = await runDetails(context, { sources }, params, clean, results);
	return {
		...clean,
		operations: clean.operations.map((operation) => ({ ...operation, matches: operation.matches ?? repeats }))
	};
}
