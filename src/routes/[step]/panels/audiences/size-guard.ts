import { isTooSmall } from '#lib/pipeline/segment/own/guard.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { Session } from '#lib/session/session.svelte.ts';

/** A segment that is held back because few of it are active. */
export interface Held {
	readonly ref: SegmentRef;
	readonly name: string;
	readonly active: number;
}

/** What a row says of the size of its segment. */
export interface RowSize {
	readonly small: { readonly active: number; readonly floor: number } | null;
	readonly override: string | undefined;
}

/** Which segments are held back, and with what words others are used all the same. */
export interface SizeGuard {
	/** @param active who of it is active, where that is not everyone in the segment */
	of(ref: SegmentRef, active?: number): RowSize;
	held(ref: SegmentRef, name: string, active?: number): Held;
}

/** The guard of a session. Nothing is held back before active customers have been counted; files are checked by themselves. */
export function sizeGuard({ own, recipe }: Pick<Session, 'own' | 'recipe'>): SizeGuard {
	const { guard } = recipe.segment.own;
	const reach = new Map(own?.reach.map(({ segment, active }) => [segment, active]));
	return {
		of: (ref, active = reach.get(ref)) => {
			const isSmall = active !== undefined && isTooSmall(ref, active, guard);
			const isUsed = active !== undefined && active < guard.floor;
			return {
				small: isSmall ? { active, floor: guard.floor } : null,
				override: isUsed ? guard.overrides[ref] : undefined
			};
		},
		held: (ref, name, active = reach.get(ref) ?? 0) => ({ ref, name, active })
	};
}
