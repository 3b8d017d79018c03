import { adviseMethod, factsOf, type MethodAdvice } from '#lib/pipeline/segment/adviser.ts';
import type { Look } from '#lib/pipeline/segment/compute.ts';
import { BackgroundAnswer, type Turns } from '../segments/background-answer.svelte.ts';
import type { Session } from '../session.svelte.ts';

/** Which method fits the customers: looked into while the screen is open. */
export class Advice {
	readonly #session: Pick<Session, 'busy' | 'clustering' | 'runner'>;
	readonly #look: BackgroundAnswer<Look>;

	constructor(session: Pick<Session, 'busy' | 'clustering' | 'runner'>, turns: Turns) {
		this.#session = session;
		this.#look = new BackgroundAnswer(turns, {
			asked: () => {
				const { clustering, busy } = session;
				return clustering === null || busy ? null : { key: 'look', basis: clustering };
			},
			make: (stop) => {
				const { clustering, runner } = session;
				if (clustering === null) throw new Error('there is nobody to look at');
				const { data, result } = clustering;
				const { scaler, projection, seed } = result;
				return runner.compute.look({ data, scaler, projection, seed }, stop, () => undefined);
			}
		});
	}

	/** The advice; null while it is looked into. */
	get now(): MethodAdvice | null {
		const { clustering } = this.#session;
		const look = this.#look.now;
		return clustering === null || look === null ? null : adviseMethod(factsOf(clustering, look));
	}

	/** Stands for what is still to be looked into; null where nothing is. */
	get wanted(): string | null {
		return this.#look.wanted;
	}

	look(signal: AbortSignal): Promise<void> {
		return this.#look.look(signal);
	}
}
