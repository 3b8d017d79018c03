import type { SavedQuery } from '#lib/pipeline/queries/schema.ts';
import type { Picked, SavedLists, Selection } from '#lib/session/customers.ts';

/** One list of customers that can be shown. */
export interface ShowOption {
	readonly value: string;
	readonly label: string;
	/** Null where the label says enough. */
	readonly count: number | null;
}

const EVERYONE = 'everyone';
const PICKED = 'picked';
const SAVED = 'saved:';

/** Which of the lists a selection is; nobody picked shows everyone. */
export function shownOf(selection: Selection | null): string {
	if (selection === null) return EVERYONE;
	return selection.kind === 'saved' ? SAVED + selection.name : PICKED;
}

/** Everyone, those picked on another screen, and each saved segment that gave a result. */
export function showOptions(
	queries: readonly Pick<SavedQuery, 'name' | 'title'>[],
	lists: SavedLists,
	picked: Pick<Picked, 'count'> | null,
	selection: Selection | null
): ShowOption[] {
	const saved = queries.flatMap(({ name, title }): ShowOption[] => {
		const list = lists.get(name);
		return list === undefined ? [] : [{ value: SAVED + name, label: title, count: list.length }];
	});
	const isPicked = picked !== null && shownOf(selection) === PICKED;
	return [
		{ value: EVERYONE, label: 'Everyone', count: null },
		...(isPicked ? [{ value: PICKED, label: 'Only those picked', count: picked.count }] : []),
		...saved
	];
}

/** The saved segment that an answer picks; null where it picks nothing new. */
export function selectionShown(value: string): Selection | null {
	return value.startsWith(SAVED) ? { kind: 'saved', name: value.slice(SAVED.length) } : null;
}
