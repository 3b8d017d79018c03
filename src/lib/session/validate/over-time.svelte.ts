import type { Day } from '#lib/core/days.ts';
import type { OnProgress, Progress } from '#lib/core/progress.ts';
import type { Grouping } from '#lib/pipeline/segment/changes/schema.ts';
import { planHoldout } from '#lib/pipeline/validate/holdout/plan.ts';
import type { Holdout, HoldoutPlan } from '#lib/pipeline/validate/holdout/schema.ts';
import { checkHoldout, holdoutPeople, type HoldoutAnswer } from '#lib/pipeline/validate/holdout/step.ts';
import { monthStarts } from '#lib/pipeline/validate/windows/days.ts';
import type { WindowDay, WindowFilter, Windows } from '#lib/pipeline/validate/windows/schema.ts';
import { compareDays, windowPeople, type WindowRequest } from '#lib/pipeline/validate/windows/step.ts';
import { pastOfSegments, type PastOfSegment } from '#lib/pipeline/validate/windows/time-stability.ts';
import { BackgroundAnswer, type Asked, type Turns } from '../segments/background-answer.svelte.ts';
import type { Checked } from './validation.svelte.ts';

/** How many month starts back segments are compared with today, unless somebody chooses. */
const USUAL_MONTHS_BACK = 3;

/** Segments on past days: who is still in them, how their numbers moved, and whether what they told held. */
export class SegmentsOverTime {
	readonly #session: Checked;
	readonly #turns: Turns;
	readonly #windows: BackgroundAnswer<Windows>;
	readonly #holdout: BackgroundAnswer<HoldoutAnswer>;
	#by = $state<Grouping>('segment');
	#day = $state<Day | null>(null);
	/** The days that are known by now, and what they are of. */
	#soFar = $state.raw<{ readonly basis: unknown; readonly windows: Windows } | null>(null);
	/** What is being done with the segments of an earlier day; null while nothing is. */
	progress = $state.raw<Progress | null>(null);
	/** True after somebody stopped the work. */
	isStopped = $state(false);

	constructor(session: Checked, turns: Turns) {
		this.#session = session;
		this.#turns = turns;
		this.#windows = new BackgroundAnswer(turns, {
			asked: () => this.#asked(this.days),
			make: (stop) => this.#compare(stop)
		});
		this.#holdout = new BackgroundAnswer(turns, {
			asked: () => (this.plan === null || session.clustering === null ? null : this.#asked(this.plan)),
			make: (stop) => this.#check(stop)
		});
	}

	/** The first days of months that segments are asked of, the oldest first. */
	readonly days: readonly Day[] = $derived.by(() => {
		const { features, clean } = this.#session;
		const firstOrder = clean?.firstOrder ?? null;
		if (features === null || firstOrder === null) return [];
		return monthStarts(features.asOf, firstOrder);
	});

	/** The two days of a check; null where the history is too short. */
	readonly plan: HoldoutPlan | null = $derived.by(() => {
		const { features, clean } = this.#session;
		if (features === null || clean === null) return null;
		return planHoldout(clean.firstOrder, clean.lastOrder, features.asOf);
	});

	/** The days that are known by now; null before the first. */
	get windows(): Windows | null {
		const { now } = this.#windows;
		if (now !== null) return now;
		const soFar = this.#soFar;
		return soFar !== null && soFar.basis === this.#basis ? soFar.windows : null;
	}

	/** The check of segments of an earlier day; null before it is there. */
	get holdout(): HoldoutAnswer | null {
		return this.#holdout.now;
	}

	/** Natural segments, or RFM groups where there are none. */
	get by(): Grouping {
		return this.#session.clustering === null ? 'group' : this.#by;
	}

	set by(by: Grouping) {
		this.#by = by;
	}

	/** The day that is compared with today: the one that was chosen, else that of three months ago or the oldest. */
	get day(): Day | null {
		const { days } = this;
		if (this.#day !== null && days.includes(this.#day)) return this.#day;
		return days.at(-USUAL_MONTHS_BACK) ?? days[0] ?? null;
	}

	set day(day: Day | null) {
		this.#day = day;
	}

	/** The chosen day against today; null while it is not known. */
	get shown(): WindowDay | null {
		return this.windows?.days.find(({ day }) => day === this.day) ?? null;
	}

	/** What the latest days say of each natural segment, by cluster; null before all days are known. */
	readonly past: ReadonlyMap<number, PastOfSegment> | null = $derived.by(() => {
		const { now } = this.#windows;
		const { clustering } = this.#session;
		if (now === null || clustering === null) return null;
		return new Map(pastOfSegments(now.days, clustering.result.profiles.length).entries());
	});

	/** Stands for what is still to be made; null where nothing is. */
	get wanted(): string | null {
		if (this.isStopped) return null;
		const parts = [this.#windows.wanted, this.#holdout.wanted].filter((part) => part !== null);
		return parts.length > 0 ? parts.join(' ') : null;
	}

	/** Stands for days that are not compared yet. */
	get daysWanted(): string | null {
		return this.#windows.wanted;
	}

	/** Compares the past days with today. */
	lookBack(signal: AbortSignal): Promise<void> {
		return this.#windows.look(signal);
	}

	/** Compares the past days with today, then checks segments of an earlier day. */
	async look(signal: AbortSignal): Promise<void> {
		await this.#windows.look(signal);
		await this.#holdout.look(signal);
	}

	/** Picks people who stayed, came or went since the chosen day; picking the same again lets them go. */
	pick(filter: WindowFilter, title: string): Promise<void> {
		return this.#turns.take(new AbortController().signal, async (stop) => {
			const { day } = this;
			const request = this.#request();
			if (day === null || request === null) return;
			const ids = await windowPeople(this.#session.runner.engine, request, day, filter, stop);
			this.#session.select({ kind: 'listed', title, ids });
		});
	}

	/** Picks who is in a segment of the earlier day on the later one. */
	pickHeld(holdout: Holdout, cluster: number, title: string): Promise<void> {
		return this.#turns.take(new AbortController().signal, async (stop) => {
			const ids = await holdoutPeople(this.#session.runner.engine, holdout, cluster, stop);
			this.#session.select({ kind: 'listed', title, ids });
		});
	}

	/** What the answers are made of: the clustering, or the groups where there is none. */
	get #basis(): unknown {
		return this.#session.clustering ?? this.#session.rfm;
	}

	#asked(what: object): Asked | null {
		const { busy, rfm, customers } = this.#session;
		if (busy || rfm === null || customers === null || this.days.length === 0) return null;
		return { key: JSON.stringify([what, rfm.cutPoints, rfm.table]), basis: this.#basis };
	}

	async #compare(stop: AbortSignal): Promise<Windows> {
		const [basis, request] = [this.#basis, this.#request()];
		if (request === null) throw new Error('there are no groups to ask of past days');
		// The latest first: they are what is looked at.
		const latestFirst = this.days.toReversed();
		return compareDays(this.#session.runner.engine, request, latestFirst, stop, (windows) => {
			if (!stop.aborted) this.#soFar = { basis, windows };
		});
	}

	async #check(signal: AbortSignal): Promise<HoldoutAnswer> {
		const { runner, recipe, clustering } = this.#session;
		const [request, plan] = [this.#request(), this.plan];
		if (request === null || plan === null || clustering === null)
			throw new Error('there are no natural segments to check');
		const onProgress: OnProgress = (progress) => (this.progress = progress);
		const { engine, compute } = runner;
		const clusteringParams = recipe.segment.clustering;
		try {
			return await checkHoldout(
				{ engine, compute, signal, onProgress },
				{ ...request, clustering: clustering.result, clusteringParams, plan }
			);
		} finally {
			this.progress = null;
		}
	}

	#request(): WindowRequest | null {
		const { clean, features, rfm, clustering, recipe } = this.#session;
		if (clean === null || features === null || rfm === null) return null;
		return {
			asOf: features.asOf,
			params: recipe.segment.rfm,
			rfm,
			featureParams: recipe.features,
			ownFeatures: features.features.filter(({ isOwn }) => isOwn).map(({ id }) => id),
			clean,
			clustering: clustering?.result ?? null
		};
	}
}
