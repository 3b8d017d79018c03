import { AppError } from '#lib/core/errors.ts';
import { repairSentence } from './notices.ts';
import type { Repair, RepairResult } from './schema.ts';

/** A rule that holds files of customers back, and how many rows fail it. */
export interface BlockingRule {
	readonly repairId: string;
	/** The rule as a sentence. */
	readonly name: string;
	readonly rows: number;
}

/** The rules that must hold before customers leave in a file, and do not; in the order of the steps. */
export function blockingRules(
	repairs: readonly Repair[],
	results: readonly RepairResult[]
): readonly BlockingRule[] {
	return results.flatMap(({ id, severity, sources }) => {
		const repair = repairs.find((each) => each.id === id);
		const rows = sources.reduce((sum, { rowsFailing }) => sum + rowsFailing, 0);
		if (severity !== 'block' || rows === 0 || repair === undefined) return [];
		return [{ repairId: id, name: repairSentence(repair), rows }];
	});
}

/** Nothing when files of customers may leave. @throws `export.blocked` with the rules that fail */
export function assertNotBlocked(repairs: readonly Repair[], results: readonly RepairResult[]): void {
	const rules = blockingRules(repairs, results);
	if (rules.length > 0)
		throw new AppError('export.blocked', { rules: rules.map(({ name, rows }) => ({ name, rows })) });
}
