import type { SourceList } from '#lib/pipeline/clean/audit/lists.ts';
import { OWN_IDS, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { listName } from './audit-words.ts';

interface Option {
	readonly value: string;
	readonly label: string;
}

/** The choice of a list of its own. */
export const OWN_LIST = '';

/** The choice of an older export to be the newest of its list. */
export const NEWEST = 'newest';

/** What a file of a list can be: an export of it, its newest export, a list of its own, or a newer export of another list of its kind. */
export function belongsOptions(
	source: SourceParams,
	list: SourceList,
	lists: readonly SourceList[]
): Option[] {
	const isOlder = source.version < list.sources[0].version;
	const others = lists.filter(({ id, kind }) => id !== list.id && kind === list.kind);
	return [
		{ value: list.id, label: list.sources.length > 1 ? 'An export of this list' : 'A list of its own' },
		...(isOlder ? [{ value: NEWEST, label: 'The newest export of this list' }] : []),
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
		...others.map((system) => ({ value: system, label: systemLabel(system) }))
	];
}

/** A numbering that no platform claims and that other sources of one's own do not share, or the name of a system. */
function systemLabel(system: string): string {
	const [, number] = /^own-(\d+)$/.exec(system) ?? [];
	return number === undefined ? system : `Its own numbering (${number})`;
}
