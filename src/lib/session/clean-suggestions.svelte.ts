import { SvelteSet } from 'svelte/reactivity';
import { isAbort } from '#lib/core/errors.ts';
import type { Day } from '#lib/core/days.ts';
import { listsOf } from '#lib/pipeline/clean/audit/lists.ts';
import { fileTable } from '#lib/pipeline/clean/profile/tables.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { suggestRepairs } from '#lib/pipeline/clean/suggest/run.ts';
import type { Suggestion } from '#lib/pipeline/clean/suggest/suggestion.ts';
import { addRepairs } from '#lib/recipe/clean-edits.ts';
import type { Session } from './session.svelte.ts';

/** The suggested clean-up of a session: what was found in the newest file of each list, and what the user refused. */
export class CleanSuggestions {
	readonly #session: Session;
	/** What was refused, by key, until the session is closed. */
	readonly #refused = new SvelteSet<string>();
	/** The clean-up that `#found` speaks of. */
	#of = $state.raw<CleanResult | null>(null);
	#found = $state.raw<readonly Suggestion[]>([]);

	constructor(session: Session) {
		this.#session = session;
	}

	/** What is open to be accepted or refused; null until the clean-up that is shown was searched. */
	get open(): readonly Suggestion[] | null {
		if (this.#of === null || this.#of !== this.#session.clean) return null;
		return this.#found.filter(({ key }) => !this.#refused.has(key));
	}

	/** How many were refused of what is found now. */
	get refusedCount(): number {
		return this.#found.filter(({ key }) => this.#refused.has(key)).length;
	}

	/** Looks at the newest file of every list, once for each clean-up. */
	async find(today: Day, signal: AbortSignal): Promise<void> {
		const { clean } = this.#session;
		if (clean === null || clean === this.#of) return;
		try {
			const found = await this.#search(clean, today, signal);
			if (signal.aborted || clean !== this.#session.clean) return;
			this.#found = found;
			this.#of = clean;
		} catch (error) {
			if (!isAbort(error)) throw error;
		}
	}

	async #search(clean: CleanResult, today: Day, signal: AbortSignal): Promise<Suggestion[]> {
		const { recipe, sources, runner, profiles } = this.#session;
		const context = { engine: runner.engine, compute: runner.compute, signal, onProgress: () => undefined };
		const found: Suggestion[] = [];
		for (const { sources: files } of listsOf(recipe.import.sources)) {
			const [source] = files;
			const result = sources?.find((loaded) => loaded.result.id === source.id)?.result;
			if (source.kind === 'report' || result === undefined) continue;
			const table = fileTable(source, result, 'clean');
			await profiles.look(table, table.columns, signal);
			signal.throwIfAborted();
			const columns = profiles.columnsOf(table, table.columns);
			const repairs = recipe.clean.repairs;
			found.push(...(await suggestRepairs(context, { source, result, columns, clean, repairs, today })));
		}
		return found;
	}

	/** Adds the steps of suggestions to the recipe: one step to undo. */
	accept(suggestions: readonly Suggestion[]): void {
		this.#session.edit(addRepairs(suggestions.map(({ repair }) => repair)));
	}

	/** Leaves a suggestion out from now on. */
	refuse({ key }: Suggestion): void {
		this.#refused.add(key);
	}

	/** Brings back what was refused. */
	recall(): void {
		this.#refused.clear();
	}
}
