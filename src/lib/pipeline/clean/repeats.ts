import type { Engine } from '#lib/engine/engine.ts';
import type { SourceParams, SourceResult } from '#lib/pipeline/import/schema.ts';
import { repeatCounts, repeatStatements } from './repeats.sql.ts';

/** Fills `clean.repeats` and counts, per source id, the rows that equal an earlier row in every column. */
export async function findRepeats(
	engine: Engine,
	sources: readonly SourceParams[],
	results: readonly SourceResult[],
	signal: AbortSignal
): Promise<Map<string, number>> {
	const rowCount = results.reduce((sum, { rowsRead }) => sum + rowsRead, 0);
	for (const statement of repeatStatements(sources, rowCount)) await engine.exec(statement, signal);
	const counts = await engine.rows<{ source: string; repeats: number }>(repeatCounts(), signal);
	return new Map(counts.map(({ source, repeats }) => [source, repeats]));
}
