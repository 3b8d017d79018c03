import type { SegmentParams } from '#lib/pipeline/segment/schema.ts';

type Before = Pick<SegmentParams, 'own' | 'carts' | 'journeys'>;

/** What an edit did to the segments of the user's own and how they are used; null where it is the same. */
export function ownChange(before: Before, after: Before): string | null {
	const segments = segmentsChange(before.own.segments, after.own.segments);
	if (segments) return segments;
	if (!isSame(before.own.priority, after.own.priority)) {
		return after.own.priority.length === 0 ? 'No order of priority' : 'Changed the order of priority';
	}
	const guard = guardChange(before.own.guard, after.own.guard);
	if (guard) return guard;
	if (!isSame(before.own.looks, after.own.looks)) return 'Changed a note or colour of a segment';
	if (!isSame(before.carts, after.carts)) return 'Changed the stages of carts that were left';
	return isSame(before.journeys, after.journeys) ? null : 'Changed what leads to an order';
}

function segmentsChange(before: Before['own']['segments'], after: Before['own']['segments']): string | null {
	if (before === after) return null;
	const added = after.find(({ id }) => before.every((each) => each.id !== id));
	if (added) return `New segment “${added.name}”`;
	const removed = before.find(({ id }) => after.every((each) => each.id !== id));
	if (removed) return `Removed the segment “${removed.name}”`;
	for (const segment of after) {
		const old = before.find(({ id }) => id === segment.id);
		if (!old || isSame(old, segment)) continue;
		return old.name === segment.name
			? `Changed the segment “${segment.name}”`
			: `Named a segment “${segment.name}”`;
	}
	return null;
}

function guardChange(before: Before['own']['guard'], after: Before['own']['guard']): string | null {
	const refs = Object.keys({ ...before.overrides, ...after.overrides });
	const ref = refs.find((each) => before.overrides[each] !== after.overrides[each]);
	if (ref !== undefined) {
		const why = after.overrides[ref];
		return why === undefined ? 'A small segment is held back again' : `A small segment is used: ${why}`;
	}
	if (before.floor !== after.floor) return `A segment needs ${after.floor} active customers`;
	if (before.activeDays !== after.activeDays) return `Active: within ${after.activeDays} days`;
	return before.mostSegments === after.mostSegments ? null : `At most ${after.mostSegments} segments`;
}

function isSame(a: unknown, b: unknown): boolean {
	return a === b || JSON.stringify(a) === JSON.stringify(b);
}
