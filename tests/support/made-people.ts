import type { Engine } from '#lib/engine/engine.ts';
import { id, join, sql } from '#lib/engine/sql.ts';
import { runDetails } from '#lib/pipeline/clean/details.ts';
import { BROWSER_SIZES, type CleanSizes } from '#lib/pipeline/clean/parts.sql.ts';
import { DEFAULT_CLEAN, DEFAULT_IDENTITY, type IdentityParams } from '#lib/pipeline/clean/schema.ts';
import { runClean } from '#lib/pipeline/clean/step.ts';
import type { TableKind } from '#lib/pipeline/import/roles.ts';
import type { SourceParams, SourceResult } from '#lib/pipeline/import/schema.ts';
import { makeSource, stepContext, writeRawTable } from './raw-tables.ts';

/** A file as the import step would describe it, and its rows. */
export interface MadeFile {
	readonly source: SourceParams;
	readonly rows: readonly (readonly string[])[];
}

/** A file of some kind whose columns are called like their roles: the roles, and lines of cells, parted by `|`. */
export function madeFile(
	sourceId: string,
	kind: TableKind,
	roles: string,
	...lines: readonly string[]
): MadeFile {
	const names = roles.split('|').map((role) => role.trim());
	const mapping = Object.fromEntries(names.map((role) => [role, role]));
	const rows = lines.map((line) => line.split('|').map((cell) => cell.trim()));
	return { source: { ...makeSource(names, mapping, { id: sourceId }), kind }, rows };
}

/** Cleans the files and gives the wanted columns of `clean.people` by person; NULL is an empty text. */
export async function peopleOf(
	engine: Engine,
	files: readonly MadeFile[],
	wanted: readonly string[],
	identity: Partial<IdentityParams> = {},
	sizes: CleanSizes = BROWSER_SIZES
): Promise<Record<string, readonly string[]>> {
	const results: SourceResult[] = [];
	for (const { source, rows } of files) results.push(await writeRawTable(engine, source, rows));
	const sources = files.map(({ source }) => source);
	const params = { ...DEFAULT_CLEAN, identity: { ...DEFAULT_IDENTITY, ...identity } };
	const context = stepContext(engine);
	const clean = await runClean(context, { sources }, params, results, sizes);
	await runDetails(context, { sources }, params, clean, results, sizes);
	const texts = wanted.map((name, i) => sql`coalesce(${id(name)}::VARCHAR, '') AS ${id(`t${i}`)}`);
	const rows = await engine.rows<Record<string, string>>(
		sql`SELECT customer_id::VARCHAR AS person, ${join(texts, ', ')} FROM clean.people ORDER BY person`
	);
	return Object.fromEntries(
		rows.map((row) => [row['person'] ?? '', wanted.map((_, i) => row[`t${i}`] ?? '')])
	);
}
