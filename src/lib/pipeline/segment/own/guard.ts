import { AppError } from '#lib/core/errors.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SegmentRef } from '../rules/schema.ts';
import type { GuardParams, SegmentReach } from './schema.ts';

/** A segment whose people are counted. */
export interface CountedSegment {
	readonly ref: SegmentRef;
	/** A SELECT of the `idx` of its people, each once. */
	readonly members: Sql;
}

/** When somebody counts as active. */
export interface GuardScope {
	/** A DATE: the start of the as-of day. */
	readonly asOf: Sql;
	/** Active: an order, an event or a click at most so many days before it. */
	readonly activeDays: number;
}

/** How many people are in each segment and how many of them are active, in the order of the segments; one query for all. */
export async function countActive(
	engine: Engine,
	segments: readonly CountedSegment[],
	scope: GuardScope,
	signal: AbortSignal
): Promise<SegmentReach[]> {
	if (segments.length === 0) return [];
	const parts = segments.map(({ members }, place) => sql`SELECT ${place} AS place, idx FROM (${members})`);
	const rows = await engine.rows<{ place: number; customers: number; active: number }>(
		sql`
			WITH active AS (${activeCustomers(scope)})
			SELECT m.place::INTEGER AS place, count(*)::INTEGER AS customers,
				count(a.customer_id)::INTEGER AS active
			FROM (${join(parts, ' UNION ALL ')}) m
			JOIN features.customers f ON f.idx = m.idx
			LEFT JOIN active a ON a.customer_id = f.customer_id
			GROUP BY m.place ORDER BY place`,
		signal
	);
	const byPlace = new Map(rows.map((row) => [row.place, row]));
	return segments.map(({ ref }, place) => {
		const { customers = 0, active = 0 } = byPlace.get(place) ?? {};
		return { segment: ref, customers, active };
	});
}

/** The customers with an order, an event or a click in the days before the as-of day: `customer_id`, each once. */
function activeCustomers({ asOf, activeDays }: GuardScope): Sql {
	const isRecent = (time: Sql) => sql`${time} < ${asOf} AND ${time} >= ${asOf} - to_days(${activeDays})`;
	return sql`
		SELECT customer_id FROM clean.orders WHERE NOT is_return AND ${isRecent(sql`ordered_at`)}
		UNION SELECT customer_id FROM clean.events WHERE customer_id IS NOT NULL AND ${isRecent(sql`happened_at`)}
		UNION SELECT customer_id FROM clean.sends
			WHERE customer_id IS NOT NULL AND action = 'clicked' AND ${isRecent(sql`sent_at`)}`;
}

/** True when so few are active that a segment may not be used, and nobody has said why it is used all the same. */
export function isTooSmall(ref: SegmentRef, active: number, { floor, overrides }: GuardParams): boolean {
	return active < floor && overrides[ref] === undefined;
}

/** Nothing when a segment may be used. @throws `export.too-small` */
export function requireLargeEnough(
	{ ref, name }: { readonly ref: SegmentRef; readonly name: string },
	active: number,
	guard: GuardParams
): void {
	if (isTooSmall(ref, active, guard))
		throw new AppError('export.too-small', { segment: name, active, floor: guard.floor });
}
