import { schemeOf } from '../rfm/schemes/index.ts';
import { TEN_GROUPS } from '../rfm/ten-groups.ts';
import type { GroupEntry, RfmResult } from '../schema.ts';
import type { ImportState } from './schema.ts';

/** Stands for what groups mean: how lines are found, the lines where the user drew them, and the cells of every group. */
export function groupRule({
	scheme,
	cutPoints,
	table
}: Pick<RfmResult, 'scheme' | 'cutPoints' | 'table'>): string {
	const { lines, levels } = schemeOf(scheme);
	const drawn = lines === 'given' ? cutPoints : null;
	return JSON.stringify([lines, levels, drawn, table.map(({ id, cells }) => [id, cells])]);
}

/** The groups of an import. Those that were kept before there were others have none written down. */
export function groupsOf({ groups = TEN_GROUPS }: ImportState): readonly Pick<GroupEntry, 'id' | 'name'>[] {
	return groups;
}

/** The ids of the groups of an import, in the order of their indices. */
export function groupIds(state: ImportState): string[] {
	return groupsOf(state).map(({ id }) => id);
}

/**
 * True where moving from a group of one import to a group of the other means something: the groups are the same. Where
 * an import tells the ids alone, they have to be among those of the other one.
 */
export function areComparable(before: ImportState, now: ImportState): boolean {
	if (before.groupRule !== undefined && now.groupRule !== undefined)
		return before.groupRule === now.groupRule;
	const known = groupIds(now);
	return groupIds(before).every((group) => known.includes(group));
}
