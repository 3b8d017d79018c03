import type { SourceAccount } from '#lib/pipeline/clean/schema.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';

/**
 * The sources that give nothing any more, because newer exports of their series hold every row of them that would count.
 * @param accounts of the last run
 */
export function replacedSources(
	sources: readonly SourceParams[],
	accounts: readonly SourceAccount[]
): SourceParams[] {
	const byId = new Map(accounts.map((account) => [account.id, account]));
	return sources.filter(({ id, series, version }) => {
		const account = byId.get(id);
		const isNewest = !sources.some((other) => other.series === series && other.version > version);
		const isSuperseded = account?.reasons.some(({ reason, count }) => reason === 'superseded' && count > 0);
		return !isNewest && account?.rowsLoaded === 0 && isSuperseded === true;
	});
}
