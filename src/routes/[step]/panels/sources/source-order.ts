import type { SourcesAudit } from '#lib/pipeline/clean/audit/sources.ts';
import type { SourceList } from '#lib/pipeline/clean/audit/lists.ts';
import type { Freshness } from '#lib/session/freshness.ts';

/** The orders in which sources can be listed. */
export const SOURCE_ORDERS = [
	{ value: 'added', label: 'As added' },
	{ value: 'age', label: 'Oldest first' },
	{ value: 'people', label: 'Most people first' }
] as const;
export type SourceOrder = (typeof SOURCE_ORDERS)[number]['value'];

/** Lists in the chosen order; ties, and those without an age or people, stay as they were added. */
export function sortLists(
	lists: readonly SourceList[],
	order: SourceOrder,
	ages: ReadonlyMap<string, Freshness>,
	audit: SourcesAudit | null
): SourceList[] {
	const valueOf = ({ id }: SourceList): number => {
		if (order === 'age') return ages.get(id)?.ageDays ?? -Infinity;
		return audit?.lists.find(({ list }) => list.id === id)?.effect?.people ?? -1;
	};
	if (order === 'added') return [...lists];
	// Equal infinities have no difference.
	return lists.toSorted((a, b) => (valueOf(a) === valueOf(b) ? 0 : valueOf(b) - valueOf(a)));
}
