import { AppError, isAbort, type Notice } from '#lib/core/errors.ts';
import { createFormat } from '#lib/core/format.ts';
import { columnOf } from '#lib/core/matrix.ts';
import type { Progress } from '#lib/core/progress.ts';
import type { EngineFile } from '#lib/engine/engine.ts';
import type { CleanResult, DetailResult } from '#lib/pipeline/clean/schema.ts';
import { DEFINITIONS } from '#lib/pipeline/features/definitions/index.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import { featureMatrix } from '#lib/pipeline/features/step.ts';
import { cleanNotices } from '#lib/pipeline/clean/step.ts';
import { inspectFile, type Inspection } from '#lib/pipeline/import/inspect.ts';
import type { LoadedSource } from '#lib/pipeline/import/load.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import type { ClusteringOutcome } from '#lib/pipeline/segment/cluster-step.ts';
import type { Components } from '#lib/pipeline/segment/compute.ts';
import type { RfmResult } from '#lib/pipeline/segment/schema.ts';
import { describeScores } from '#lib/pipeline/segment/rfm/step.ts';
import { addSource, type Edit } from '#lib/recipe/edits.ts';
import { emptyRecipe, type Recipe } from '#lib/recipe/recipe.ts';
import { DEPENDENTS, STAGES, type Runner, type Stage, type StageEvent } from '#lib/recipe/runner.ts';
import { currencyCode } from './currency.ts';
import {
	indicesOf,
	pick,
	readCustomerArrays,
	sameSelection,
	type CustomerArrays,
	type Picked,
	type Selection
} from './customers.ts';
import { begin, push, redo, undo, type History } from './history.ts';

/** How a stage stands. */
export interface StageState {
	readonly state: 'idle' | 'running' | 'done' | 'failed';
	readonly error: AppError | null;
}

/** A file the session holds: where its bytes are now. */
export interface SessionFile {
	readonly sourceId: string;
	readonly fileName: string;
	readonly blob: Blob;
}

/** What a session tells its owner, who saves it. */
export interface SessionEvents {
	/** Something that is saved has changed, or a run has ended. */
	onChange(): void;
	/** Something failed that no step can show. */
	onFailure(error: unknown): void;
}

const COMPARED_BYTES = 2 ** 20;
const IDLE: StageState = { state: 'idle', error: null };

/**
 * One analysis: the recipe with its history, the results that follow from it, and what is picked.
 * Every change of the recipe goes through `edit`, so every change can be undone.
 */
export class Session {
	#history = $state.raw() as History<Recipe>;
	readonly recipe = $derived(this.#history.present);
	readonly canUndo = $derived(this.#history.past.length > 0);
	readonly canRedo = $derived(this.#history.future.length > 0);

	readonly files = new Map<string, SessionFile>();
	inspections = $state.raw<ReadonlyMap<string, Inspection>>(new Map());

	stages = $state.raw<Readonly<Record<Stage, StageState>>>(idleStages());
	progress = $state.raw<Progress | null>(null);
	sources = $state.raw<readonly LoadedSource[] | null>(null);
	clean = $state.raw<CleanResult | null>(null);
	features = $state.raw<FeatureResult | null>(null);
	rfm = $state.raw<RfmResult | null>(null);
	/** What was noticed about the scores. */
	scoreNotices = $state.raw<readonly Notice[]>([]);
	details = $state.raw<DetailResult | null>(null);
	clustering = $state.raw<ClusteringOutcome | null>(null);
	customers = $state.raw<CustomerArrays | null>(null);
	components = $state.raw<Components | null>(null);

	selection = $state.raw<Selection | null>(null);
	readonly picked: Picked | null = $derived.by(() => this.#pick());
	readonly busy = $derived(STAGES.some((stage) => this.stages[stage].state === 'running'));
	readonly failure: AppError | null = $derived.by(() => this.#firstFailure());
	readonly currency: string | null = $derived(currencyCode(this.clean?.currencies ?? []));
	readonly format = $derived(createFormat(undefined, this.currency));

	#running: { readonly controller: AbortController; readonly done: Promise<void> } | null = null;

	constructor(
		readonly id: string,
		readonly runner: Runner,
		readonly events: SessionEvents,
		start: History<Recipe> | string
	) {
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

	/** Looks at a file, adds it as a source and starts a run. Throws, and changes nothing, when it cannot be a table of orders. */
	async addFile(name: string, blob: Blob): Promise<void> {
		const inspection = await inspectFile({ name, blob });
		await this.#refuseCopy(name, blob);
		await this.stop();
		const id = this.#nextSourceId();
		this.files.set(id, { sourceId: id, fileName: name, blob });
		try {
			const source = await this.runner.settle(
				{ id, ...inspection.source },
				this.#fileOf,
				new AbortController().signal,
				(progress) => (this.progress = progress)
			);
			this.inspections = new Map(this.inspections).set(id, inspection);
			this.edit(addSource(source, titleOf(name)));
		} catch (error) {
			this.files.delete(id);
			void this.run();
			throw error;
		}
	}

	/** Throws when the session has a file of that name and content. */
	async #refuseCopy(name: string, blob: Blob): Promise<void> {
		const ids = new Set(this.recipe.import.sources.map((source) => source.id));
		for (const file of this.files.values()) {
			const isAlike = ids.has(file.sourceId) && file.fileName === name && file.blob.size === blob.size;
			if (isAlike && (await sameBytes(file.blob, blob)))
				throw new AppError('import.same-file', { fileName: name });
		}
	}

	/** Picks customers; picking the same again lets them go. */
	select(selection: Selection | null): void {
		this.selection = sameSelection(selection, this.selection) ? null : selection;
		this.events.onChange();
	}

	clearSelection(): void {
		if (this.selection) this.select(this.selection);
	}

	/** Indices of the picked customers. */
	pickedIndices(): Int32Array {
		return this.picked ? indicesOf(this.picked.mask) : new Int32Array(0);
	}

	/** The values behind an axis: a feature, or a principal component as `pc1`, `pc2`. */
	readonly columnOf = (column: string): Float64Array | undefined => {
		if (column === 'pc1' || column === 'pc2') {
			const scores = this.components?.scores;
			return scores && columnOf(scores, column === 'pc1' ? 0 : 1);
		}
		return this.customers?.features.get(column);
	};

	/** Computes the principal components of what is compared. */
	async loadComponents(): Promise<void> {
		const result = this.clustering?.result;
		if (!result || this.components) return;
		const { signal } = new AbortController();
		const data = await featureMatrix(this.runner.engine, result.features, signal);
		this.components = await this.runner.compute.components(data, result.scaler, signal);
	}

	/** Runs what has to run; a run that is under way is stopped first. */
	async run(): Promise<void> {
		const controller = new AbortController();
		const before = this.#running;
		before?.controller.abort();
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

	/** Stops what runs for the user. What belongs to the recipe no longer is not shown any longer. */
	cancel = async (): Promise<void> => {
		const interrupted = STAGES.filter((stage) => this.stages[stage].state === 'running');
		await this.stop();
		for (const stage of interrupted.length > 0 ? interrupted : (['import'] as const)) this.#clearFrom(stage);
	};

	/** Stops what runs and resolves when it has stopped. What was shown stays, for the run that follows. */
	stop = async (): Promise<void> => {
		this.#running?.controller.abort();
		await this.#running?.done;
	};

	async #runNow(signal: AbortSignal): Promise<void> {
		if (this.recipe.import.sources.length === 0) {
			this.#clearFrom('import');
			return;
		}
		try {
			await this.runner.run(this.recipe, this.#fileOf, signal, {
				onStage: (event) => this.#onStage(event, signal),
				onProgress: (progress) => (this.progress = progress)
			});
		} catch (error) {
			if (!isAbort(error)) throw error;
			this.stages = Object.fromEntries(
				STAGES.map((stage) => [stage, this.stages[stage].state === 'running' ? IDLE : this.stages[stage]])
			) as Record<Stage, StageState>;
		} finally {
			this.progress = null;
		}
	}

	async #onStage(event: StageEvent, signal: AbortSignal): Promise<void> {
		if (event.state === 'running') {
			this.#mark(event.stage, { state: 'running', error: null });
		} else if (event.state === 'failed') {
			this.#clearFrom(event.stage);
			this.#mark(event.stage, { state: 'failed', error: event.error });
		} else {
			if (event.stage === 'rfm') {
				await this.#showCustomers(event.state === 'kept', signal);
				this.scoreNotices = await describeScores(this.runner.engine, event.value, signal);
			}
			this.#show(event);
			performance.mark(`pomelo:${event.stage}`);
			this.#mark(event.stage, { state: 'done', error: null });
		}
	}

	#show(event: Extract<StageEvent, { state: 'done' | 'kept' }>): void {
		switch (event.stage) {
			case 'import':
				this.sources = event.value;
				break;
			case 'clean':
				this.clean = event.value;
				break;
			case 'features':
				this.features = event.value;
				break;
			case 'rfm':
				this.rfm = event.value;
				break;
			case 'details':
				this.details = event.value;
				break;
			case 'clustering':
				if (event.value !== this.clustering) this.components = null;
				this.clustering = event.value;
				break;
		}
	}

	async #showCustomers(kept: boolean, signal: AbortSignal): Promise<void> {
		if (kept && this.customers !== null) return;
		const available = new Set(
			this.features?.features.filter(({ available }) => available).map(({ id }) => id)
		);
		const ids = DEFINITIONS.filter(({ id, complete }) => complete && available.has(id)).map(({ id }) => id);
		this.customers = await readCustomerArrays(this.runner.engine, ids, signal);
	}

	#clearFrom(stage: Stage): void {
		const cleared = DEPENDENTS[stage];
		this.stages = {
			...this.stages,
			...Object.fromEntries(cleared.map((later) => [later, IDLE]))
		} as Record<Stage, StageState>;
		if (cleared.includes('import')) this.sources = null;
		if (cleared.includes('clean')) this.clean = null;
		if (cleared.includes('features')) this.features = null;
		if (cleared.includes('rfm')) {
			this.rfm = null;
			this.customers = null;
		}
		if (cleared.includes('details')) this.details = null;
		if (cleared.includes('clustering')) {
			this.clustering = null;
			this.components = null;
		}
	}

	#mark(stage: Stage, state: StageState): void {
		this.stages = { ...this.stages, [stage]: state };
	}

	#firstFailure(): AppError | null {
		for (const stage of STAGES) {
			const { error } = this.stages[stage];
			if (error) return error;
		}
		return null;
	}

	#pick(): Picked | null {
		if (!this.selection || !this.customers) return null;
		return pick(this.selection, this.customers, this.labels, this.columnOf);
	}

	#fileOf = async (source: SourceParams): Promise<EngineFile> => {
		const file = this.files.get(source.id);
		if (!file) {
			throw new AppError('import.unreadable-file', {
				fileName: source.fileName,
				reason: 'Its bytes are not in this session.'
			});
		}
		return { blob: file.blob };
	};

	#nextSourceId(): string {
		const recipes = [...this.#history.past, this.#history.present, ...this.#history.future];
		const used = recipes.flatMap((recipe) => recipe.import.sources.map((source) => source.id));
		const numbers = [...used, ...this.files.keys()].map((id) => Number(id.slice(1)));
		return `s${Math.max(0, ...numbers) + 1}`;
	}

	/** Looks at the files again after a reload, for the mapper's sample values. */
	async inspectAgain(): Promise<void> {
		for (const file of this.files.values()) {
			if (this.inspections.has(file.sourceId)) continue;
			const inspection = await inspectFile({ name: file.fileName, blob: file.blob });
			this.inspections = new Map(this.inspections).set(file.sourceId, inspection);
		}
	}

	/** What was noticed about the files and their rows. */
	readonly notices: readonly Notice[] = $derived([
		...[...this.inspections.values()].flatMap((inspection) => inspection.notices),
		...(this.clean ? cleanNotices(this.clean) : [])
	]);
}

/** True when two files of one size hold the same bytes. */
async function sameBytes(a: Blob, b: Blob): Promise<boolean> {
	for (let start = 0; start < a.size; start += COMPARED_BYTES) {
		const [x, y] = await Promise.all(
			[a, b].map(
				async (blob) => new Uint8Array(await blob.slice(start, start + COMPARED_BYTES).arrayBuffer())
			)
		);
		if (x?.some((byte, i) => byte !== y?.[i])) return false;
	}
	return true;
}

function idleStages(): Record<Stage, StageState> {
	return Object.fromEntries(STAGES.map((stage) => [stage, IDLE])) as Record<Stage, StageState>;
}

/** A session name from a file name: `orders_2024.csv.gz` → `orders 2024`. */
function titleOf(fileName: string): string {
	const stem = fileName
		.replace(/(\.(csv|tsv|txt|gz|zip))+$/i, '')
		.replaceAll(/[_-]+/g, ' ')
		.trim();
	return stem === '' ? 'Orders' : stem.slice(0, 120);
}
