import { isAbort, toAppError, type AppError } from '#lib/core/errors.ts';
import type { Progress } from '#lib/core/progress.ts';
import { runDetails } from '#lib/pipeline/clean/details.ts';
import { foundPairs, type FoundPair } from '#lib/pipeline/clean/duplicates/pairs.ts';
import { findDuplicates } from '#lib/pipeline/clean/duplicates/run.ts';
import type { DuplicatesResult } from '#lib/pipeline/clean/duplicates/schema.ts';
import type { Recipe } from '#lib/recipe/recipe.ts';
import type { Session } from '#lib/session/session.svelte.ts';

/** Pairs that are reviewed; those beyond are told. */
const MOST_PAIRS = 50_000;

/** What a search found, and for which recipe. */
interface Found {
	readonly result: DuplicatesResult;
	readonly pairs: readonly FoundPair[];
	readonly key: string;
}

/** The search for people who may be one, of one session: it outlives the screen, so that a review can be left and taken up. */
export class DuplicatesSearch {
	progress = $state.raw<Progress | null>(null);
	found = $state.raw<Found | null>(null);
	error = $state.raw<AppError | null>(null);
	#controller: AbortController | null = null;

	constructor(readonly session: Session) {}

	/** True when files or steps have changed since, apart from what the user said of pairs. */
	readonly isStale: boolean = $derived.by(
		() => this.found !== null && this.found.key !== keyOf(this.session.recipe)
	);

	/** Looks for pairs; what was found before stays until there is more. */
	async run(): Promise<void> {
		this.cancel();
		const controller = new AbortController();
		this.#controller = controller;
		const { recipe, runner } = this.session;
		const { signal } = controller;
		this.error = null;
		this.progress = { what: 'Reading names and addresses', share: 0 };
		const onProgress = (progress: Progress) => {
			if (!signal.aborted) this.progress = progress;
		};
		try {
			const context = { engine: runner.engine, signal, onProgress };
			await this.#collectPeople(context);
			const result = await findDuplicates(context, recipe.clean.identity.apart);
			const pairs = await foundPairs(runner.engine, MOST_PAIRS, signal);
			this.found = { result, pairs, key: keyOf(recipe) };
		} catch (error) {
			if (!isAbort(error)) this.fail(error);
		} finally {
			if (this.#controller === controller) this.progress = null;
		}
	}

	/** Without orders a run ends before it has collected people. */
	async #collectPeople(context: Parameters<typeof runDetails>[0]): Promise<void> {
		const { clean, details, sources, recipe } = this.session;
		if (details !== null || clean === null || sources === null) return;
		const results = sources.map(({ result }) => result);
		await runDetails(context, recipe.import, recipe.clean, clean, results);
	}

	/** Shows a failure in place of what was found, whose tables may be gone. */
	fail(error: unknown): void {
		this.found = null;
		this.error = toAppError(error);
	}

	cancel = (): void => {
		this.#controller?.abort();
		this.progress = null;
	};
}

const searches = new WeakMap<Session, DuplicatesSearch>();

/** The search of a session. */
export function searchOf(session: Session): DuplicatesSearch {
	const known = searches.get(session);
	if (known) return known;
	const made = new DuplicatesSearch(session);
	searches.set(session, made);
	return made;
}

/** What the people of a recipe hang on, without what the user said of pairs. */
function keyOf({ import: files, clean }: Recipe): string {
	const { merges: _merges, apart: _apart, ...identity } = clean.identity;
	return JSON.stringify([files, { ...clean, identity }]);
}
