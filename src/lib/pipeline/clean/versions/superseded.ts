import type { Engine } from '#lib/engine/engine.ts';
import type { SourceResult } from '#lib/pipeline/import/schema.ts';
import { workspaceFor, type CleanSizes } from '../parts.sql.ts';
import type { SourceContext } from '../source.ts';
import { runStatement } from '../statement.ts';
import { readingMacros } from '../typing.ts';
import { seriesOf } from './series.ts';
import { createSuperseded, supersededStatements, type Export } from './superseded.sql.ts';

/**
 * Fills `clean.superseded` (source, row, by_source): rows that a newer export of the same series has too. The macros of
 * `identity/keys.sql.ts` must be there.
 */
export async function findSuperseded(
	engine: Engine,
	contexts: readonly SourceContext[],
	results: readonly SourceResult[],
	sizes: CleanSizes,
	signal: AbortSignal
): Promise<void> {
	const rowCount = contexts.reduce((sum, { facts }) => sum + facts.rowCount, 0);
	const { database } = workspaceFor(rowCount, sizes);
	await runStatement(engine, createSuperseded(database), signal);
	const series = seriesOf(contexts.map(({ source }) => source));
	if (series.some(({ kind }) => kind === 'campaigns')) {
		for (const macro of readingMacros()) await runStatement(engine, macro, signal);
	}
	for (const { sources } of series) {
		const exports = contexts
			.filter(({ source }) => sources.includes(source))
			.map((context): Export => {
				const result = results.find(({ id }) => id === context.source.id);
				return { context, hasRowHash: (result?.loadedColumns ?? null) !== null };
			});
		const rows = exports.reduce((sum, { context }) => sum + context.facts.rowCount, 0);
		for (const statement of supersededStatements(exports, rows)) {
			await runStatement(engine, statement, signal);
		}
	}
}
