import type { OwnSegment } from '#lib/pipeline/segment/own/schema.ts';
import { segmentsOfToday } from '#lib/pipeline/segment/own/scope.ts';
import type { SegmentNumbers } from '#lib/pipeline/segment/overlap/schema.ts';
import type { RuleSegment } from '#lib/pipeline/segment/rules/scope.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { Selection } from '../customers.ts';
import type { Session } from '../session.svelte.ts';
import { factsOf } from './ask.ts';
import { marksOf, type Marked } from './segment-marks.ts';

/** What a segment is, as its badge says. */
export const SEGMENT_KINDS = ['group', 'cluster', 'rule', 'sql', 'list', 'saved'] as const;
export type SegmentKind = (typeof SEGMENT_KINDS)[number];

/** A segment beside the others. */
export interface BoardSegment {
	readonly ref: SegmentRef;
	readonly name: string;
	readonly kind: SegmentKind;
	/** Its mark: a place in the palette, from 0; null: the mark of all others, once those of the palette are given. */
	readonly index: number | null;
	/** The mark that was chosen for it; null: by its place. */
	readonly color: number | null;
	readonly note: string;
	/** Null while they are being counted, and where it cannot be asked. */
	readonly customers: number | null;
	readonly revenue: number | null;
	readonly active: number | null;
	/** Fewer active customers than a segment needs. */
	readonly isSmall: boolean;
	/** Why it is used although it is small. */
	readonly override: string | null;
	/** Why it cannot be asked, in words. */
	readonly problem: string | null;
	/** Of a list: people who are no customers of today. */
	readonly notFound: number;
	/** Picks its people. */
	readonly selection: Selection;
	/** The segment of the user's own that it is. */
	readonly own: OwnSegment | null;
	/** A SELECT of its people. */
	readonly members: RuleSegment['members'];
}

/** What a session shows, as far as segments beside each other need it. */
export type Boarded = Pick<
	Session,
	'recipe' | 'features' | 'library' | 'rfm' | 'clustering' | 'queries' | 'own'
>;

/** Every segment with what is known of it: groups, natural segments, the user's own, saved queries. */
export function boardSegments(
	session: Boarded,
	numbers: ReadonlyMap<SegmentRef, SegmentNumbers>
): BoardSegment[] {
	const facts = factsOf(session);
	if (facts === null) return [];
	const { looks } = session.recipe.segment.own;
	const places = new Map<Marked['family'], number>();
	const segments = segmentsOfToday(facts);
	const marks = marksOf(
		segments.map(({ ref }) => {
			const family = familyOf(ref);
			const place = places.get(family) ?? 0;
			places.set(family, place + 1);
			return {
				color: looks[ref]?.color ?? null,
				family,
				// Tables of groups run from the furthest away to the best, and the best has the first mark.
				place: family === 'group' ? facts.rfm.table.length - 1 - place : place
			};
		})
	);
	return segments.map((segment, i) =>
		boardSegment(session, segment, marks[i] ?? null, numbers.get(segment.ref))
	);
}

function familyOf(ref: SegmentRef): Marked['family'] {
	const [kind] = ref.split(':');
	if (kind === 'group') return 'group';
	return kind === 'cluster' ? 'found' : 'own';
}

function boardSegment(
	{ recipe, own: results }: Boarded,
	{ ref, name, members, problem }: RuleSegment,
	mark: number | null,
	numbers: SegmentNumbers | undefined
): BoardSegment {
	const { segments, looks, guard } = recipe.segment.own;
	const own = segments.find(({ id }) => ref === `own:${id}`) ?? null;
	const result = own ? results?.segments.find(({ id }) => id === own.id) : undefined;
	const reach = results?.reach.find(({ segment }) => segment === ref);
	const active = reach?.active ?? null;
	const why = problem ?? result?.problem ?? null;
	return {
		ref,
		name,
		kind: own?.kind ?? (ref.split(':')[0] as SegmentKind),
		index: mark,
		color: looks[ref]?.color ?? null,
		note: looks[ref]?.note ?? '',
		customers: why === null ? (reach?.customers ?? numbers?.customers ?? null) : null,
		revenue: why === null ? (numbers?.revenue ?? null) : null,
		active,
		isSmall: why === null && active !== null && active < guard.floor,
		override: guard.overrides[ref] ?? null,
		problem: why,
		notFound: result?.notFound ?? 0,
		selection: selectionOf(ref),
		own,
		members: why === null && (own === null || result !== undefined) ? members : null
	};
}

/** The selection of the people of a segment. */
export function selectionOf(ref: SegmentRef): Selection {
	const parts = ref.split(':');
	const last = parts.at(-1) ?? '';
	switch (parts[0]) {
		case 'group':
			return { kind: 'group', group: last };
		case 'cluster':
			return { kind: 'cluster', cluster: Number(last) };
		case 'own':
			return { kind: 'own', segment: last };
		default:
			return { kind: 'saved', name: last };
	}
}

/** The segments whose overlap is looked at when nobody has chosen any: the user's own, else groups and natural segments. */
export function usualOverlap(segments: readonly BoardSegment[], most: number): SegmentRef[] {
	const known = segments.filter(({ members, customers }) => members !== null && (customers ?? 0) > 0);
	const own = known.filter((segment) => isOwn(segment));
	if (own.length >= 2) return own.slice(0, most).map(({ ref }) => ref);
	const biggest = (kind: SegmentKind, count: number) =>
		known
			.filter((segment) => segment.kind === kind)
			.toSorted((a, b) => (b.customers ?? 0) - (a.customers ?? 0))
			.slice(0, count);
	const half = Math.floor((most - own.length) / 2);
	return [...own, ...biggest('group', Math.min(3, half)), ...biggest('cluster', Math.min(3, half))].map(
		({ ref }) => ref
	);
}

/** True for a segment that the user made, on whichever screen. */
export function isOwn({ kind }: Pick<BoardSegment, 'kind'>): boolean {
	return kind !== 'group' && kind !== 'cluster';
}
