import { isAbort, toAppError, type AppError } from '#lib/core/errors.ts';
import type { OnProgress } from '#lib/core/progress.ts';
import { id, sql } from '#lib/engine/sql.ts';
import { SCHEMAS, type Engine, type EngineFile } from '#lib/engine/engine.ts';
import { runDetails } from '#lib/pipeline/clean/details.ts';
import type { CleanResult, DetailResult } from '#lib/pipeline/clean/schema.ts';
import { runClean } from '#lib/pipeline/clean/step.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import { runFeatures } from '#lib/pipeline/features/step.ts';
import { loadSource, type LoadedSource } from '#lib/pipeline/import/load.ts';
import { dateFailure, decideDateOrder, requireRoles } from '#lib/pipeline/import/mapping.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { runClustering, type ClusteringOutcome, SweepCache } from '#lib/pipeline/segment/cluster-step.ts';
import type { Compute } from '#lib/pipeline/segment/compute.ts';
import type { RfmResult } from '#lib/pipeline/segment/schema.ts';
import { runRfm } from '#lib/pipeline/segment/rfm/step.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import type { Recipe } from './recipe.ts';

/** What each stage of a run gives, in the order in which they run. */
export interface StageValues {
	import: readonly LoadedSource[];
	clean: CleanResult;
	features: FeatureResult;
	rfm: RfmResult;
	details: DetailResult;
	clustering: ClusteringOutcome;
}

export type Stage = keyof StageValues;

export const STAGES = [
	'import',
	'clean',
	'features',
	'rfm',
	'details',
	'clustering'
] as const satisfies readonly Stage[];

/** The stages whose values no longer hold when a stage runs again, itself included. */
export const DEPENDENTS: Readonly<Record<Stage, readonly Stage[]>> = {
	import: STAGES,
	clean: ['clean', 'features', 'rfm', 'details', 'clustering'],
	features: ['features', 'rfm', 'clustering'],
	rfm: ['rfm'],
	details: ['details'],
	clustering: ['clustering']
};

/** What happened to a stage. `kept`: nothing it depends on has changed, so its value still holds. */
export type StageEvent =
	| { readonly stage: Stage; readonly state: 'running' }
	| { readonly stage: Stage; readonly state: 'failed'; readonly error: AppError }
	| {
			[S in Stage]: { readonly stage: S; readonly state: 'done' | 'kept'; readonly value: StageValues[S] };
	  }[Stage];

export interface RunListener {
	/** Awaited: the next stage starts when it has settled. */
	onStage(event: StageEvent): void | Promise<void>;
	onProgress: OnProgress;
}

export type FileOf = (source: SourceParams) => Promise<EngineFile>;

interface Kept {
	readonly key: string;
	readonly value: StageValues[Stage];
}

/**
 * Runs a recipe on an engine: each stage again only when its parameters or anything before it changed.
 * The tables in the engine always belong to the values kept here. One run at a time.
 */
export class Runner {
	readonly #kept = new Map<Stage, Kept>();
	readonly #loaded = new Map<string, { readonly key: string; readonly value: LoadedSource }>();
	readonly #sweeps = new SweepCache();

	constructor(
		readonly engine: Engine,
		readonly compute: Compute
	) {}

	/** Empties the engine and forgets every value. */
	async reset(): Promise<void> {
		this.#kept.clear();
		this.#loaded.clear();
		this.#sweeps.clear();
		for (const schema of SCHEMAS) {
			await this.engine.exec(sql`DROP SCHEMA IF EXISTS ${id(schema)} CASCADE`);
			await this.engine.exec(sql`CREATE SCHEMA ${id(schema)}`);
		}
	}

	/**
	 * The source with its date order settled by every value of the date column, where the sample could not.
	 * It stays `null` when no value can tell.
	 */
	async settle(
		source: SourceParams,
		fileOf: FileOf,
		signal: AbortSignal,
		onProgress: OnProgress
	): Promise<SourceParams> {
		if (source.reading.dateOrder !== null || source.mapping.date === undefined) return source;
		await this.#load(source, fileOf, { engine: this.engine, compute: this.compute, signal, onProgress });
		const { order } = await decideDateOrder(this.engine, source);
		return { ...source, reading: { ...source.reading, dateOrder: order } };
	}

	/** Runs what has to run. Ends early, without throwing, at the first stage that fails; rejects when aborted. */
	async run(recipe: Recipe, fileOf: FileOf, signal: AbortSignal, listener: RunListener): Promise<void> {
		const context: StepContext = {
			engine: this.engine,
			compute: this.compute,
			signal,
			onProgress: listener.onProgress
		};
		const stage = <S extends Stage>(name: S, key: string, work: () => Promise<StageValues[S]>) =>
			this.#stage(name, key, work, listener);
		try {
			await this.#stages(recipe, fileOf, context, stage);
		} catch (error) {
			if (isAbort(error) || !(error instanceof StageFailure)) throw error;
		}
	}

	async #stages(
		recipe: Recipe,
		fileOf: FileOf,
		context: StepContext,
		stage: <S extends Stage>(
			name: S,
			key: string,
			work: () => Promise<StageValues[S]>
		) => Promise<StageValues[S]>
	): Promise<void> {
		const { sources } = recipe.import;
		const importKey = JSON.stringify(sources.map(loadKey));
		const loaded = await stage('import', importKey, () =>
			inOrder(sources, (source) => this.#load(source, fileOf, context))
		);
		const cleanKey = JSON.stringify([sources, recipe.clean]);
		const results = loaded.map(({ result }) => result);
		const clean = await stage('clean', cleanKey, async () => {
			sources.forEach(requireRoles);
			const open = sources.find(({ reading }) => reading.dateOrder === null);
			if (open) throw await dateFailure(this.engine, open, context.signal);
			return runClean(context, recipe.import, recipe.clean, results);
		});
		const featuresKey = JSON.stringify([cleanKey, recipe.features]);
		const features = await stage('features', featuresKey, () => runFeatures(context, recipe.features, clean));
		const rfmKey = JSON.stringify([featuresKey, recipe.segment.rfm]);
		const clusteringKey = JSON.stringify([featuresKey, recipe.segment.clustering]);
		// The engine has time for scores and details while the clusters are computed elsewhere.
		await both(
			stage('clustering', clusteringKey, () =>
				runClustering(context, recipe.segment, features, this.#sweeps, featuresKey)
			),
			stage('rfm', rfmKey, () => runRfm(context, recipe.segment.rfm, features)).then(() =>
				stage('details', cleanKey, () => runDetails(context, recipe.import, clean, results))
			)
		);
	}

	async #stage<S extends Stage>(
		name: S,
		key: string,
		work: () => Promise<StageValues[S]>,
		listener: RunListener
	): Promise<StageValues[S]> {
		const kept = this.#kept.get(name);
		if (kept?.key === key) {
			const value = kept.value as StageValues[S];
			await listener.onStage({ stage: name, state: 'kept', value } as StageEvent);
			return value;
		}
		for (const dependent of DEPENDENTS[name]) this.#kept.delete(dependent);
		await listener.onStage({ stage: name, state: 'running' });
		try {
			const value = await work();
			this.#kept.set(name, { key, value });
			await listener.onStage({ stage: name, state: 'done', value } as StageEvent);
			return value;
		} catch (error) {
			if (isAbort(error)) throw error;
			const failure = toAppError(error);
			await listener.onStage({ stage: name, state: 'failed', error: failure });
			throw new StageFailure(failure);
		}
	}

	async #load(source: SourceParams, fileOf: FileOf, context: StepContext): Promise<LoadedSource> {
		const key = loadKey(source);
		const before = this.#loaded.get(source.id);
		if (before?.key === key) return before.value;
		this.#loaded.delete(source.id);
		const value = await loadSource(context, source, await fileOf(source));
		this.#loaded.set(source.id, { key, value });
		return value;
	}
}

/** A stage failed and has been reported; the run ends. */
class StageFailure extends Error {
	constructor(cause: AppError) {
		super('a stage failed', { cause });
	}
}

/** What loading depends on: meanings and reading of the columns come later. */
function loadKey({ id: sourceId, fileName, dialect, columns }: SourceParams): string {
	return JSON.stringify([sourceId, fileName, dialect, columns]);
}

/** Waits for both to end; then the first failure counts. */
async function both(first: Promise<unknown>, second: Promise<unknown>): Promise<void> {
	for (const outcome of await Promise.allSettled([first, second])) {
		if (outcome.status === 'rejected') throw outcome.reason;
	}
}

async function inOrder<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
	const out: Out[] = [];
	for (const item of items) out.push(await work(item));
	return out;
}
