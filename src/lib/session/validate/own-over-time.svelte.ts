import type { Day } from '#lib/core/days.ts';
import type { PastRules } from '#lib/pipeline/segment/own/past.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import {
	compareOwnDays,
	ownWindowPeople,
	pastOfOwn,
	rulesToAsk,
	type OwnRule,
	type PastOfOwn
} from '#lib/pipeline/validate/windows/own.ts';
import type { OwnWindows, PeopleFilter } from '#lib/pipeline/validate/windows/schema.ts';
import type { Session } from '../session.svelte.ts';
import { factsOf } from '../segments/ask.ts';
import { BackgroundAnswer, type Asked, type Turns } from '../segments/background-answer.svelte.ts';

/** What a session shows, as far as rules are asked of past days. */
type Asking = Pick<
	Session,
	'busy' | 'clean' | 'features' | 'library' | 'rfm' | 'clustering' | 'own' | 'queries' | 'recipe' | 'runner'
>;

/** The user's own rules on past days: made when a screen shows them, or when their passports are. */
export class OwnOverTime {
	readonly #session: Asking;
	readonly #days: () => readonly Day[];
	readonly #windows: BackgroundAnswer<OwnWindows>;
	/** The days that are known by now, and the results that they are of. */
	#soFar = $state.raw<{ readonly of: Session['own']; readonly windows: OwnWindows } | null>(null);

	/** @param days the first days of months that rules are asked of, the oldest first */
	constructor(session: Asking, turns: Turns, days: () => readonly Day[]) {
		this.#session = session;
		this.#days = days;
		this.#windows = new BackgroundAnswer(turns, {
			asked: () => this.#asked(),
			make: (stop) => this.#compare(stop)
		});
	}

	/** The rules that are asked; their place here is that in the answer. */
	readonly rules: readonly OwnRule[] = $derived.by(() => {
		const { own, recipe } = this.#session;
		return own === null ? [] : rulesToAsk(recipe.segment.own, own);
	});

	/** The days that are known by now; null before the first. */
	get windows(): OwnWindows | null {
		const { now } = this.#windows;
		if (now !== null) return now;
		const soFar = this.#soFar;
		return soFar !== null && soFar.of === this.#session.own ? soFar.windows : null;
	}

	/** What the latest days say of every segment that the user made, by its ref. */
	readonly past: ReadonlyMap<SegmentRef, PastOfOwn> = $derived.by(() => {
		const { segment, queries } = this.#session.recipe;
		const saved = queries.flatMap(({ use, name }) => (use === 'segment' ? [name] : []));
		return pastOfOwn(segment.own.segments, saved, this.#windows.now);
	});

	/** Stands for days that rules have not been asked of yet; null where nothing is to be asked. */
	get wanted(): string | null {
		return this.#windows.wanted;
	}

	/** Asks the past days. */
	look(signal: AbortSignal): Promise<void> {
		return this.#windows.look(signal);
	}

	/** The ids of people who stayed, came or went since a day. */
	async people(
		day: Day,
		{ category, ...filter }: PeopleFilter,
		stop: AbortSignal
	): Promise<readonly string[]> {
		const [rule, request] = [this.rules[category], this.#request()];
		if (rule === undefined || request === null) return [];
		return ownWindowPeople(this.#session.runner.engine, request, rule, day, filter, stop);
	}

	#asked(): Asked | null {
		const { busy, own, library } = this.#session;
		const days = this.#days();
		if (busy || library === null || this.rules.length === 0 || days.length === 0) return null;
		return { key: `own rules on ${days.join(' ')}`, basis: own };
	}

	async #compare(stop: AbortSignal): Promise<OwnWindows> {
		const { own, runner } = this.#session;
		const request = this.#request();
		if (request === null) throw new Error('there are no results to ask rules of');
		// The latest first: they are what is looked at.
		const latestFirst = this.#days().toReversed();
		return compareOwnDays(runner.engine, request, this.rules, latestFirst, stop, (windows) => {
			if (!stop.aborted) this.#soFar = { of: own, windows };
		});
	}

	#request(): PastRules | null {
		const { clean, rfm, clustering } = this.#session;
		const facts = factsOf(this.#session);
		if (clean === null || rfm === null || facts === null) return null;
		return { facts, clean, clustering: clustering?.result ?? null, cutPoints: rfm.cutPoints };
	}
}
