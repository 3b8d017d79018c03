import { notice, type Notice } from '#lib/core/errors.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { ImportParams, SourceResult } from '#lib/pipeline/import/schema.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { FOUND_ACCOUNTS, FOUND_PEOPLE, peopleStatements } from './people.sql.ts';
import { superseded } from './operations/superseded.ts';
import { BROWSER_SIZES, type CleanSizes } from './parts.sql.ts';
import { findRepeats } from './repeats.ts';
import type { CleanParams, CleanResult, DetailResult } from './schema.ts';
import { runStatement, type CleanStatement } from './statement.ts';
import { findDoubleSales } from './versions/double-sales.ts';

/** What the user should know about what the details found. */
export function detailNotices({ doubleSales }: DetailResult): Notice[] {
	return doubleSales.map((found) => notice('clean.double-sales', found));
}

/**
 * What no score and no segment needs, and so can wait for them: `clean.people` and `clean.contacts`, which lists and files
 * read, and the count of rows that repeat, and sales that are in two lists. Runs after `runClean`, once.
 */
export async function runDetails(
	{ engine, signal, onProgress }: Pick<StepContext, 'engine' | 'signal' | 'onProgress'>,
	importParams: ImportParams,
	{ identity }: Pick<CleanParams, 'identity'>,
	clean: CleanResult,
	sources: readonly SourceResult[],
	sizes: CleanSizes = BROWSER_SIZES
): Promise<DetailResult> {
	onProgress({ what: 'Collecting contacts', share: 0 });
	const statements = peopleStatements(importParams.sources, identity, clean, sizes);
	await collect(engine, statements, signal, (share) =>
		onProgress({ what: 'Collecting contacts', share: share / 2 })
	);
	onProgress({ what: 'Looking for rows that repeat', share: 0.5 });
	const orders = importParams.sources.filter(({ kind }) => kind === 'orders');
	const isSupersededOn = clean.operations.some(({ id, on }) => id === superseded.id && on);
	const repeats = await findRepeats(engine, orders, sources, isSupersededOn, sizes, signal);
	const doubleSales = await findDoubleSales(engine, orders, signal);
	onProgress({ what: 'Collected', share: 1 });
	return { repeats: [...repeats.values()].reduce((sum, count) => sum + count, 0), doubleSales };
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
		const waiting = [FOUND_PEOPLE, FOUND_ACCOUNTS];
		await Promise.allSettled(waiting.map((table) => engine.place('memory', 'clean', table)));
	}
}
