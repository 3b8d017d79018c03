import { AppError, notice, type Notice } from '#lib/core/errors.ts';
import type { ImportParams, SourceResult } from '#lib/pipeline/import/schema.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { readAccount } from './account.ts';
import { readFacts } from './facts.ts';
import { planClean, type CleanPlan } from './plan.ts';
import { exactDuplicate } from './operations/exact-duplicate.ts';
import { isOn } from './operations/operation.ts';
import { findRepeats } from './repeats.ts';
import type { CleanParams, CleanResult } from './schema.ts';
import { insertRecords } from './set-aside.ts';

type CleanContext = Pick<StepContext, 'engine' | 'signal' | 'onProgress'>;

/**
 * Turns the raw tables of the import step into `clean.rows`, `clean.orders` and `clean.customers`, and accounts for
 * every row: read = loaded + set aside. What no number needs comes later, by `runDetails`.
 * @throws `clean.no-rows-left` when no order of a customer remains
 */
export async function runClean(
	context: CleanContext,
	importParams: ImportParams,
	params: CleanParams,
	sources: readonly SourceResult[]
): Promise<CleanResult> {
	const plan = await prepare(context, importParams, params, sources);
	for (const [i, { what, statement }] of plan.statements.entries()) {
		context.onProgress({ what, share: (i + 1) / (plan.statements.length + 2) });
		await context.engine.exec(statement, context.signal);
	}
	context.onProgress({ what: 'Counting', share: 0.95 });
	const result = await readAccount(context.engine, plan, sources, context.signal);
	if (result.orders === 0) {
		throw new AppError('clean.no-rows-left', { rowsRead: result.rowsRead, reasons: result.reasons });
	}
	context.onProgress({ what: 'Cleaned', share: 1 });
	return result;
}

/** What the user should know about a result that came out fine. */
export function cleanNotices({ currencies }: CleanResult): Notice[] {
	return currencies.length > 1 ? [notice('clean.mixed-currencies', { currencies })] : [];
}

async function prepare(
	{ engine, signal, onProgress }: CleanContext,
	importParams: ImportParams,
	params: CleanParams,
	sources: readonly SourceResult[]
): Promise<CleanPlan> {
	await insertRecords(engine, sources);
	let repeats: ReadonlyMap<string, number> | null = null;
	if (isOn(exactDuplicate, params.operations)) {
		onProgress({ what: 'Looking for rows that repeat', share: 0 });
		repeats = await findRepeats(engine, importParams.sources, sources, signal);
	}
	return planClean(importParams, params, await readFacts(engine, importParams.sources, repeats, signal));
}
