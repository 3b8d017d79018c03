/** Work that takes turns, and gives way to a run. */
export class Turns {
	#turn: Promise<unknown> = Promise.resolve();
	readonly #running = new Set<AbortController>();

	/** @param onRun what is called before a run begins */
	constructor(onRun: Set<() => void>) {
		onRun.add(() => this.#running.forEach((controller) => controller.abort()));
	}

	/** Does work after what came before. What is aborted ends quietly; rejects only with failures. */
	take(signal: AbortSignal, work: (stop: AbortSignal) => Promise<void>): Promise<void> {
		const own = new AbortController();
		const stop = AbortSignal.any([signal, own.signal]);
		this.#running.add(own);
		const turn = this.#turn.then(async () => {
			try {
				if (!stop.aborted) await work(stop);
			} catch (error) {
				if (!stop.aborted) throw error;
			} finally {
				this.#running.delete(own);
			}
		});
		this.#turn = turn.catch(() => undefined);
		return turn;
	}
}

/** What is asked, and of which results: an answer holds as long as both stay. */
export interface Asked {
	readonly key: string;
	readonly basis: unknown;
}

/** What an answer is made by. */
interface Making<Value> {
	/** Null while nothing can be asked. */
	readonly asked: () => Asked | null;
	readonly make: (stop: AbortSignal) => Promise<Value>;
}

/** An answer that is made in the background while a screen shows it. */
export class BackgroundAnswer<Value> {
	readonly #turns: Turns;
	readonly #making: Making<Value>;
	#made = $state.raw<(Asked & { readonly value: Value }) | null>(null);

	constructor(turns: Turns, making: Making<Value>) {
		this.#turns = turns;
		this.#making = making;
	}

	/** The answer to what is asked; null while it is not there. */
	get now(): Value | null {
		const asked = this.#making.asked();
		return asked !== null && this.#holds(asked) ? (this.#made?.value ?? null) : null;
	}

	/** The latest answer, which may be to an older question. */
	get latest(): Value | null {
		return this.#made?.value ?? null;
	}

	/** Stands for what can be asked and is not answered: another question, another text; null where nothing is. */
	get wanted(): string | null {
		const asked = this.#making.asked();
		return asked !== null && !this.#holds(asked) ? asked.key : null;
	}

	/** Makes the answer, unless it is there. An aborted one, or one that a run came in between, changes nothing. */
	look(signal: AbortSignal): Promise<void> {
		return this.#turns.take(signal, async (stop) => {
			const asked = this.#making.asked();
			if (asked === null || this.#holds(asked)) return;
			const value = await this.#making.make(stop);
			stop.throwIfAborted();
			this.#made = { ...asked, value };
		});
	}

	#holds({ key, basis }: Asked): boolean {
		return this.#made?.key === key && this.#made.basis === basis;
	}
}
