import type { ImportParams, SourceResult } from '#lib/pipeline/import/schema.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { createContacts } from './contacts.sql.ts';
import { findRepeats } from './repeats.ts';
import type { CleanResult, DetailResult } from './schema.ts';

/**
 * What no score and no segment needs, and so can wait for them: `clean.contacts`, which lists and files read, and the
 * count of rows that repeat. Runs after `runClean`, once.
 */
export async function runDetails(
	{ engine, signal, onProgress }: Pick<StepContext, 'engine' | 'signal' | 'onProgress'>,
	importParams: ImportParams,
	clean: CleanResult,
	sources: readonly SourceResult[]
): Promise<DetailResult> {
	onProgress({ what: 'Collecting contacts', share: 0 });
	if (clean.contactRoles.length > 0) {
		await engine.exec(createContacts(importParams.sources, clean.contactRoles), signal);
	}
	onProgress({ what: 'Looking for rows that repeat', share: 0.5 });
	const orders = importParams.sources.filter(({ kind }) => kind === 'orders');
	const repeats = await findRepeats(engine, orders, sources, signal);
	onProgress({ what: 'Collected', share: 1 });
	return { repeats: [...repeats.values()].reduce((sum, count) => sum + count, 0) };
}
