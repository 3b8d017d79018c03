import type { Engine } from '#lib/engine/engine.ts';
import type { ImportParams, SourceResult } from '#lib/pipeline/import/schema.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { contactStatements, FOUND_CONTACTS } from './contacts.sql.ts';
import { BROWSER_SIZES, type CleanSizes } from './parts.sql.ts';
import { findRepeats } from './repeats.ts';
import type { CleanResult, DetailResult } from './schema.ts';
import { runStatement, type CleanStatement } from './statement.ts';

/**
 * What no score and no segment needs, and so can wait for them: `clean.contacts`, which lists and files read, and the
 * count of rows that repeat. Runs after `runClean`, once.
 */
export async function runDetails(
	{ engine, signal, onProgress }: Pick<StepContext, 'engine' | 'signal' | 'onProgress'>,
	importParams: ImportParams,
	clean: CleanResult,
	sources: readonly SourceResult[],
	sizes: CleanSizes = BROWSER_SIZES
): Promise<DetailResult> {
	onProgress({ what: 'Collecting contacts', share: 0 });
	const statements = contactStatements(importParams.sources, clean, sizes);
	await collect(engine, statements, signal, (share) =>
		onProgress({ what: 'Collecting contacts', share: share / 2 })
	);
	onProgress({ what: 'Looking for rows that repeat', share: 0.5 });
	const orders = importParams.sources.filter(({ kind }) => kind === 'orders');
	const repeats = await findRepeats(engine, orders, sources, sizes, signal);
	onProgress({ what: 'Collected', share: 1 });
	return { repeats: [...repeats.values()].reduce((sum, count) => sum + count, 0) };
}

async function collect(
	engine: Engine,
	statements: readonly CleanStatement[],
	signal: AbortSignal,
	onShare: (share: number) => void
): Promise<void> {
	try {
		for (const [i, statement] of statements.entries()) {
			await runStatement(engine, statement, signal);
			onShare((i + 1) / statements.length);
		}
	} finally {
		// Where the engine is gone, so is the table.
		await Promise.allSettled([engine.place('memory', 'clean', FOUND_CONTACTS)]);
	}
}
