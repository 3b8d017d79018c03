import { sql } from '#lib/engine/sql.ts';
import type { SegmentCondition } from '../schema.ts';
import type { ConditionKind } from './condition.ts';

/** Being in another segment, or not. */
export const segment: ConditionKind<SegmentCondition> = {
	sql: ({ segment: ref, isIn }, { segments }) => {
		const members = segments.get(ref)?.members;
		if (!members) return sql`false`;
		return isIn ? sql`f.idx IN (${members})` : sql`f.idx NOT IN (${members})`;
	},
	needs: () => [],
	problems: ({ segment: ref }, { segments }) => {
		const found = segments.get(ref);
		if (!found) return [`The segment ${ref} is not there any more.`];
		return found.members === null ? [found.problem ?? `Nobody knows yet who is in ${found.name}.`] : [];
	},
	features: () => []
};
