import type { RfmParams } from '#lib/pipeline/segment/schema.ts';
import {
	translatedIds,
	translateSchemes,
	type Translation,
	type TranslationFilter
} from '#lib/pipeline/segment/rfm/translate.ts';
import type { Session } from './session.svelte.ts';

/** What a translation needs of a session. */
type Grouped = Pick<Session, 'runner' | 'recipe' | 'features' | 'rfm' | 'onRun'>;

/** The customers of a session under the scheme in use and under another one. */
export class RfmTranslation {
	readonly #session: Grouped;
	/** What the answer was made of. */
	#basis = $state.raw<readonly unknown[]>([]);
	#found = $state.raw<Translation | null>(null);
	#stop = new AbortController();
	readonly #giveWay = (): void => this.#stop.abort();

	constructor(session: Grouped) {
		this.#session = session;
		session.onRun.add(this.#giveWay);
	}

	/** The last answer, which stays, dimmed, while the next is made. */
	get shown(): Translation | null {
		return this.#found;
	}

	/** The last answer; null where customers or groups are no longer those it was made of. */
	get found(): Translation | null {
		return this.#found !== null && this.#holds(this.#session) ? this.#found : null;
	}

	/**
	 * Counts the customers of each pair of groups of the scheme in use and another one with its own groups and lines.
	 * Rejects when aborted, and changes nothing then; a run aborts it.
	 */
	async compare(scheme: string, signal: AbortSignal): Promise<void> {
		const { runner, recipe, features, rfm } = this.#session;
		if (features === null || rfm === null) return;
		const basis = [scheme, features, rfm];
		if (this.found !== null && this.#basis[0] === scheme) return;
		const other: RfmParams = { scheme, cutPoints: null, groups: null };
		const hasAmount = rfm.cutPoints.monetaryTotal !== null;
		const found = await translateSchemes(
			runner.engine,
			{ a: recipe.segment.rfm, b: other, hasAmount },
			this.#until(signal)
		);
		this.#basis = basis;
		this.#found = found;
	}

	/** The ids of the customers of a filter of the last answer; none when it no longer holds. */
	async idsOf(filter: TranslationFilter, signal: AbortSignal): Promise<string[]> {
		const { found } = this;
		if (found === null) return [];
		return translatedIds(this.#session.runner.engine, found, filter, this.#until(signal));
	}

	/** Lets go of the session. */
	close(): void {
		this.#stop.abort();
		this.#session.onRun.delete(this.#giveWay);
	}

	#until(signal: AbortSignal): AbortSignal {
		this.#stop = new AbortController();
		return AbortSignal.any([signal, this.#stop.signal]);
	}

	#holds({ features, rfm }: Grouped): boolean {
		const [, ofFeatures, ofRfm] = this.#basis;
		return ofFeatures === features && ofRfm === rfm;
	}
}
