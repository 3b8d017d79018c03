import type { Day } from '#lib/core/days.ts';
import type { OnProgress, Progress } from '#lib/core/progress.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import { planHoldout } from '#lib/pipeline/validate/holdout/plan.ts';
import type { Holdout, HoldoutPlan } from '#lib/pipeline/validate/holdout/schema.ts';
import { checkHoldout, holdoutPeople, type HoldoutAnswer } from '#lib/pipeline/validate/holdout/step.ts';
import { monthStarts } from '#lib/pipeline/validate/windows/days.ts';
import { comparedDays } from '#lib/pipeline/validate/windows/compared.ts';
import type { PastOfOwn } from '#lib/pipeline/validate/windows/own.ts';
import type {
	ComparedDay,
	ComparedDays,
	PeopleFilter,
	WindowBy,
	WindowDay,
	Windows
} from '#lib/pipeline/validate/windows/schema.ts';
import { compareDays, windowPeople, type WindowRequest } from '#lib/pipeline/validate/windows/step.ts';
import { pastOfNatural } from '#lib/pipeline/validate/windows/time-stability.ts';
import { BackgroundAnswer, type Asked, type Turns } from '../segments/background-answer.svelte.ts';
import { OwnOverTime } from './own-over-time.svelte.ts';
import type { Checked } from './validation.svelte.ts';

/** How many month starts back segments are compared with today, unless somebody chooses. */
const USUAL_MONTHS_BACK = 3;

/** Segments on past days: who is still in them, how their numbers moved, and whether what they told held. */
export class SegmentsOverTime {
	readonly #session: Checked;
	readonly #turns: Turns;
	readonly #windows: BackgroundAnswer<Windows>;
	readonly #holdout: BackgroundAnswer<HoldoutAnswer>;
	/** The user's own rules. */
	readonly own: OwnOverTime;
	#by = $state<WindowBy>('segment');
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
		this.own = new OwnOverTime(session, turns, () => this.days);
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

	/** The days of natural segments and RFM groups that are known by now; null before the first. */
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

	/** What is compared: what was chosen, as far as it is there. */
	get by(): WindowBy {
		const [first = 'group'] = this.kinds;
		return this.kinds.includes(this.#by) ? this.#by : first;
	}

	/** What can be compared: natural segments and own rules where there are any, RFM groups always. */
	get kinds(): readonly WindowBy[] {
		const natural: readonly WindowBy[] = this.#session.clustering === null ? [] : ['segment'];
		const own: readonly WindowBy[] = this.#session.recipe.segment.own.segments.length === 0 ? [] : ['own'];
		return [...natural, 'group', ...own];
	}

	set by(by: WindowBy) {
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

	/** The days of what is compared that are known by now; null before the first. */
	readonly compared: ComparedDays | null = $derived.by(() => {
		const { by, windows } = this;
		if (by === 'own') return this.own.windows;
		return windows && comparedDays(windows, by);
	});

	/** The chosen day against today; null while it is not known. */
	get shown(): ComparedDay | null {
		return this.compared?.days.find(({ day }) => day === this.day) ?? null;
	}

	/** The chosen day of natural segments and RFM groups; null while it is not known. */
	get window(): WindowDay | null {
		return this.windows?.days.find(({ day }) => day === this.day) ?? null;
	}

	/** What the latest days say of natural segments and of those that the user made; of what is not known yet, nothing. */
	readonly past: ReadonlyMap<SegmentRef, PastOfOwn> = $derived.by(() => {
		const { clustering } = this.#session;
		const natural = clustering && pastOfNatural(this.#windows.now?.days ?? [], clustering.result);
		return new Map([...(natural ?? []), ...this.own.past]);
	});

	/** Stands for what `past` still lacks of natural segments; null where it lacks nothing. */
	get naturalWanted(): string | null {
		return this.#session.clustering === null ? null : this.#windows.wanted;
	}

	/** Stands for what `past` still lacks; null where it lacks nothing. */
	get pastWanted(): string | null {
		return joined([this.naturalWanted, this.own.wanted]);
	}

	/** Makes the next part of what `past` lacks: natural segments first, then own rules. */
	lookBack(signal: AbortSignal): Promise<void> {
		return this.naturalWanted === null ? this.own.look(signal) : this.#windows.look(signal);
	}

	/** Stands for what is still to be made; null where nothing is. */
	get wanted(): string | null {
		if (this.isStopped) return null;
		const own = this.by === 'own' ? this.own.wanted : null;
		return joined([own, this.#windows.wanted, this.#holdout.wanted]);
	}

	/** Stands for days of what is compared that are not known yet. */
	get daysWanted(): string | null {
		return this.by === 'own' ? this.own.wanted : this.#windows.wanted;
	}

	/** Compares the past days with today, first those that are shown, then checks segments of an earlier day. */
	async look(signal: AbortSignal): Promise<void> {
		if (this.by === 'own') await this.own.look(signal);
		await this.#windows.look(signal);
		await this.#holdout.look(signal);
	}

	/** Picks people who stayed, came or went since the chosen day; picking the same again lets them go. */
	pick(filter: PeopleFilter, title: string): Promise<void> {
		return this.#turns.take(new AbortController().signal, async (stop) => {
			const { day, by } = this;
			const request = this.#request();
			if (day === null || request === null) return;
			const ids =
				by === 'own'
					? await this.own.people(day, filter, stop)
					: await windowPeople(this.#session.runner.engine, request, day, { by, ...filter }, stop);
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

/** What is wanted of several answers; null where nothing is. */
function joined(parts: readonly (string | null)[]): string | null {
	const wanted = parts.filter((part) => part !== null);
	return wanted.length > 0 ? wanted.join(' ') : null;
}
