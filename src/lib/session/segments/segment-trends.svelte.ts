import { addDays, type Day } from '#lib/core/days.ts';
import { ownRef } from '#lib/pipeline/segment/own/scope.ts';
import { sizesOverTime, type PastRules, type SizesOfDay } from '#lib/pipeline/segment/own/past.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { Session } from '../session.svelte.ts';
import { factsOf } from './ask.ts';
import { Turns } from './background-answer.svelte.ts';

/** How many people a segment had at the start of past days, the oldest first; null where that is not known. */
export type Trend = readonly { readonly day: Day; readonly customers: number | null }[];

/** Month ends that are looked back on. */
const MONTHS = 6;

/** What was asked and found: sizes by day, for the segments in this order. */
interface Found {
	readonly basis: readonly unknown[];
	readonly refs: readonly SegmentRef[];
	readonly days: readonly SizesOfDay[];
}

/** The sizes of segments at the ends of the last months: asked one day after the other, the latest first. */
export class SegmentTrends {
	readonly #session: Session;
	readonly #turns: Turns;
	#found = $state.raw<Found | null>(null);
	#running = $state.raw<AbortController | null>(null);
	/** Somebody stopped the work; it waits until they let it go on. */
	isStopped = $state(false);

	constructor(session: Session) {
		this.#session = session;
		this.#turns = new Turns(session.onRun);
	}

	/** The days whose start is the end of a month, the oldest first. */
	readonly days: readonly Day[] = $derived.by(() => {
		const asOf = this.#session.features?.asOf;
		return asOf === undefined ? [] : monthEnds(asOf as Day, MONTHS);
	});

	/** The segments that have a past: rules, groups and natural segments. */
	readonly #refs: readonly SegmentRef[] = $derived.by(() => {
		const { rfm, clustering, recipe } = this.#session;
		const { clusterCount = 0, profiles = [] } = clustering?.result ?? {};
		return [
			...(rfm?.table ?? []).map(({ id }) => `group:${id}`),
			...profiles.map(({ cluster }) => `cluster:${clusterCount}:${cluster}`),
			...recipe.segment.own.segments.flatMap(({ kind, id }) => (kind === 'rule' ? [ownRef(id)] : []))
		];
	});

	/** What the answers are made of: they hold as long as it is the same. */
	readonly #basis: readonly unknown[] = $derived.by(() => {
		const { clean, features, rfm, clustering, recipe } = this.#session;
		const { segments } = recipe.segment.own;
		return [clean, features, rfm, clustering?.result, JSON.stringify(segments.filter(isRule))];
	});

	readonly #current: Found | null = $derived.by(() => {
		const found = this.#found;
		const holds = found?.basis.every((part, i) => part === this.#basis[i]) ?? false;
		return holds ? found : null;
	});

	/** True when there are days to be asked. */
	get isWanted(): boolean {
		const { own, library, busy } = this.#session;
		const isReady = own !== null && library !== null && !busy;
		return isReady && !this.isStopped && this.#missing.length > 0 && this.#refs.length > 0;
	}

	/** True while days are being asked. */
	get isLooking(): boolean {
		return this.#running !== null;
	}

	/** Days that are known by now. */
	get known(): number {
		return this.#current?.days.length ?? 0;
	}

	/** Stops the work, and what is known stays. */
	stop = (): void => {
		this.isStopped = true;
		this.#running?.abort();
	};

	/** Sizes of a segment, as far as they are known by now. */
	of(ref: SegmentRef): Trend {
		const found = this.#current;
		const place = found?.refs.indexOf(ref) ?? -1;
		return this.days.map((day) => {
			const sizes = found?.days.find((each) => each.day === day)?.sizes;
			return { day, customers: sizes?.[place]?.customers ?? null };
		});
	}

	/** Asks for the days that are not known yet. What is known stays when it is aborted, and a run lets it give way. */
	look(signal: AbortSignal): Promise<void> {
		return this.#turns.take(signal, async (stop) => {
			const [request, basis, refs] = [this.#request(), this.#basis, this.#refs];
			if (request === null || !this.isWanted) return;
			const { engine } = this.#session.runner;
			const latestFirst = this.#missing.toReversed();
			const own = new AbortController();
			const either = AbortSignal.any([stop, own.signal]);
			this.#running = own;
			try {
				await sizesOverTime(engine, request, refs, latestFirst, either, (sizes) => {
					if (either.aborted) return;
					const known = this.#current?.days ?? [];
					this.#found = { basis, refs, days: [...known, sizes] };
				});
			} catch (error) {
				if (!either.aborted) throw error;
			} finally {
				this.#running = null;
			}
		});
	}

	get #missing(): readonly Day[] {
		const known = this.#current?.days ?? [];
		return this.days.filter((day) => known.every((each) => each.day !== day));
	}

	#request(): PastRules | null {
		const { clean, rfm, clustering } = this.#session;
		const facts = factsOf(this.#session);
		if (clean === null || rfm === null || facts === null) return null;
		// With today's lines a group grows and shrinks; with those of each day all groups would stay as they are.
		return { facts, clean, clustering: clustering?.result ?? null, cutPoints: rfm.cutPoints };
	}
}

function isRule({ kind }: { readonly kind: string }): boolean {
	return kind === 'rule';
}

/** The last first days of months that are not after a day, the oldest first: each starts as a month ends. */
export function monthEnds(asOf: Day, count: number): Day[] {
	const found: Day[] = [];
	for (let day = firstOfMonth(asOf); found.length < count; day = firstOfMonth(addDays(day, -1)))
		found.unshift(day);
	return found;
}

function firstOfMonth(day: Day): Day {
	return `${day.slice(0, 7)}-01` as Day;
}
