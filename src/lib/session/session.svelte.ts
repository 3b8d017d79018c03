import { isAbort, notice, type AppError, type Notice } from '#lib/core/errors.ts';
import { createFormat } from '#lib/core/format.ts';
import { columnOf } from '#lib/core/matrix.ts';
import type { Progress } from '#lib/core/progress.ts';
import { detailNotices } from '#lib/pipeline/clean/details.ts';
import { cleanNotices } from '#lib/pipeline/clean/step.ts';
import { queryNotices } from '#lib/pipeline/queries/step.ts';
import type { NamedBlob } from '#lib/pipeline/import/byte-source.ts';
import type { FixedDialect, Inspection } from '#lib/pipeline/import/inspect.ts';
import type { LoadedSource } from '#lib/pipeline/import/load.ts';
import { proposeMapping, undecided } from '#lib/pipeline/import/mapping.ts';
import type { TableKind } from '#lib/pipeline/import/roles.ts';
import { layoutKey, type FoundSource, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { describeScores } from '#lib/pipeline/segment/rfm/step.ts';
import type { RfmResult } from '#lib/pipeline/segment/schema.ts';
import { addSources, replaceSource, setKind, type Edit } from '#lib/recipe/edits.ts';
import { emptyRecipe, type Recipe } from '#lib/recipe/recipe.ts';
import { DEPENDENTS, STAGES, type Runner, type Stage, type StageEvent } from '#lib/recipe/runner.ts';
import { currencyCode } from './currency.ts';
import {
	indicesOf,
	pick,
	readCustomerArrays,
	readOwnLists,
	readSavedLists,
	sameSelection,
	shownFeatures,
	type Picked,
	type Selection
} from './customers.ts';
import type { ArrivalContext } from './arrivals.ts';
import { SessionChanges } from './changes.svelte.ts';
import { CleanEditor } from './clean-editor.svelte.ts';
import { CleanSuggestions } from './clean-suggestions.svelte.ts';
import { SessionDrivers } from './drivers.svelte.ts';
import { FeatureLibrary } from './feature-library.svelte.ts';
import { amend, begin, push, redo, undo, type History } from './history.ts';
import { ImportReview } from './import-review.svelte.ts';
import { rowsOfListed } from './listed.ts';
import { recall, recallAnswers, type Layouts } from './layout-memory.ts';
import { SessionProfiles } from './profiles.svelte.ts';
import { placeSources, withAnswers, type Placed, type Placement } from './place-sources.ts';
import { readComponents } from './read-components.ts';
import { Results } from './results.svelte.ts';
import { Segmentation } from './segments/segmentation.svelte.ts';
import { questionOf, type Question } from './question.ts';
import { Validation } from './validate/validation.svelte.ts';
import { SessionTimeMachine } from './time-machine.svelte.ts';
import { SourceFiles, type NewSource, type SessionFile } from './source-files.svelte.ts';

/** What a session tells its owner, who saves it. */
export interface SessionEvents {
	/** Something that is saved has changed, or a run has ended. */
	onChange(): void;
	/** Something failed that no step can show. */
	onFailure(error: unknown): void;
	/** The bytes of a file that are on the device; null while there are none. */
	copyOf(sourceId: string): Promise<Blob | null>;
}

/**
 * One analysis: the recipe with its history, the results that follow from it, and what is picked.
 * Every change of the recipe goes through `edit`, so every change can be undone.
 */
export class Session extends Results {
	#history = $state.raw() as History<Recipe>;
	readonly recipe = $derived(this.#history.present);
	readonly canUndo = $derived(this.#history.past.length > 0);
	readonly canRedo = $derived(this.#history.future.length > 0);

	progress = $state.raw<Progress | null>(null);
	readonly #sourceFiles = new SourceFiles((id) => this.events.copyOf(id));
	/** Where the bytes of the sources are. */
	readonly files: Map<string, SessionFile> = this.#sourceFiles.files;
	/** What the sources were found to be. */
	readonly inspections: ReadonlyMap<string, Inspection> = $derived(this.#sourceFiles.inspections);
	/** The sources by layout: those of one layout are mapped together. */
	readonly layouts: readonly (readonly SourceParams[])[] = $derived(layoutsOf(this.recipe.import.sources));

	/** What is asked about files that are not quite like those they follow. */
	readonly review = new ImportReview();

	/** What was before files were added, and what changed since. */
	readonly changes = new SessionChanges(this);

	/** What is open on the Clean screen. */
	readonly cleanEditor = new CleanEditor();

	/** What is known of the columns of every table. */
	readonly profiles = new SessionProfiles(this);
	/** Steps that would mend what was found in the files. */
	readonly suggestions = new CleanSuggestions(this);

	selection = $state.raw<Selection | null>(null);
	/** Who of the selection, where it is a list of people, is a customer; null until it has been looked up. */
	#listed = $state.raw<{ readonly of: Selection; readonly rows: Int32Array } | null>(null);
	readonly picked: Picked | null = $derived.by(() => this.#pick());
	/** What only the user can tell before the run goes on. */
	readonly question: Question | null = $derived(questionOf(this.recipe, this.failure));
	readonly currency: string | null = $derived(currencyCode(this.clean?.currencies ?? []));
	readonly format = $derived(createFormat(undefined, this.currency));

	/** What else uses the engine for long; called before a run begins or is stopped, so that it gives way. */
	readonly onRun = new Set<() => void>();
	/** Past days, and what people did next. */
	readonly timeMachine = new SessionTimeMachine(this);

	/** Rules, lists, carts, journeys, and all segments side by side. */
	readonly segmentation = new Segmentation(this);
	/** How far segments can be trusted. */
	readonly validation = new Validation(this);
	/** What tells what customers do next. */
	readonly drivers = new SessionDrivers(this);
	/** What is known of every feature. */
	readonly featureLibrary = new FeatureLibrary(this);

	/** The recipe as it was left by adding files. */
	#added: Recipe | null = null;
	#running: { readonly controller: AbortController; readonly done: Promise<void> } | null = null;

	constructor(
		readonly id: string,
		readonly runner: Runner,
		readonly events: SessionEvents,
		start: History<Recipe> | string
	) {
		super();
		this.#history = typeof start === 'string' ? begin(emptyRecipe(start)) : start;
	}

	/** A run is under way or about to start. */
	get isRunning(): boolean {
		return this.#running !== null;
	}

	get history(): History<Recipe> {
		return this.#history;
	}

	/** The cluster of each customer; null while the customers are not those that were clustered. */
	get labels(): Uint8Array | null {
		const labels = this.clustering?.labels;
		return labels && labels.length === this.customers?.count ? labels : null;
	}

	/** The name of a cluster: the user's, else the automatic one. */
	nameOf(cluster: number): string {
		const result = this.clustering?.result;
		if (!result) return '';
		const own = this.recipe.segment.names[`${result.clusterCount}:${cluster}`];
		return own ?? result.profiles[cluster]?.autoName ?? `Segment ${cluster + 1}`;
	}

	/** Changes the recipe. Changes with the same `mergeKey` in a row are one step of undo. */
	edit(change: Edit, mergeKey: string | null = null): void {
		this.#move(push(this.#history, change(this.recipe), mergeKey));
	}

	undo = (): void => this.#move(undo(this.#history));
	redo = (): void => this.#move(redo(this.#history));

	#move(history: History<Recipe>): void {
		if (history === this.#history) return;
		this.#history = history;
		void this.run();
		this.events.onChange();
	}

	/**
	 * Looks at files and adds every table in them as a source, all in one edit. The answer names the files that cannot be
	 * read; they change nothing. Rejects when aborted, and changes nothing then.
	 */
	async addFiles(
		files: readonly NamedBlob[],
		layouts: Layouts,
		context: ArrivalContext
	): Promise<readonly AppError[]> {
		const present = new Set(this.recipe.import.sources.map((source) => source.id));
		const { sources: found, failures } = await this.#sourceFiles.add(
			files,
			present,
			this.#idMaker(),
			context
		);
		if (found.length === 0) return failures;
		const { placed, versions, notices } = await this.#place(found, context);
		if (placed.length === 0) return failures;
		try {
			await this.changes.untilAsked(context);
			await this.stop();
			await this.changes.take(Date.now(), context.signal);
			const settled: SourceParams[] = [];
			for (const each of placed) settled.push(await this.#settle(each, layouts, context));
			this.edit(addSources(settled, titleOf(settled[0]?.fileName ?? ''), versions));
			this.noteArchives(notices);
			this.#added = this.recipe;
		} catch (error) {
			this.#sourceFiles.forget(placed.map(({ source }) => source.id));
			void this.run();
			throw error;
		}
		return failures;
	}

	/** The tables in their series, without those that the user leaves out; all are forgotten when the user cancels. */
	async #place(found: readonly NewSource[], context: ArrivalContext): Promise<Placement> {
		const kept = new Set<string>();
		try {
			const placement = await placeSources(found, {
				...context,
				present: this.recipe.import.sources,
				fileOf: this.#sourceFiles.fileOf,
				review: this.review
			});
			placement.placed.forEach(({ source }) => kept.add(source.id));
			return placement;
		} finally {
			this.#sourceFiles.forget(found.map(({ id }) => id).filter((id) => !kept.has(id)));
		}
	}

	/** The source as the older export is read, or as it was corrected before, and with what its own values settle. */
	async #settle(
		{ source, predecessor }: Placed,
		layouts: Layouts,
		{ signal, onProgress }: ArrivalContext
	): Promise<SourceParams> {
		const known = predecessor === null ? recall(source, layouts) : source;
		const settled = await this.runner.settle(known, this.#sourceFiles.fileOf, signal, onProgress);
		return predecessor === null ? recallAnswers(settled, layouts) : withAnswers(settled, predecessor);
	}

	/** Reads the file of a source another way. Columns that keep their names keep their meaning. */
	async readAgain(id: string, change: FixedDialect): Promise<void> {
		const source = this.#source(id);
		const { encoding, sheet, delimiter, quote, escape } = { ...source.dialect, ...change };
		const isMoved = 'delimiter' in change || 'sheet' in change || 'encoding' in change || 'quote' in change;
		const inspection = await this.#sourceFiles.lookAgain(
			source,
			isMoved ? { encoding, sheet, delimiter, quote, escape, ...change } : { ...source.dialect, ...change }
		);
		const found = inspection.source;
		const isSameLayout = found.columns.join('\n') === source.columns.join('\n');
		const meaning = isSameLayout ? pickMeaning(source) : pickMeaning(found);
		const known = new Map([...source.withheld, ...found.withheld].map((column) => [column.column, column]));
		const next = { ...source, ...found, ...meaning, fileName: source.fileName };
		this.edit(replaceSource({ ...next, withheld: [...known.values()] }));
	}

	/** Says what the files of a layout are a list of; their columns are given the meanings that fit it. */
	setKind(id: string, kind: TableKind): void {
		const inspection = this.inspections.get(id);
		const mapping = inspection ? proposeMapping(inspection.columns, inspection.sampleRecords, kind) : {};
		this.edit(setKind(id, kind, mapping));
	}

	/** Notes what was found when files came: what was left out of archives, and what is older than what was there. */
	noteArchives(notices: readonly Notice[]): void {
		this.#sourceFiles.archiveNotices = [...this.#sourceFiles.archiveNotices, ...notices];
	}

	#source(id: string): SourceParams {
		const source = this.recipe.import.sources.find((each) => each.id === id);
		if (!source) throw new RangeError(`no source ${id}`);
		return source;
	}

	/** Picks customers; picking the same again lets them go. */
	select(selection: Selection | null): void {
		this.selection = sameSelection(selection, this.selection) ? null : selection;
		this.#findListed().catch((error: unknown) => this.events.onFailure(error));
		this.events.onChange();
	}

	/** Looks up who of a list of people is a customer. */
	async #findListed(signal?: AbortSignal): Promise<void> {
		const { selection } = this;
		if (selection?.kind !== 'listed' || this.features === null) return;
		const rows = await rowsOfListed(this.runner.engine, selection.ids, signal);
		if (this.selection === selection) this.#listed = { of: selection, rows };
	}

	clearSelection(): void {
		if (this.selection) this.select(this.selection);
	}

	/** Indices of the picked customers. */
	pickedIndices(): Int32Array {
		return this.picked ? indicesOf(this.picked.mask) : new Int32Array(0);
	}

	/** The values behind an axis: a feature, which may have to be loaded first, or a principal component as `pc1`, `pc2`. */
	readonly columnOf = (column: string): Float64Array | undefined => {
		if (column === 'pc1' || column === 'pc2') {
			const scores = this.components?.scores;
			return scores && columnOf(scores, column === 'pc1' ? 0 : 1);
		}
		return this.customers?.features.get(column) ?? this.featureLibrary.columnOf(column);
	};

	/** Computes the principal components of what is compared. */
	async loadComponents(): Promise<void> {
		const result = this.clustering?.result;
		if (!result || this.components) return;
		const components = await readComponents(this.runner, result);
		if (this.clustering?.result === result) this.components = components;
	}

	/** Runs what has to run; a run that is under way is stopped first. */
	async run(): Promise<void> {
		const controller = new AbortController();
		const before = this.#running;
		this.#interrupt();
		const done = (async () => {
			await before?.done;
			try {
				if (!controller.signal.aborted) await this.#runNow(controller.signal);
			} catch (error) {
				this.events.onFailure(error);
			}
		})();
		this.#running = { controller, done };
		await done;
		if (this.#running.controller !== controller) return;
		this.#running = null;
		this.events.onChange();
	}

	/**
	 * Stops what runs for the user. Files that were being added to others are taken out again; else what belongs to the
	 * recipe no longer is not shown any longer.
	 */
	cancel = async (): Promise<void> => {
		if (!this.isRunning) return;
		const interrupted = STAGES.filter((stage) => this.stages[stage].state === 'running');
		const isAdding =
			this.#added === this.recipe && (interrupted.length === 0 || interrupted.some(isBeforeScores));
		await this.stop();
		if (isAdding && this.#history.past.at(-1)?.import.sources.length) {
			this.undo();
			return;
		}
		for (const stage of interrupted.length > 0 ? interrupted : (['import'] as const)) this.clearFrom(stage);
	};

	/** Stops what runs and resolves when it has stopped. What was shown stays, for the run that follows. */
	stop = async (): Promise<void> => {
		this.#interrupt();
		await this.#running?.done;
	};

	/** Lets the run come to its end; where there is none, runs what has to run. */
	finish = (): Promise<void> => this.#running?.done ?? this.run();

	#interrupt(): void {
		this.#running?.controller.abort();
		for (const giveWay of this.onRun) giveWay();
	}

	async #runNow(signal: AbortSignal): Promise<void> {
		if (this.recipe.import.sources.length === 0) {
			this.clearFrom('import');
			return;
		}
		try {
			await this.#settleReadings(signal);
			await this.runner.run(this.recipe, this.#sourceFiles.fileOf, signal, {
				onStage: (event) => this.#onStage(event, signal),
				onProgress: (progress) => (this.progress = progress)
			});
		} catch (error) {
			if (!isAbort(error)) throw error;
			this.stopStages();
		} finally {
			this.progress = null;
		}
	}

	/** What other columns leave open is told by their values where it can be; that is part of the same edit. */
	async #settleReadings(signal: AbortSignal): Promise<void> {
		const { sources } = this.recipe.import;
		const settled: SourceParams[] = [];
		for (const source of sources) {
			const onProgress = (progress: Progress) => (this.progress = progress);
			const settle = () => this.runner.settle(source, this.#sourceFiles.fileOf, signal, onProgress);
			// A file that cannot be loaded fails again in the import stage, which shows it.
			settled.push(undecided(source).length === 0 ? source : await settle().catch(keepOnFailure(source)));
		}
		const isChanged = settled.some((source, i) => JSON.stringify(source) !== JSON.stringify(sources[i]));
		if (!isChanged) return;
		const isAdded = this.#added === this.recipe;
		this.#history = amend(this.#history, { ...this.recipe, import: { sources: settled } });
		if (isAdded) this.#added = this.recipe;
	}

	async #onStage(event: StageEvent, signal: AbortSignal): Promise<void> {
		if (event.state === 'running') {
			this.mark(event.stage, { state: 'running', error: null });
		} else if (event.state === 'failed') {
			this.clearFrom(event.stage);
			this.mark(event.stage, { state: 'failed', error: event.error });
		} else {
			if (event.stage === 'rfm') {
				await this.#showCustomers(event.state === 'kept', event.value, signal);
				await this.#findListed(signal);
				const { queries } = this.recipe;
				this.savedLists = await readSavedLists(this.runner.engine, queries, this.queries ?? [], signal);
				this.scoreNotices = await describeScores(this.runner.engine, event.value, signal);
			}
			if (event.stage === 'own')
				this.ownLists = await readOwnLists(this.runner.engine, event.value.segments, signal);
			this.show(event);
			performance.mark(`pomelo:${event.stage}`);
			this.mark(event.stage, { state: 'done', error: null });
		}
	}

	async #showCustomers(kept: boolean, rfm: RfmResult, signal: AbortSignal): Promise<void> {
		if (kept && this.customers !== null) return;
		const ids = shownFeatures(this.features);
		this.customers = await readCustomerArrays(this.runner.engine, ids, rfm, signal);
	}

	#pick(): Picked | null {
		if (!this.selection || !this.customers) return null;
		const isListed = this.selection.kind === 'listed';
		if (isListed && this.#listed?.of !== this.selection) return null;
		const listed = isListed ? this.#listed?.rows : undefined;
		return pick(
			this.selection,
			this.customers,
			this.labels,
			this.columnOf,
			this.savedLists,
			listed,
			this.ownLists
		);
	}

	/** Gives ids that no recipe of the history and no file has. */
	#idMaker(): () => string {
		const recipes = [...this.#history.past, this.#history.present, ...this.#history.future];
		const used = recipes.flatMap((recipe) => recipe.import.sources.map((source) => source.id));
		let last = Math.max(0, ...[...used, ...this.files.keys()].map((id) => Number(id.slice(1))));
		return () => {
			last += 1;
			return `s${last}`;
		};
	}

	/** Looks at the files again after a reload, for the mapper's sample values. */
	async inspectAgain(): Promise<void> {
		await this.#sourceFiles.inspectAgain(this.recipe.import.sources);
	}

	/** What was noticed about the files and their rows. */
	readonly notices: readonly Notice[] = $derived([
		...this.#sourceFiles.noticesOf(this.recipe.import.sources),
		...nulNotices(this.sources),
		...(this.clean ? cleanNotices(this.clean, this.recipe.clean) : []),
		...(this.details ? detailNotices(this.details) : []),
		...queryNotices(this.recipe.queries, this.queries ?? [])
	]);
}

/** While such a stage runs, nothing is shown of what was added. */
function isBeforeScores(stage: Stage): boolean {
	return DEPENDENTS[stage].includes('rfm');
}

function keepOnFailure<Value>(value: Value): (error: unknown) => Value {
	return (error) => {
		if (isAbort(error)) throw error;
		return value;
	};
}

function nulNotices(sources: readonly LoadedSource[] | null): Notice[] {
	return (sources ?? []).flatMap(({ result: { fileName, nulCells: count } }) =>
		count === 0 ? [] : [notice('import.nul-cells', { fileName, count })]
	);
}

function layoutsOf(sources: readonly SourceParams[]): SourceParams[][] {
	const layouts = new Map<string, SourceParams[]>();
	for (const source of sources) {
		const key = layoutKey(source);
		const alike = layouts.get(key);
		if (alike) alike.push(source);
		else layouts.set(key, [source]);
	}
	return [...layouts.values()];
}

function pickMeaning({ kind, platform, mapping, constants, reading }: FoundSource) {
	return { kind, platform, mapping, constants, reading };
}

/** A session name from a file name: `orders_2024.csv.gz` → `orders 2024`. */
function titleOf(fileName: string): string {
	const stem = fileName
		.replace(/(\.(csv|tsv|txt|gz|zip|xlsx|parquet|json|jsonl|ndjson))+$/i, '')
		.replaceAll(/[_-]+/g, ' ')
		.trim();
	return stem === '' ? 'Orders' : stem.slice(0, 120);
}
