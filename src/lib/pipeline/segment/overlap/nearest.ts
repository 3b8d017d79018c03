import type { SegmentRef } from '../rules/schema.ts';
import type { SegmentNumbers } from './schema.ts';
import type { Spread } from './step.ts';

/** What segments are compared by. */
export const PROFILE_PARTS = ['recency', 'frequency', 'money'] as const;
export type ProfilePart = (typeof PROFILE_PARTS)[number];

/** A segment that a small one is most like. */
export interface Nearest {
	readonly ref: SegmentRef;
	/** Root mean square of the distances of the parts, in standard deviations of all customers. */
	readonly distance: number;
	/** The parts that both have and in which customers differ, the most alike first, each with its distance. */
	readonly parts: readonly { readonly part: ProfilePart; readonly distance: number }[];
}

/** The kind of segment: only segments of one kind are merged. Own segments and saved queries are one kind. */
export function familyOf(ref: SegmentRef): 'group' | 'cluster' | 'own' {
	if (ref.startsWith('group:')) return 'group';
	return ref.startsWith('cluster:') ? 'cluster' : 'own';
}

/**
 * The segment of the same family whose typical customer is nearest: means of ln(1 + x) of days since the last order, of orders
 * and of total spend, each in standard deviations of all customers. Null where no other has people. Ties: the bigger, then the
 * one that comes first.
 */
export function nearestTo(
	small: SegmentNumbers,
	others: readonly SegmentNumbers[],
	spread: Spread
): Nearest | null {
	const family = familyOf(small.ref);
	const found = others
		.filter(({ ref, customers }) => ref !== small.ref && customers > 0 && familyOf(ref) === family)
		.flatMap((other) => {
			const parts = partsOf(small, other, spread);
			return parts.length === 0 ? [] : [{ other, parts, distance: rootMeanSquare(parts) }];
		})
		.sort((a, b) => a.distance - b.distance || b.other.customers - a.other.customers)[0];
	return found ? { ref: found.other.ref, distance: found.distance, parts: found.parts } : null;
}

function partsOf(a: SegmentNumbers, b: SegmentNumbers, spread: Spread): Nearest['parts'] {
	return PROFILE_PARTS.flatMap((part) => {
		const [x, y] = [a[part], b[part]];
		return x === null || y === null || spread[part] === 0
			? []
			: [{ part, distance: Math.abs(x - y) / spread[part] }];
	}).sort((first, second) => first.distance - second.distance);
}

function rootMeanSquare(parts: Nearest['parts']): number {
	return Math.sqrt(parts.reduce((total, { distance }) => total + distance ** 2, 0) / parts.length);
}

/** What a mean of `SegmentNumbers` is in the unit of the part: exp(mean) − 1, the geometric mean of 1 + x, less 1. */
export function typicalOf(mean: number): number {
	return Math.expm1(mean);
}
