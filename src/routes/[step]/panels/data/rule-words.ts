import type { Format } from '#lib/core/format.ts';
import { netReturns } from '#lib/pipeline/clean/operations/net-returns.ts';
import type { CleanResult, OperationResult } from '#lib/pipeline/clean/schema.ts';

/** What an operation found and did. */
export interface RuleWords {
	readonly text: string;
	/** True when it sets rows aside itself, so that there is something to look at. */
	readonly hasRows: boolean;
}

/**
 * True when an operation concerns these files: it found something, or nobody knows yet.
 *
 * @param repeats of earlier rows, where they have been counted apart
 */
export function isAtWork(
	{ id, applies, matches, setAside }: OperationResult,
	reasons: CleanResult['reasons'],
	repeats: number | null
): boolean {
	const found = matches ?? repeats;
	return (
		applies && (found === null || found > 0 || setAside > 0 || reasons.some(({ reason }) => reason === id))
	);
}

/**
 * What an operation found and did. A row counts at the first reason that applies, so what it does not set aside itself
 * has been set aside above, or is taken off as a credit note. Records that never became rows count as well.
 *
 * @param repeats of earlier rows, where they have been counted apart
 */
export function ruleWords(
	result: OperationResult,
	{ reasons, operations }: Pick<CleanResult, 'reasons' | 'operations'>,
	repeats: number | null,
	format: Format
): RuleWords {
	const setAside = reasons.find(({ reason }) => reason === result.id)?.count ?? 0;
	const matches = result.matches ?? repeats;
	if (matches === null && setAside === 0) return { text: '', hasRows: false };
	const found = Math.max(setAside, (matches ?? 0) + setAside - result.setAside);
	const written = `${format.count(found)} found`;
	if (result.kind === 'fix' || !result.on || found === 0) return { text: written, hasRows: false };
	if (setAside === found) return { text: `${format.count(found)} set aside`, hasRows: true };
	const netted = operations.some(({ id, on, applies }) => id === netReturns.id && on && applies);
	const or = netted && netReturns.exemptFrom.includes(result.id) ? ' or taken off as credit notes' : '';
	if (setAside === 0) return { text: `${written}, all set aside above${or}`, hasRows: false };
	return {
		text: `${format.count(setAside)} of ${format.count(found)} set aside, the rest above${or}`,
		hasRows: true
	};
}
