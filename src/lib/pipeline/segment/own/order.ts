import { segmentsOf } from '../rules/compile.ts';
import type { OwnSegment } from './schema.ts';

/** Own segments, each after those that its rule names; and the ids of those that name each other in a ring. */
export function inOrderOfUse(segments: readonly OwnSegment[]): {
	readonly ordered: readonly OwnSegment[];
	readonly rings: readonly string[];
} {
	const byId = new Map(segments.map((segment) => [segment.id, segment]));
	const ordered: OwnSegment[] = [];
	const rings = new Set<string>();
	const done = new Set<string>();
	const visit = (segment: OwnSegment, trail: readonly string[]): void => {
		if (trail.includes(segment.id)) {
			for (const each of trail.slice(trail.indexOf(segment.id))) rings.add(each);
			return;
		}
		if (done.has(segment.id)) return;
		for (const used of usedBy(segment)) {
			const other = byId.get(used);
			if (other) visit(other, [...trail, segment.id]);
		}
		done.add(segment.id);
		ordered.push(segment);
	};
	for (const segment of segments) visit(segment, []);
	return { ordered, rings: [...rings] };
}

/** The ids of the own segments that an own segment names. */
export function usedBy(segment: OwnSegment): string[] {
	if (segment.kind !== 'rule') return [];
	return segmentsOf(segment.rule).flatMap((ref) => (ref.startsWith('own:') ? [ref.slice(4)] : []));
}
