import type { Engine } from '#lib/engine/engine.ts';
import { join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SegmentRef } from '../rules/schema.ts';
import { countActive, type CountedSegment, type GuardScope } from './guard.ts';
import type { AssignedResult } from './schema.ts';

/**
 * Gives every customer of the segments to the first that they are in, and writes `segment.assigned`.
 * @param order the segments in the order of priority; of one that stands there twice, the first place counts
 */
export async function assignPeople(
	engine: Engine,
	order: readonly CountedSegment[],
	scope: GuardScope,
	signal: AbortSignal
): Promise<AssignedResult[]> {
	const segments = order.filter(({ ref }, place) => order.findIndex((each) => each.ref === ref) === place);
	const assigned = await engine.place('memory', 'segment', 'assigned');
	await engine.exec(sql`CREATE TABLE ${assigned} (idx INTEGER, segment VARCHAR)`, signal);
	if (segments.length === 0) return [];
	const parts = segments.map(
		({ ref, members }, place) => sql`SELECT idx, ${place} AS place, ${ref} AS segment FROM (${members})`
	);
	await engine.exec(
		sql`INSERT INTO ${assigned} SELECT idx, arg_min(segment, place) FROM (${join(parts, ' UNION ALL ')}) GROUP BY idx`,
		signal
	);
	const shared = await engine.rows<Shared>(countShared(parts), signal);
	const left = await countActive(
		engine,
		segments.map(({ ref }) => assignedTo(ref)),
		scope,
		signal
	);
	return left.map(({ segment, customers, active }, place) => {
		const own = shared.filter((each) => each.place === place);
		const givenTo = own.flatMap(({ first, people }) =>
			first === place ? [] : [{ segment: segments[first]?.ref ?? '', customers: people }]
		);
		const everyone = own.reduce((sum, { people }) => sum + people, 0);
		return { segment, customers: everyone, assigned: customers, active, givenTo };
	});
}

/** People of the segment at one place of the order, and the place of the segment that has them. */
interface Shared {
	readonly place: number;
	readonly first: number;
	readonly people: number;
}

function countShared(parts: readonly Sql[]): Sql {
	return sql`
		SELECT place::INTEGER AS place, first::INTEGER AS first, count(*)::INTEGER AS people
		FROM (SELECT place, min(place) OVER (PARTITION BY idx) AS first FROM (${join(parts, ' UNION ALL ')}))
		GROUP BY place, first ORDER BY place, first`;
}

/** Who is left for a segment of the priority order. */
function assignedTo(ref: SegmentRef): CountedSegment {
	return { ref, members: sql`SELECT idx FROM segment.assigned WHERE segment = ${ref}` };
}
