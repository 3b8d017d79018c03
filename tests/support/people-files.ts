import { expect } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql } from '#lib/engine/sql.ts';
import {
	DEFAULT_CLEAN,
	DEFAULT_IDENTITY,
	type CleanResult,
	type IdentityParams
} from '#lib/pipeline/clean/schema.ts';
import { runClean } from '#lib/pipeline/clean/step.ts';
import type { TableKind } from '#lib/pipeline/import/roles.ts';
import type { ColumnMapping, SourceParams } from '#lib/pipeline/import/schema.ts';
import { makeSource, stepContext, writeRawTable } from './raw-tables.ts';

/** A made file: its description and its rows. */
export interface MadeFile {
	readonly source: SourceParams;
	readonly rows: readonly (readonly string[])[];
}

/** A file whose columns are called like the roles they have. */
export function madeFile(
	sourceId: string,
	kind: TableKind,
	roles: readonly (keyof ColumnMapping)[],
	rows: readonly (readonly string[])[],
	idSystem = 'own'
): MadeFile {
	const mapping = Object.fromEntries(roles.map((role) => [role, role]));
	return { source: { ...makeSource(roles, mapping, { id: sourceId }), kind, idSystem }, rows };
}

/** Writes the files and cleans them; nothing may be lost on the way. */
export async function cleanFiles(
	engine: Engine,
	files: readonly MadeFile[],
	changes: Partial<IdentityParams> = {}
): Promise<CleanResult> {
	const results = [];
	for (const { source, rows } of files) results.push(await writeRawTable(engine, source, rows));
	const params = { ...DEFAULT_CLEAN, identity: { ...DEFAULT_IDENTITY, ...changes } };
	const sources = files.map(({ source }) => source);
	const result = await runClean(stepContext(engine), { sources }, params, results);
	expect(result.rowsRead).toBe(result.rowsLoaded + result.rowsSetAside);
	expect(result.identity.revenueByAccount).toBe(result.identity.revenueByPerson);
	if (result.hasAmount) expect(result.identity.revenueByPerson).toBe(result.revenue);
	return result;
}

/** The tables with people in them, and the person of every row of each: `s1:1` → customer id. */
export async function peopleOfRows(engine: Engine): Promise<Map<string, string>> {
	const tables = ['rows', 'profiles', 'events', 'sends', 'answers'].map(
		(table) => sql`SELECT source, row, customer_id FROM ${id('clean', table)} WHERE customer_id <> ''`
	);
	const rows = await engine.rows<{ place: string; person: string }>(sql`
		SELECT (source || ':' || row)::VARCHAR AS place, customer_id::VARCHAR AS person
		FROM (${join(tables, ' UNION ALL ')}) ORDER BY length(place), place`);
	return new Map(rows.map(({ place, person }) => [place, person]));
}

/** Some columns of a table of the schema `clean`, as texts, in order. */
export async function tableOf(
	engine: Engine,
	table: string,
	columns: readonly string[]
): Promise<unknown[][]> {
	const texts = columns.map((column) => as(sql`${id(column)}::VARCHAR`, column));
	const rows = await engine.rows(sql`SELECT ${join(texts, ', ')} FROM ${id('clean', table)} ORDER BY ALL`);
	return rows.map((row) => Object.values(row));
}
