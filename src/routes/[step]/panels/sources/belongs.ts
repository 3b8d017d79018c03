import type { SourceList } from '#lib/pipeline/clean/audit/lists.ts';
import { OWN_IDS, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { listName } from './audit-words.ts';

interface Option {
	readonly value: string;
	readonly label: string;
}

/** The choice of a list of its own. */
export const OWN_LIST = '';

/** What a file of a list can be: an export of it, a list of its own, or a newer export of another list of its kind. */
export function belongsOptions(list: SourceList, lists: readonly SourceList[]): Option[] {
	const others = lists.filter(({ id, kind }) => id !== list.id && kind === list.kind);
	return [
		{ value: list.id, label: list.sources.length > 1 ? 'An export of this list' : 'A list of its own' },
		...(list.sources.length > 1 ? [{ value: OWN_LIST, label: 'Another shop or list' }] : []),
		...others.map((other) => ({ value: other.id, label: `A newer export of ${listName(other)}` }))
	];
}

/** The systems that gave out ids of this session's sources; the numbering of one's own always. */
export function systemOptions(sources: readonly SourceParams[]): Option[] {
	const systems = new Set(sources.map(({ idSystem }) => idSystem));
	const others = [...systems].filter((system) => system !== OWN_IDS).sort();
	return [
		{ value: OWN_IDS, label: 'Your own numbering' },
		...others.map((system) => ({ value: system, label: system }))
	];
}
