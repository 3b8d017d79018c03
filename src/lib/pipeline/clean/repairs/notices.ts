import { notice, type Notice } from '#lib/core/errors.ts';
import { repairOperation } from './operations/index.ts';
import type { Repair, RepairResult } from './schema.ts';

/** A step as a short sentence: “Trim “City””. Where it cannot run, the name of its operation. */
export function repairSentence({ operation: operationId, columns, params }: Repair): string {
	const operation = repairOperation(operationId);
	const parsed = operation?.params.safeParse(params);
	if (operation === undefined) return operationId.replaceAll('_', ' ');
	return parsed?.success ? operation.describe(parsed.data, columns) : operation.label;
}

/** Files that a step leaves for want of columns, and rules that rows break without being set aside. */
export function repairNotices(
	results: readonly RepairResult[],
	repairs: readonly Repair[],
	fileNames: ReadonlyMap<string, string>
): Notice[] {
	return results.flatMap((result) => {
		const repair = repairs.find(({ id }) => id === result.id);
		if (repair === undefined) return [];
		const step = repairSentence(repair);
		const lacking = result.missing.map(({ source, columns }) =>
			notice('clean.repair-columns-missing', { step, fileName: fileNames.get(source) ?? source, columns })
		);
		const rows = result.sources.reduce((sum, { rowsFailing }) => sum + rowsFailing, 0);
		const isHeld = result.severity === 'warn' || result.severity === 'block';
		if (rows === 0 || !isHeld) return lacking;
		return [
			...lacking,
			notice('clean.rule-failing', { rule: step, rows, isBlocking: result.severity === 'block' })
		];
	});
}
