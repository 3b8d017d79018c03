import { SvelteSet } from 'svelte/reactivity';
import { isAbort } from '#lib/core/errors.ts';
import type { Day } from '#lib/core/days.ts';
import { listsOf } from '#lib/pipeline/clean/audit/lists.ts';
import { fileTable } from '#lib/pipeline/clean/profile/tables.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { suggestRepairs } from '#lib/pipeline/clean/suggest/run.ts';
import { suggestionKey, type Suggestion } from '#lib/pipeline/clean/suggest/suggestion.ts';
import { addRepairs, changeRepair } from '#lib/recipe/clean-edits.ts';
import type { Edit } from '#lib/recipe/edits.ts';
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
		return this.#of === null || this.#of !== this.#session.clean ? null : this.last;
	}

	/** What the last search found, less what was accepted or refused since: it stays in sight while the next one is going. */
	get last(): readonly Suggestion[] {
		const accepted = new Set(
			this.#session.recipe.clean.repairs.filter(({ on }) => on).map((repair) => suggestionKey(repair))
		);
		return this.#found.filter(({ key }) => !this.#refused.has(key) && !accepted.has(key));
	}

	/** Whether anything was searched yet. */
	get hasSearched(): boolean {
		return this.#of !== null;
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

	/** Adds the steps of suggestions to the recipe, or switches on those that are there: one step to undo. */
	accept(suggestions: readonly Suggestion[]): void {
		this.#session.edit(acceptSuggestions(suggestions));
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

/** Adds the steps of suggestions; a step that stands there switched off is switched on instead. */
export function acceptSuggestions(suggestions: readonly Pick<Suggestion, 'key' | 'repair'>[]): Edit {
	return (recipe) => {
		const off = new Map(
			recipe.clean.repairs.filter(({ on }) => !on).map((repair) => [suggestionKey(repair), repair.id])
		);
		const added = suggestions.filter(({ key }) => !off.has(key)).map(({ repair }) => repair);
		return suggestions
			.flatMap(({ key }) => off.get(key) ?? [])
			.reduce(
				(changed, id) => changeRepair(id, { on: true })(changed),
				added.length > 0 ? addRepairs(added)(recipe) : recipe
			);
	};
}
