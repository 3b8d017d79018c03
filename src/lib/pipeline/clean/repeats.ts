import type { Engine } from '#lib/engine/engine.ts';
import type { SourceParams, SourceResult } from '#lib/pipeline/import/schema.ts';
import { workspaceFor, type CleanSizes } from './parts.sql.ts';
import { repeatCounts, repeatStatements } from './repeats.sql.ts';
import { runStatement } from './statement.ts';

/**
 * Fills `clean.repeats` and counts, per source id, the rows that equal an earlier row in every column. Where
 * `isSupersededOn`, rows of `clean.superseded` count as not there.
 */
export async function findRepeats(
	engine: Engine,
	sources: readonly SourceParams[],
	results: readonly SourceResult[],
	isSupersededOn: boolean,
	sizes: CleanSizes,
	signal: AbortSignal
): Promise<Map<string, number>> {
	const rowCount = results.reduce((sum, { rowsRead }) => sum + rowsRead, 0);
	const { database } = workspaceFor(rowCount, sizes);
	const tables = sources.map((source) => {
		const result = results.find(({ id }) => id === source.id);
		const leavesSuperseded = isSupersededOn && sources.some((other) => isSibling(source, other));
		return { source, hasRowHash: (result?.loadedColumns ?? null) !== null, leavesSuperseded };
	});
	for (const statement of repeatStatements(tables, rowCount, database)) {
		await runStatement(engine, statement, signal);
	}
	const counts = await engine.rows<{ source: string; repeats: number }>(repeatCounts(), signal);
	return new Map(counts.map(({ source, repeats }) => [source, repeats]));
}

function isSibling(source: SourceParams, other: SourceParams): boolean {
	return other.id !== source.id && other.series === source.series;
}
