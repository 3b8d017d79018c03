import { sql } from '#lib/engine/sql.ts';
import { membersOfRows } from '#lib/pipeline/segment/own/make-list.ts';
import { knownSegments, type KnownSegment } from '#lib/pipeline/segment/overlap/overlap.sql.ts';
import { nearestTo, type Nearest } from '#lib/pipeline/segment/overlap/nearest.ts';
import {
	MOST_OVERLAPPED,
	type Comparison,
	type Overlap,
	type SegmentNumbers
} from '#lib/pipeline/segment/overlap/schema.ts';
import {
	compareSegments,
	measureSegments,
	overlapOf,
	peopleInMasks,
	sharedPairs,
	type OverlapContext,
	type Spread
} from '#lib/pipeline/segment/overlap/step.ts';
import { Rule, type SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import { addSegment, nextSegmentId } from '#lib/recipe/own-edits.ts';
import type { Session } from '../session.svelte.ts';
import { scopeOf } from './ask.ts';
import { BackgroundAnswer, Turns, type Asked } from './background-answer.svelte.ts';
import { SegmentTrends, type Trend } from './segment-trends.svelte.ts';
import { boardSegments, usualOverlap, type BoardSegment } from './board-segments.ts';

/** What the numbers of all segments are measured against. */
interface Measured {
	readonly segments: readonly SegmentNumbers[];
	readonly spread: Spread;
}

/** The overlap that is shown, with what it was asked of. */
export interface OverlapAnswer {
	readonly overlap: Overlap;
	readonly segments: readonly KnownSegment[];
}

/** A segment that is too small, and what it could be merged with. */
export interface SmallSegment {
	readonly segment: BoardSegment;
	readonly nearest: { readonly segment: BoardSegment; readonly why: Nearest } | null;
}

/** Every segment with its numbers, their overlap, and how they are compared. */
export class SegmentBoard {
	readonly session: Session;
	/** The segments that were ticked for the pictures; null: nobody has ticked any. */
	#ticked = $state.raw<readonly SegmentRef[] | null>(null);
	/** The two that were chosen to be compared. */
	#pair = $state.raw<readonly [SegmentRef | null, SegmentRef | null]>([null, null]);
	readonly #turns: Turns;
	readonly numbers: BackgroundAnswer<Measured>;
	readonly overlap: BackgroundAnswer<OverlapAnswer>;
	readonly comparison: BackgroundAnswer<Comparison>;
	readonly trends: SegmentTrends;

	constructor(session: Session) {
		this.session = session;
		this.#turns = new Turns(session.onRun);
		this.trends = new SegmentTrends(session);
		this.numbers = new BackgroundAnswer(this.#turns, {
			asked: () => this.#asked('numbers'),
			make: async (stop) => measureSegments(this.#context(stop), knownSegments(this.#known))
		});
		this.overlap = new BackgroundAnswer(this.#turns, {
			asked: () => (this.shown.length < 2 ? null : this.#asked(this.shown.join(' '))),
			make: async (stop) => {
				const segments = this.#knownOf(this.shown);
				return { segments, overlap: await overlapOf(this.#context(stop), segments) };
			}
		});
		this.comparison = new BackgroundAnswer(this.#turns, {
			// The overlap comes first: it tells which two are worth comparing.
			asked: () =>
				this.pair === null || this.overlap.wanted !== null ? null : this.#asked(this.pair.join(' ')),
			make: (stop) => this.#compare(stop)
		});
	}

	/** All segments with their numbers. */
	readonly segments: readonly BoardSegment[] = $derived.by(() => {
		const numbers = this.numbers.latest?.segments ?? [];
		return boardSegments(this.session, new Map(numbers.map((each) => [each.ref, each])));
	});

	readonly #known: readonly BoardSegment[] = $derived.by(() =>
		this.segments.filter(({ members }) => members !== null)
	);

	/** The segments of the pictures: those that were ticked, else the usual ones; never more than there are columns for. */
	readonly shown: readonly SegmentRef[] = $derived.by(() => {
		const refs = this.#known.map(({ ref }) => ref);
		const ticked = (this.#ticked ?? []).filter((ref) => refs.includes(ref));
		return this.#ticked === null ? usualOverlap(this.#known, MOST_OVERLAPPED) : ticked;
	});

	/** The two of the picture that share most; empty where none do. */
	readonly #closest: readonly SegmentRef[] = $derived.by(() => {
		const { overlap } = this.overlap.now ?? {};
		const pairs = overlap ? sharedPairs(overlap) : [];
		const closest = pairs.find(({ share }) => share < 1) ?? pairs[0];
		return closest ? [closest.a, closest.b].flatMap((place) => overlap?.segments[place]?.ref ?? []) : [];
	});

	/** The two that are compared: those that were chosen, else those that share most; null where there are not two. */
	readonly pair: readonly [SegmentRef, SegmentRef] | null = $derived.by(() => {
		const refs = this.#known.map(({ ref }) => ref);
		const [a, b] = this.#pair.map((ref) => (ref !== null && refs.includes(ref) ? ref : null));
		const inOrder = new Set([...this.#closest, ...this.shown, ...refs]);
		const others = [...inOrder].filter((ref) => ref !== a && ref !== b);
		const first = a ?? others.shift();
		const second = b ?? others.shift();
		return first === undefined || second === undefined ? null : [first, second];
	});

	/** The segments with too few active customers that nobody has let pass, each with the nearest of its kind. */
	readonly small: readonly SmallSegment[] = $derived.by(() => {
		const measured = this.numbers.now;
		const byRef = new Map(this.segments.map((segment) => [segment.ref, segment]));
		return this.segments
			.filter(({ isSmall, customers }) => isSmall && (customers ?? 0) > 0)
			.map((segment) => {
				const numbers = measured?.segments.find(({ ref }) => ref === segment.ref);
				const why = numbers && measured ? nearestTo(numbers, measured.segments, measured.spread) : null;
				const other = why && byRef.get(why.ref);
				return { segment, nearest: why && other ? { segment: other, why } : null };
			});
	});

	/** The segment of a ref; null where it is gone. */
	find(ref: SegmentRef): BoardSegment | null {
		return this.segments.find((segment) => segment.ref === ref) ?? null;
	}

	/** True where a segment is too small, and can be merged with the nearest of its kind. */
	canMerge(ref: SegmentRef): boolean {
		const found = this.small.find(({ segment }) => segment.ref === ref);
		if (!found || found.nearest === null) return false;
		return found.segment.kind !== 'cluster' && found.segment.override === null;
	}

	isTicked(ref: SegmentRef): boolean {
		return this.shown.includes(ref);
	}

	/** True when there is no room for another segment in the pictures. */
	get isFull(): boolean {
		return this.shown.length >= MOST_OVERLAPPED;
	}

	/** The sizes of a segment at the ends of past months, as far as they are known; a text says why there are none. */
	trendOf({ kind, ref }: BoardSegment): Trend | string {
		if (kind === 'list') return 'A list stays as it is';
		if (kind === 'sql' || kind === 'saved') return 'SQL is of today';
		const trend = this.trends.of(ref);
		const isKnown = trend.some(({ customers }) => customers !== null);
		return isKnown || this.trends.isLooking ? trend : 'Not known';
	}

	/** Puts a segment into the pictures, or takes it out. */
	tick(ref: SegmentRef, isOn: boolean): void {
		const others = this.shown.filter((each) => each !== ref);
		this.#ticked = isOn ? [...others, ref].slice(0, MOST_OVERLAPPED) : others;
	}

	/** Chooses what is compared; choosing the other one again makes them change places. */
	choose(side: 'a' | 'b', ref: SegmentRef): void {
		const [a, b] = this.pair ?? [null, null];
		if (side === 'a') this.#pair = [ref, ref === b ? a : b];
		else this.#pair = [ref === a ? b : a, ref];
	}

	/** Picks the people who are in exactly the segments of these masks. */
	pick(segments: readonly KnownSegment[], masks: readonly number[], title: string): Promise<void> {
		const { signal } = new AbortController();
		return this.#turns.take(signal, async (stop) => {
			const ids = await peopleInMasks(this.#context(stop), segments, masks);
			this.session.select({ kind: 'listed', title, ids });
		});
	}

	/** The pair that is compared, in the order of the masks. */
	get pairSegments(): readonly KnownSegment[] {
		return this.#knownOf(this.pair ?? []);
	}

	/** Adds a living rule; the answer is its id. */
	addRule(name: string, rule: Rule): string {
		const id = this.newId();
		this.session.edit(addSegment(id, { kind: 'rule', name, rule: Rule.parse(rule) }));
		return id;
	}

	/** Keeps the people of a segment as a list that stays as it is. */
	saveAsList({ members }: BoardSegment, name: string, origin: string): Promise<void> {
		const { signal } = new AbortController();
		return this.#turns.take(signal, async (stop) => {
			if (members === null) return;
			const { engine } = this.session.runner;
			const columns = await engine.columns(
				sql`SELECT DISTINCT idx::INTEGER AS idx FROM (${members}) ORDER BY idx`,
				stop
			);
			const list = await membersOfRows(engine, columns.get('idx') as Int32Array, stop);
			this.session.edit(addSegment(this.newId(), { kind: 'list', name, members: list, origin }));
		});
	}

	/** An id that no own segment has or had. */
	newId(): string {
		const { recipe, history } = this.session;
		return nextSegmentId(recipe, [...history.past, ...history.future]);
	}

	async #compare(stop: AbortSignal): Promise<Comparison> {
		const [a, b] = this.pairSegments;
		const scope = scopeOf(this.session);
		if (!a || !b || !scope) throw new Error('there are not two segments to compare');
		return compareSegments(this.#context(stop), [a, b], scope.features.values());
	}

	#knownOf(refs: readonly SegmentRef[]): KnownSegment[] {
		return refs.flatMap((ref) => knownSegments(this.#known.filter((segment) => segment.ref === ref)));
	}

	#context(signal: AbortSignal): OverlapContext {
		const { runner, features } = this.session;
		const hasMoney = features?.features.some(({ id, available }) => id === 'monetary_total' && available);
		return { engine: runner.engine, signal, hasMoney: hasMoney ?? false };
	}

	/** What an answer is of: nothing while a run changes what it is made of. */
	#asked(key: string): Asked | null {
		const { own, busy } = this.session;
		return own === null || busy ? null : { key, basis: own };
	}
}
