import { addDays, type Day } from '#lib/core/days.ts';
import type { Grouping, Movement, MovementCellFilter } from '#lib/pipeline/segment/changes/schema.ts';
import {
	BASE_HORIZON,
	type Horizon,
	type MonthOrders,
	type PastDay,
	type PastFilter
} from '#lib/pipeline/segment/past/schema.ts';
import {
	goBack,
	groupPast,
	latestSeenDay,
	movedIds,
	movementSince,
	ordersByMonth,
	pastIds,
	type PastRequest
} from '#lib/pipeline/segment/past/step.ts';
import type { Session } from './session.svelte.ts';

/** Who went where from the past day until a later one. */
export interface PastMovement {
	readonly to: Day;
	readonly groups: Movement;
	/** Null where one of the two days has no segments. */
	readonly segments: Movement | null;
}

/** What is known of a past day. */
export interface PastAnswer {
	readonly past: PastDay;
	/** Null where the later day is not later. */
	readonly movement: PastMovement | null;
}

/** A question to the machine, and what is known of it. */
export interface PastQuestion {
	/** The day that is asked for; null where there is none to go back to. */
	readonly day: Day | null;
	/** True while an answer can be asked for. */
	readonly isReady: boolean;
	/** Stands for what is asked: another question, another text. Null where nothing can be asked. */
	readonly asked: string | null;
	/** The answer to what is asked; null while it is made. */
	readonly answer: PastAnswer | null;
	/** What is shown: the answer, else the one before it, which is to be dimmed. */
	readonly shown: PastAnswer | null;
	/** Makes the answer, unless it is there; to be asked again when `isReady` or `asked` changes. */
	look(signal: AbortSignal): Promise<void>;
	/** Picks people of the day; picking the same again lets them go. */
	pick(filter: PastFilter, title: string): Promise<void>;
}

/** What is asked: days, and whose lines part the scores. */
interface Asked {
	readonly day: Day;
	readonly to: Day;
	readonly usesLinesOfNow: boolean;
}

/** What a session shows, as far as going back needs it. */
type Travelled = Pick<
	Session,
	'busy' | 'clean' | 'features' | 'rfm' | 'clustering' | 'recipe' | 'runner' | 'onRun' | 'select' | 'nameOf'
>;

/** Answers that are remembered; the oldest are forgotten first. */
const MOST_REMEMBERED = 60;

/** Going back to a past day: what was known then, and what people really did next. */
export class SessionTimeMachine implements PastQuestion {
	readonly #session: Travelled;
	/** The day that was chosen; null: that of the base rates. */
	#chosen = $state<Day | null>(null);
	horizon = $state<Horizon>(BASE_HORIZON);
	by = $state<Grouping>('group');
	/** Scores on the past day are parted by today's lines. */
	#usesLinesOfNow = $state(false);
	/** The day that people are followed to; null: that of the session. */
	#followedTo = $state<Day | null>(null);
	/** The orders of each month; null until they are counted. */
	months = $state.raw<readonly MonthOrders[] | null>(null);
	#answers = $state.raw<ReadonlyMap<string, PastAnswer>>(new Map());
	/** The last answer that was shown; it stays, dimmed, while the next is made. */
	#last = $state.raw<PastAnswer | null>(null);
	/** What all answers were made of. */
	#basis = $state.raw<readonly unknown[]>([]);
	/** What the tables in the engine are of. */
	#inTables: { readonly from: string; readonly to: string | null } | null = null;
	#turn: Promise<unknown> = Promise.resolve();
	readonly #running = new Set<AbortController>();

	constructor(session: Travelled) {
		this.#session = session;
		session.onRun.add(() => this.#running.forEach((controller) => controller.abort()));
	}

	/** Names of the natural segments by cluster; none without segments. */
	readonly segmentNames: readonly string[] = $derived.by(() =>
		(this.#session.clustering?.result.profiles ?? []).map(({ cluster }) => this.#session.nameOf(cluster))
	);

	/** The first and the last day that can be gone back to; null where there are no orders. */
	readonly range: { readonly first: Day; readonly last: Day } | null = $derived.by(() => {
		const { firstOrder = null, lastOrder = null } = this.#session.clean ?? {};
		if (firstOrder === null || lastOrder === null) return null;
		return { first: addDays(firstOrder, 1), last: addDays(lastOrder, 1) };
	});

	/** The latest day after which the horizon of base rates is seen, or the nearest there is to it. */
	readonly #baseDay: Day | null = $derived.by(() => {
		const { range } = this;
		const { clean } = this.#session;
		if (range === null || clean === null) return null;
		const day = latestSeenDay(clean, BASE_HORIZON) ?? latestSeenDay(clean, 30) ?? range.first;
		return within(day, range.first, range.last);
	});

	readonly day: Day | null = $derived.by(() => {
		const { range } = this;
		return range && this.#chosen ? within(this.#chosen, range.first, range.last) : this.#baseDay;
	});

	/** The day that people are followed to; null before there are results. */
	readonly to: Day | null = $derived.by(() => {
		const asOf = this.#session.features?.asOf ?? null;
		return this.range && this.#followedTo
			? within(this.#followedTo, this.range.first, this.range.last)
			: asOf;
	});

	/** True where people are followed to the day of the session. */
	get isToNow(): boolean {
		return this.#slotOf(this.to ?? undefined) === 'now';
	}

	readonly #asked: Asked | null = $derived.by(() => {
		const { day, to } = this;
		return day === null || to === null ? null : { day, to, usesLinesOfNow: this.#usesLinesOfNow };
	});

	readonly #baseAsked: Asked | null = $derived.by(() => {
		const day = this.#baseDay;
		const to = this.#session.features?.asOf ?? null;
		return day === null || to === null ? null : { day, to, usesLinesOfNow: false };
	});

	readonly asked: string | null = $derived(this.#asked && keyOf(this.#asked));

	readonly answer: PastAnswer | null = $derived.by(() => this.#answerTo(this.#asked));

	readonly shown: PastAnswer | null = $derived(this.answer ?? (this.#isCurrent ? this.#last : null));

	readonly isReady: boolean = $derived.by(() => {
		const { rfm, busy } = this.#session;
		return this.#asked !== null && rfm !== null && !busy;
	});

	readonly #baseAnswer: PastAnswer | null = $derived.by(() => this.#answerTo(this.#baseAsked));

	/** The base rates: groups as they stood when `BASE_HORIZON` is just seen, whatever else is asked of the machine. */
	readonly base: PastQuestion = this.#baseQuestion();

	/** True where scores on the past day are parted by today's lines. */
	get usesLinesOfNow(): boolean {
		return this.#usesLinesOfNow;
	}

	/** Chooses a day to go back to. */
	goTo(day: Day): void {
		this.#leave();
		this.#chosen = day;
	}

	/** Chooses the day that people are followed to; null: that of the session. */
	followTo(day: Day | null): void {
		this.#leave();
		this.#followedTo = day;
	}

	/** Parts scores by today's lines, or by those of the past day. */
	useLinesOfNow(isOn: boolean): void {
		this.#leave();
		this.#usesLinesOfNow = isOn;
	}

	/** Goes back to what is shown, in place of what is being made. */
	stay(): void {
		const { shown } = this;
		if (shown === null) return;
		this.#chosen = shown.past.day;
		this.#followedTo =
			shown.movement === null || shown.movement.to === this.#session.features?.asOf
				? null
				: shown.movement.to;
		this.#usesLinesOfNow = shown.past.linesOf === 'now';
	}

	/** Keeps what is shown, until the next answer is there. */
	#leave(): void {
		this.#last = this.shown;
	}

	look(signal: AbortSignal): Promise<void> {
		return this.#answer(() => this.#asked, signal);
	}

	pick(filter: PastFilter, title: string): Promise<void> {
		return this.#pickFrom(() => this.#asked, filter, title);
	}

	#baseQuestion(): PastQuestion {
		const [day, isReady, asked, answer] = [
			() => this.#baseDay,
			() => this.isReady,
			() => this.#baseAsked,
			() => this.#baseAnswer
		];
		return {
			get day() {
				return day();
			},
			get isReady() {
				return isReady();
			},
			get asked() {
				const question = asked();
				return question && keyOf(question);
			},
			get answer() {
				return answer();
			},
			get shown() {
				return answer();
			},
			look: (signal) => this.#answer(asked, signal),
			pick: (filter, title) => this.#pickFrom(asked, filter, title)
		};
	}

	#answerTo(asked: Asked | null): PastAnswer | null {
		return asked === null || !this.#isCurrent ? null : (this.#answers.get(keyOf(asked)) ?? null);
	}

	/** Answers one after the other; an aborted one, or one that a run came in between, changes nothing. */
	#answer(askedNow: () => Asked | null, signal: AbortSignal): Promise<void> {
		return this.#inTurn(signal, async (stop) => {
			this.#startAnew();
			const asked = askedNow();
			if (asked === null || !this.isReady) return;
			const { engine } = this.#session.runner;
			this.months ??= await ordersByMonth(engine, stop);
			const answer = this.#answers.get(keyOf(asked)) ?? (await this.#make(asked, stop));
			if (!this.#isCurrent) return;
			const others = [...this.#answers].filter(([key]) => key !== keyOf(asked));
			this.#answers = new Map([...others, [keyOf(asked), answer] as const].slice(-MOST_REMEMBERED));
		});
	}

	#pickFrom(askedNow: () => Asked | null, filter: PastFilter, title: string): Promise<void> {
		return this.#pickIds(askedNow, title, ({ past }, signal) =>
			pastIds(this.#session.runner.engine, filter, past.axes, signal)
		);
	}

	/** Picks who took a route from the past day until the later one. */
	pickMoved(filter: MovementCellFilter, title: string): Promise<void> {
		const asked = (): Asked | null => this.#asked;
		return this.#pickIds(asked, title, async ({ movement }, signal) => {
			const categories = (filter.by === 'segment' ? movement?.segments : movement?.groups)?.categories ?? [];
			return movedIds(this.#session.runner.engine, this.#slotOf(movement?.to), filter, categories, signal);
		});
	}

	#pickIds(
		askedNow: () => Asked | null,
		title: string,
		find: (answer: PastAnswer, signal: AbortSignal) => Promise<readonly string[]>
	): Promise<void> {
		return this.#inTurn(new AbortController().signal, async (stop) => {
			const asked = askedNow();
			const answer = this.#answerTo(asked);
			if (answer === null || asked === null) return;
			if (!this.#holds(asked)) await this.#make(asked, stop);
			const ids = await find(answer, stop);
			if (this.#isCurrent) this.#session.select({ kind: 'listed', title, ids });
		});
	}

	/** Runs after what came before; gives way to a run. */
	#inTurn(signal: AbortSignal, work: (stop: AbortSignal) => Promise<void>): Promise<void> {
		const own = new AbortController();
		const stop = AbortSignal.any([signal, own.signal]);
		const turn = this.#turn.then(async () => {
			if (stop.aborted) return;
			this.#running.add(own);
			try {
				await work(stop);
			} catch (error) {
				if (!stop.aborted) throw error;
			} finally {
				this.#running.delete(own);
			}
		});
		this.#turn = turn.catch(() => undefined);
		return turn;
	}

	async #make(asked: Asked, signal: AbortSignal): Promise<PastAnswer> {
		const { engine } = this.#session.runner;
		this.#inTables = null;
		const past = await goBack(engine, this.#requestFor(asked, asked.day), signal);
		const movement = asked.day < asked.to ? await this.#follow(asked, past, signal) : null;
		this.#inTables = { from: keyOf(asked), to: asked.to };
		return { past, movement };
	}

	async #follow(asked: Asked, past: PastDay, signal: AbortSignal): Promise<PastMovement> {
		const { engine } = this.#session.runner;
		const { clustering, rfm } = this.#session;
		const slot = this.#slotOf(asked.to);
		const later =
			slot === 'to' ? await groupPast(engine, this.#requestFor(asked, asked.to), 'to', signal) : null;
		const ids = past.table.map(({ id }) => id);
		const hasSegments = clustering !== null && [past, later].every((each) => !each?.segmentsLack.length);
		const clusters = (clustering?.result.profiles ?? []).map(({ cluster }) => String(cluster));
		if (rfm === null) throw new Error('there are no groups to follow people to');
		return {
			to: asked.to,
			groups: await movementSince(engine, slot, 'group', ids, signal),
			segments: hasSegments ? await movementSince(engine, slot, 'segment', clusters, signal) : null
		};
	}

	#requestFor({ usesLinesOfNow }: Asked, day: Day): PastRequest {
		const { clean, features, rfm, clustering, recipe } = this.#session;
		if (clean === null) throw new Error('there is nothing to go back to');
		return {
			day,
			params: recipe.segment.rfm,
			featureParams: recipe.features,
			ownFeatures: (features?.features ?? []).filter(({ isOwn }) => isOwn).map(({ id }) => id),
			clean,
			clustering: clustering?.result ?? null,
			cutPoints: usesLinesOfNow ? (rfm?.cutPoints ?? null) : null
		};
	}

	#slotOf(to: Day | undefined): 'now' | 'to' {
		return to === this.#session.features?.asOf ? 'now' : 'to';
	}

	#holds(asked: Asked): boolean {
		return this.#inTables?.from === keyOf(asked);
	}

	/** What every answer is made of, as it is now. */
	get #basisNow(): readonly unknown[] {
		const { clean, features, rfm, clustering } = this.#session;
		return [clean, features, rfm, clustering?.result];
	}

	get #isCurrent(): boolean {
		const now = this.#basisNow;
		return this.#basis.length === now.length && now.every((part, i) => part === this.#basis[i]);
	}

	/** Forgets what was made of earlier results. */
	#startAnew(): void {
		if (this.#isCurrent) return;
		this.#basis = this.#basisNow;
		this.#answers = new Map();
		this.#last = null;
		this.#inTables = null;
		this.months = null;
	}
}

function keyOf({ day, to, usesLinesOfNow }: Asked): string {
	return [day, to, usesLinesOfNow].join(' ');
}

function within(day: Day, first: Day, last: Day): Day {
	if (day < first) return first;
	return day > last ? last : day;
}
