import type { Engine } from '#lib/engine/engine.ts';
import { join, sql } from '#lib/engine/sql.ts';
import type { SegmentRef } from '../rules/schema.ts';
import type { CountedSegment } from './guard.ts';
import type { OwnResult } from './schema.ts';

/** True for a segment that the user made: a rule, SQL, a list or a saved query. */
export function isYours(ref: SegmentRef): boolean {
	return !ref.startsWith('group:') && !ref.startsWith('cluster:');
}

/** The segments that the user made and that have no place in the order of priority. */
export function notInOrder(
	priority: readonly SegmentRef[],
	{ reach }: Pick<OwnResult, 'reach'>
): SegmentRef[] {
	return reach.map(({ segment }) => segment).filter((ref) => isYours(ref) && !priority.includes(ref));
}

/** How many people are in at least one segment that the user made, and whom of them the order reaches. Needs `segment.assigned`. */
export async function countYours(
	engine: Engine,
	segments: readonly CountedSegment[],
	signal: AbortSignal
): Promise<OwnResult['yours']> {
	const parts = segments.filter(({ ref }) => isYours(ref)).map(({ members }) => members);
	if (parts.length === 0) return { customers: 0, reached: 0 };
	const [row] = await engine.rows<OwnResult['yours']>(
		sql`
			SELECT count(*)::INTEGER AS customers, count(a.idx)::INTEGER AS reached
			FROM (SELECT DISTINCT idx FROM (${join(parts, ' UNION ALL ')})) m
				LEFT JOIN segment.assigned a ON a.idx = m.idx
			ORDER BY customers`,
		signal
	);
	return row ?? { customers: 0, reached: 0 };
}
