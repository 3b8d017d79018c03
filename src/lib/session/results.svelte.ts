import type { AppError, Notice } from '#lib/core/errors.ts';
import type { CleanResult, DetailResult } from '#lib/pipeline/clean/schema.ts';
import type { FeatureResult, LibraryResult } from '#lib/pipeline/features/schema.ts';
import type { QueryResult } from '#lib/pipeline/queries/schema.ts';
import type { OwnResult } from '#lib/pipeline/segment/own/schema.ts';
import type { LoadedSource } from '#lib/pipeline/import/load.ts';
import type { ClusteringOutcome } from '#lib/pipeline/segment/cluster-step.ts';
import type { Components } from '#lib/pipeline/segment/compute.ts';
import type { RfmResult } from '#lib/pipeline/segment/schema.ts';
import { DEPENDENTS, STAGES, type Stage, type StageEvent } from '#lib/recipe/runner.ts';
import type { CustomerArrays, SavedLists } from './customers.ts';

/** How a stage stands. */
export interface StageState {
	readonly state: 'idle' | 'running' | 'done' | 'failed';
	readonly error: AppError | null;
}

const IDLE: StageState = { state: 'idle', error: null };

/** What the stages of a run gave, and how each stands. */
export class Results {
	stages = $state.raw<Readonly<Record<Stage, StageState>>>(idleStages());
	sources = $state.raw<readonly LoadedSource[] | null>(null);
	clean = $state.raw<CleanResult | null>(null);
	queries = $state.raw<readonly QueryResult[] | null>(null);
	features = $state.raw<FeatureResult | null>(null);
	rfm = $state.raw<RfmResult | null>(null);
	/** What was noticed about the scores. */
	scoreNotices = $state.raw<readonly Notice[]>([]);
	details = $state.raw<DetailResult | null>(null);
	clustering = $state.raw<ClusteringOutcome | null>(null);
	library = $state.raw<LibraryResult | null>(null);
	/** The features that `library` goes with: those of an earlier run until the library has been made again. */
	libraryOf = $state.raw<FeatureResult | null>(null);
	own = $state.raw<OwnResult | null>(null);
	customers = $state.raw<CustomerArrays | null>(null);
	/** Who is in the saved segments. */
	savedLists = $state.raw<SavedLists>(new Map());
	/** Who is in the own segments, by id: their `idx`, ascending. */
	ownLists = $state.raw<SavedLists>(new Map());
	components = $state.raw<Components | null>(null);

	readonly busy = $derived(STAGES.some((stage) => this.stages[stage].state === 'running'));
	readonly failure: AppError | null = $derived.by(() => this.#firstFailure());

	/** Takes what a stage gave. */
	protected show(event: Extract<StageEvent, { state: 'done' | 'kept' }>): void {
		switch (event.stage) {
			case 'import':
				this.sources = event.value;
				break;
			case 'clean':
				this.clean = event.value;
				break;
			case 'queries':
				this.queries = event.value;
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
			case 'library':
				this.library = event.value;
				this.libraryOf = this.features;
				break;
			case 'own':
				this.own = event.value;
				break;
		}
	}

	/** Forgets what a stage gave, and all that follows from it. */
	protected clearFrom(stage: Stage): void {
		const cleared = DEPENDENTS[stage];
		this.stages = {
			...this.stages,
			...Object.fromEntries(cleared.map((later) => [later, IDLE]))
		} as Record<Stage, StageState>;
		if (cleared.includes('import')) this.sources = null;
		if (cleared.includes('clean')) this.clean = null;
		if (cleared.includes('queries')) this.queries = null;
		if (cleared.includes('features')) this.features = null;
		if (cleared.includes('rfm')) {
			this.rfm = null;
			this.customers = null;
		}
		if (cleared.includes('details')) this.details = null;
		if (cleared.includes('library')) this.library = null;
		if (cleared.includes('own')) {
			this.own = null;
			this.ownLists = new Map();
		}
		if (cleared.includes('clustering')) {
			this.clustering = null;
			this.components = null;
		}
	}

	/** Says how a stage stands. */
	protected mark(stage: Stage, state: StageState): void {
		this.stages = { ...this.stages, [stage]: state };
	}

	#firstFailure(): AppError | null {
		for (const stage of STAGES) {
			const { error } = this.stages[stage];
			if (error) return error;
		}
		return null;
	}

	/** Stages that were stopped stand as if they had not begun. */
	protected stopStages(): void {
		this.stages = Object.fromEntries(
			STAGES.map((stage) => [stage, this.stages[stage].state === 'running' ? IDLE : this.stages[stage]])
		) as Record<Stage, StageState>;
	}
}

function idleStages(): Record<Stage, StageState> {
	return Object.fromEntries(STAGES.map((stage) => [stage, IDLE])) as Record<Stage, StageState>;
}
