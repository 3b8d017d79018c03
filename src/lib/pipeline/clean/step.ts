import { AppError, notice, type Notice } from '#lib/core/errors.ts';
import type { ImportParams, SourceResult } from '#lib/pipeline/import/schema.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { readAccount } from './account.ts';
import { loadedCurrencies, readCurrencies } from './currencies.ts';
import { readFacts } from './facts.ts';
import { runIdentity } from './identity/run.ts';
import { BROWSER_SIZES, type CleanSizes } from './parts.sql.ts';
import { planClean, readSources, sourceContexts, type CleanPlan } from './plan.ts';
import { exactDuplicate } from './operations/exact-duplicate.ts';
import { isOn } from './operations/operation.ts';
import { superseded } from './operations/superseded.ts';
import { repairNotices } from './repairs/notices.ts';
import { runRepairs } from './repairs/run.ts';
import type { RepairResult } from './repairs/schema.ts';
import { findRepeats } from './repeats.ts';
import { sourceParts } from './rows.sql.ts';
import type { CleanParams, CleanResult } from './schema.ts';
import { insertRecords } from './set-aside.ts';
import { runStatement } from './statement.ts';
import { findSuperseded } from './versions/superseded.ts';

export { UNCUT } from './parts.sql.ts';
export { repairSentence } from './repairs/notices.ts';

type CleanContext = Pick<StepContext, 'engine' | 'compute' | 'signal' | 'onProgress'>;

/**
 * Turns the raw tables of the import step into the tables of `clean`, and accounts for every row of every file:
 * read = loaded + set aside. What no number needs comes later, by `runDetails`.
 * @param done what `repairSources` gave, where its tables are in the engine already
 * @throws `clean.currency-unknown` when the orders hold money in several currencies and none is chosen;
 *   `clean.no-rows-left` when there are files of orders and no order of a customer remains
 */
export async function runClean(
	context: CleanContext,
	importParams: ImportParams,
	params: CleanParams,
	sources: readonly SourceResult[],
	sizes: CleanSizes = BROWSER_SIZES,
	done?: readonly RepairResult[]
): Promise<CleanResult> {
	const repairs = done ?? (await repairSources(context, importParams, params, sources, sizes));
	const plan = await prepare(context, importParams, params, sources, sizes);
	await runIdentity(context, plan.contexts, params.identity, {
		database: plan.space.database,
		partsOf: (source) => sourceParts(source, plan.space.partRows)
	});
	for (const [i, { what, statement }] of plan.statements.entries()) {
		context.onProgress({ what, share: (i + 1) / (plan.statements.length + 2) });
		await runStatement(context.engine, statement, context.signal);
	}
	const currency = await requireOneCurrency(context, plan, sizes);
	context.onProgress({ what: 'Counting', share: 0.95 });
	const result = await readAccount(context, plan, {
		sources: importParams.sources,
		results: sources,
		repairs,
		currency
	});
	if (result.orders === 0 && plan.orders.length > 0) {
		throw new AppError('clean.no-rows-left', { rowsRead: result.rowsRead, reasons: result.reasons });
	}
	context.onProgress({ what: 'Cleaned', share: 1 });
	return result;
}

/** What the user should know about a result that came out fine. */
export function cleanNotices(
	{ reasons, sources, repairs: results }: CleanResult,
	{ settings, repairs }: CleanParams
): Notice[] {
	const fileNames = new Map(sources.map(({ id, fileName }) => [id, fileName]));
	const ofSteps = repairNotices(results, repairs, fileNames);
	const other = reasons.find(({ reason }) => reason === 'other_currency');
	const replaced = sources.flatMap(({ fileName, reasons: own }) => {
		const rows = own.find(({ reason }) => reason === superseded.id)?.count ?? 0;
		return rows > 0 ? [notice('clean.superseded', { fileName, rows })] : [];
	});
	return other && settings.currency !== null
		? [
				...replaced,
				...ofSteps,
				notice('clean.other-currencies', { currency: settings.currency, rows: other.count })
			]
		: [...replaced, ...ofSteps];
}

/**
 * Runs the steps of the clean-up: after it, every source is read from `clean.source_<id>`. It depends on the sources and on
 * `repairs` alone, so what it left can serve several runs of `runClean`.
 * @throws `clean.repair-invalid`
 */
export async function repairSources(
	context: CleanContext,
	importParams: ImportParams,
	{ repairs }: Pick<CleanParams, 'repairs'>,
	results: readonly SourceResult[],
	sizes: CleanSizes = BROWSER_SIZES
): Promise<RepairResult[]> {
	const sources = readSources(importParams).map((source) => {
		const result = results.find(({ id }) => id === source.id);
		if (!result) throw new RangeError(`no result for source ${source.id}`);
		return { source, result };
	});
	return runRepairs(context, sources, repairs, sizes);
}

async function prepare(
	{ engine, signal, onProgress }: CleanContext,
	importParams: ImportParams,
	params: CleanParams,
	sources: readonly SourceResult[],
	sizes: CleanSizes
): Promise<CleanPlan> {
	await insertRecords(engine, sources);
	const read = readSources(importParams);
	const orders = read.filter(({ kind }) => kind === 'orders');
	const currencies = await readCurrencies(engine, orders, params.settings.currency, signal);
	const facts = await readFacts(engine, read, currencies, signal);
	onProgress({ what: 'Comparing exports of one list', share: 0 });
	const contexts = sourceContexts(importParams, params, currencies, facts);
	await findSuperseded(engine, contexts, sources, sizes, signal);
	if (!isOn(exactDuplicate, params.operations)) {
		return planClean(importParams, params, currencies, facts, sizes);
	}
	onProgress({ what: 'Looking for rows that repeat', share: 0 });
	const isSupersededOn = isOn(superseded, params.operations);
	const repeats = await findRepeats(engine, orders, sources, isSupersededOn, sizes, signal);
	const counted = facts.map((known, i) => ({ ...known, repeats: repeats.get(read[i]?.id ?? '') ?? 0 }));
	return planClean(importParams, params, currencies, counted, sizes);
}

/** The currency of the loaded rows: the one that was chosen, or the only one; null when no text tells it. */
async function requireOneCurrency(
	{ engine, signal }: CleanContext,
	plan: CleanPlan,
	{ partRows }: CleanSizes
): Promise<string | null> {
	const { found, chosen } = plan.currencies;
	if (chosen !== null || found.length <= 1) return chosen ?? found[0]?.currency ?? null;
	const currencies = await loadedCurrencies(engine, plan.orders, plan.currencies, partRows, signal);
	if (currencies.length > 1) throw new AppError('clean.currency-unknown', { currencies });
	return currencies[0]?.currency ?? null;
}
