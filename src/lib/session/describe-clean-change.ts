import { repairSentence } from '#lib/pipeline/clean/repairs/notices.ts';
import type { Repair } from '#lib/pipeline/clean/repairs/schema.ts';
import type { AccountPair } from '#lib/pipeline/clean/schema.ts';
import type { SavedQuery } from '#lib/pipeline/queries/schema.ts';

/** What changed in the steps of the clean-up, in words; null when nothing did. */
export function repairsChange(before: readonly Repair[], after: readonly Repair[]): string | null {
	const old = new Map(before.map((repair) => [repair.id, repair]));
	const added = after.filter(({ id }) => !old.has(id));
	const [first] = added;
	if (first) return added.length === 1 ? `Step: ${repairSentence(first)}` : `Added ${added.length} steps`;
	const now = new Set(after.map(({ id }) => id));
	const removed = before.filter(({ id }) => !now.has(id));
	const [gone] = removed;
	if (gone)
		return removed.length === 1 ? `Took out: ${repairSentence(gone)}` : `Took out ${removed.length} steps`;
	for (const repair of after) {
		const was = old.get(repair.id);
		if (was === undefined || was === repair) continue;
		if (was.on !== repair.on)
			return `${repair.on ? 'Switched on' : 'Switched off'}: ${repairSentence(repair)}`;
		return `Changed: ${repairSentence(repair)}`;
	}
	const moved = after.findIndex(({ id }, i) => before[i]?.id !== id);
	return moved < 0 ? null : 'Moved a step';
}

/** What was said about people who look alike; null when nothing was. Pairs are only counted. */
export function pairsChange(
	before: { readonly merges: readonly AccountPair[]; readonly apart: readonly AccountPair[] },
	after: typeof before
): string | null {
	const merged = after.merges.length - before.merges.length;
	const apart = after.apart.length - before.apart.length;
	if (merged > 0) return `Merged: ${pairs(merged)}`;
	if (apart > 0) return `Kept apart: ${pairs(apart)}`;
	if (merged < 0) return `Not merged any longer: ${pairs(-merged)}`;
	return apart < 0 ? `Not told apart any longer: ${pairs(-apart)}` : null;
}

function pairs(count: number): string {
	return `${count} ${count === 1 ? 'pair' : 'pairs'} of people`;
}

/** What changed in the saved queries, in words; null when nothing did. */
export function queriesChange(before: readonly SavedQuery[], after: readonly SavedQuery[]): string | null {
	const old = new Map(before.map((query) => [query.id, query]));
	const now = new Set(after.map(({ id }) => id));
	const gone = before.find(({ id }) => !now.has(id));
	if (gone) return `Removed the query “${gone.title}”`;
	const changed = after.find((query) => old.get(query.id) !== query);
	if (!changed) return null;
	return `${old.has(changed.id) ? 'Changed' : 'Saved'} the query “${changed.title}”`;
}
