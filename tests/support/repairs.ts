import type { Engine } from '#lib/engine/engine.ts';
import { id, sql } from '#lib/engine/sql.ts';
import { readingMacros } from '#lib/pipeline/clean/typing.ts';
import { failingRows } from '#lib/pipeline/clean/repairs/rows.ts';
import { runRepairs } from '#lib/pipeline/clean/repairs/run.ts';
import type { Repair, RepairResult } from '#lib/pipeline/clean/repairs/schema.ts';
import { sourceTable } from '#lib/pipeline/clean/repairs/tables.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { stepContext, writeRawTable } from './raw-tables.ts';

/** A step on a source, under the id `r1`. */
export function makeRepair(
	source: SourceParams,
	operation: string,
	columns: readonly string[],
	params: Readonly<Record<string, unknown>>
): Repair {
	return { id: 'r1', operation, on: true, series: source.series, columns: [...columns], params };
}

/** What steps left of a source. */
export interface Repaired {
	readonly results: readonly RepairResult[];
	/** Numbers of the rows that fail the first step. */
	readonly failing: readonly number[];
	/** Numbers of the rows that any step set aside. */
	readonly setAside: readonly number[];
	/** The texts of every row after all steps. */
	readonly texts: readonly (readonly string[])[];
}

/** Writes the rows of a source as they are, and runs steps on them. */
export async function repairRows(
	engine: Engine,
	source: SourceParams,
	rows: readonly (readonly string[])[],
	repairs: readonly Repair[]
): Promise<Repaired> {
	for (const macro of readingMacros()) await engine.exec(macro);
	const result = await writeRawTable(engine, source, rows);
	const results = await runRepairs(stepContext(engine), [{ source, result }], repairs);
	const [first] = repairs;
	const failing =
		first && results[0]?.state === 'done'
			? await failingRows(engine, { repairId: first.id, source, result }, { offset: 0, limit: rows.length })
			: [];
	const left = await engine.rows<Record<string, string | number | null>>(
		sql`SELECT * EXCLUDE (row) REPLACE (set_aside_by::VARCHAR AS set_aside_by), row::INTEGER AS row
			FROM ${id(...sourceTable(source.id))} ORDER BY row`
	);
	return {
		results,
		failing: failing.map(({ row }) => row),
		setAside: left.filter(({ setAsideBy }) => setAsideBy !== null).map(({ row }) => Number(row)),
		texts: left.map((values) => source.columns.map((_, i) => String(values[`c${i}`])))
	};
}
