import type { Progress } from '#lib/core/progress.ts';
import {
	HORIZONS,
	type DriversAnswer,
	type DriversResult,
	type Horizon,
	type Outcome,
	type Tenth
} from '#lib/pipeline/segment/drivers/schema.ts';
import { horizonsOf } from '#lib/pipeline/segment/drivers/look-back.ts';
import { selectPeople } from '#lib/pipeline/segment/drivers/outcomes.sql.ts';
import { describePast, findDrivers, type DriversRequest } from '#lib/pipeline/segment/drivers/step.ts';
import type { Session } from './session.svelte.ts';

/** What a session shows, as far as looking back needs it. */
type LookedAt = Pick<Session, 'busy' | 'clean' | 'features' | 'recipe' | 'runner' | 'onRun' | 'select'>;

/** Of more customers than this, nothing is weighed until somebody asks for it. */
export const MOST_UNASKED = 50_000;

/** Which features tell what customers do next: asked for by outcome and days, and remembered until the data changes. */
export class SessionDrivers {
	readonly #session: LookedAt;
	outcome = $state<Outcome>('repeat');
	/** Days that customers are followed; null: as long as the history allows. */
	#chosen = $state<Horizon | null>(null);
	#answers = $state.raw<ReadonlyMap<string, DriversAnswer>>(new Map());
	/** What all answers were made of. */
	#basis: readonly unknown[] = $state.raw([]);
	/** The answer whose day `features.drivers` is of. */
	#inTable: DriversAnswer | null = null;
	/** The question that was stopped: it waits until it is asked again. */
	#stopped = $state<string | null>(null);
	/** The question that somebody asked for although there are many customers. */
	#wanted = $state<string | null>(null);
	#running = $state.raw<AbortController | null>(null);
	#turn: Promise<unknown> = Promise.resolve();
	/** How far the work is; null while none is done. */
	progress = $state.raw<Progress | null>(null);

	constructor(session: LookedAt) {
		this.#session = session;
		session.onRun.add(() => this.#running?.abort());
	}

	/** How long customers can be followed; empty when there is too little history, or none. */
	readonly horizons: readonly Horizon[] = $derived.by(() => {
		const { clean, features } = this.#session;
		const { firstOrder = null, lastOrder = null } = clean ?? {};
		if (firstOrder === null || lastOrder === null || features === null) return [];
		// Where the sends end is not known here: a shorter horizon then answers, and says so.
		return horizonsOf({ firstOrder, lastOrder, asOf: features.asOf, lastSend: null }, 'repeat');
	});

	/** How long they are followed. */
	readonly horizon: Horizon = $derived.by(() => {
		const longest = this.horizons.at(-1) ?? HORIZONS[0];
		return this.#chosen !== null && this.horizons.includes(this.#chosen) ? this.#chosen : longest;
	});

	readonly #key = $derived(`${this.outcome} ${this.horizon}`);
	readonly #basisNow: readonly unknown[] = $derived.by(() => [this.#session.clean, this.#session.features]);
	readonly #isCurrent: boolean = $derived.by(
		() =>
			this.#basis.length === this.#basisNow.length &&
			this.#basis.every((part, i) => part === this.#basisNow[i])
	);

	/** The answer to what is asked; null while there is none. */
	readonly answer: DriversAnswer | null = $derived.by(() =>
		this.#isCurrent ? (this.#answers.get(this.#key) ?? null) : null
	);

	/** True where there are so many customers that somebody has to ask, or where the work was stopped. */
	readonly isWaiting: boolean = $derived.by(() => {
		if (this.#stopped === this.#key) return true;
		const { features } = this.#session;
		return features !== null && features.customers > MOST_UNASKED && this.#wanted !== this.#key;
	});

	/** True when the work can be done now, and nobody has to be asked. */
	readonly isReady: boolean = $derived.by(
		() => this.#session.features !== null && !this.#session.busy && this.answer === null && !this.isWaiting
	);

	/** Follows customers for so many days. */
	follow(horizon: Horizon): void {
		this.#chosen = horizon;
	}

	/** Lets the work begin that waits for somebody to ask. */
	ask(): void {
		this.#stopped = null;
		this.#wanted = this.#key;
	}

	/** Stops the work; it waits then. */
	cancel = (): void => {
		if (this.#running === null) return;
		this.#stopped = this.#key;
		this.#running.abort();
	};

	/**
	 * Makes the answer to what is asked. One after the other; gives way to a run, and an aborted one changes nothing. Rejects
	 * only with failures.
	 */
	find(signal: AbortSignal): Promise<void> {
		return this.#inTurn(signal, async (stop) => {
			if (!this.isReady) return;
			const [basis, key] = [this.#basisNow, this.#key];
			const { runner } = this.#session;
			const context = {
				engine: runner.engine,
				compute: runner.compute,
				signal: stop,
				onProgress: (progress: Progress) => {
					if (!stop.aborted) this.progress = progress;
				}
			};
			this.#inTable = null;
			const answer = await findDrivers(context, this.#request()).catch((error: unknown) => {
				if (!stop.aborted) this.#stopped = key;
				throw error;
			});
			stop.throwIfAborted();
			if (basis.some((part, i) => part !== this.#basisNow[i])) return;
			const others = this.#isCurrent ? [...this.#answers] : [];
			this.#basis = basis;
			this.#answers = new Map([...others, [key, answer]]);
			this.#inTable = answer;
		});
	}

	/** Picks the customers whose value of a feature was in a tenth; picking the same again lets them go. */
	pick(answer: DriversResult, feature: string, { from, to }: Tenth, title: string): Promise<void> {
		return this.#inTurn(new AbortController().signal, async (stop) => {
			const { engine } = this.#session.runner;
			if (this.#inTable !== answer) await describePast(engine, answer, this.#session.recipe.features, stop);
			this.#inTable = answer;
			const rows = await engine.rows<{ customerId: string }>(selectPeople(feature, from, to), stop);
			const ids = rows.map(({ customerId }) => customerId);
			if (this.#isCurrent) this.#session.select({ kind: 'listed', title, ids });
		});
	}

	#request(): DriversRequest {
		const { clean, features, recipe } = this.#session;
		if (clean === null || features === null) throw new Error('there is nothing to look back on');
		return {
			clean,
			features,
			params: recipe.features,
			outcome: this.outcome,
			horizon: this.horizon,
			seed: recipe.segment.clustering.seed
		};
	}

	/** Runs after what came before; gives way to a run. */
	#inTurn(signal: AbortSignal, work: (stop: AbortSignal) => Promise<void>): Promise<void> {
		const own = new AbortController();
		const stop = AbortSignal.any([signal, own.signal]);
		const turn = this.#turn.then(async () => {
			if (stop.aborted) return;
			this.#running = own;
			try {
				await work(stop);
			} catch (error) {
				if (!stop.aborted) throw error;
			} finally {
				this.#running = null;
				this.progress = null;
			}
		});
		this.#turn = turn.catch(() => undefined);
		return turn;
	}
}
