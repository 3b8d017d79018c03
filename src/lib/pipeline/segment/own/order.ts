import { segmentsOf } from '../rules/compile.ts';
import type { Condition } from '../rules/schema.ts';
import type { OwnSegment } from './schema.ts';

/** Own segments, each after those that its rule names, as far as they do not name each other in a ring. */
export function inOrderOfUse(segments: readonly OwnSegment[]): readonly OwnSegment[] {
	const byId = new Map(segments.map((segment) => [segment.id, segment]));
	const ordered: OwnSegment[] = [];
	const seen = new Set<string>();
	const visit = (segment: OwnSegment): void => {
		if (seen.has(segment.id)) return;
		seen.add(segment.id);
		for (const used of usedBy(segment)) {
			const other = byId.get(used);
			if (other) visit(other);
		}
		ordered.push(segment);
	};
	for (const segment of segments) visit(segment);
	return ordered;
}

/** Why an own segment cannot be asked, in words, where it names itself; null where it does not. */
export function ringProblem(segment: OwnSegment, segments: readonly OwnSegment[]): string | null {
	return segment.kind === 'rule' ? ringOfRule(segment.id, segment.rule, segments) : null;
}

/** The same of a rule, or of a condition of it, that the own segment `id` would have. */
export function ringOfRule(id: string, rule: Condition, segments: readonly OwnSegment[]): string | null {
	const byId = new Map(segments.map((segment) => [segment.id, segment]));
	// The shortest ways come first.
	const ways = namedIn(rule).map((used) => [used]);
	const seen = new Set<string>();
	for (const way of ways) {
		const last = way.at(-1) ?? '';
		if (last === id) return ringWords(way.slice(0, -1).map((each) => byId.get(each)?.name ?? each));
		const segment = byId.get(last);
		if (!segment || seen.has(last)) continue;
		seen.add(last);
		ways.push(...usedBy(segment).map((used) => [...way, used]));
	}
	return null;
}

function ringWords(between: readonly string[]): string {
	return between.length === 0 ? 'It names itself.' : `It names itself, by way of ${between.join(' and ')}.`;
}

/** The ids of the own segments that an own segment names. */
export function usedBy(segment: OwnSegment): string[] {
	return segment.kind === 'rule' ? namedIn(segment.rule) : [];
}

function namedIn(rule: Condition): string[] {
	return segmentsOf(rule).flatMap((ref) => (ref.startsWith('own:') ? [ref.slice(4)] : []));
}
