import { isAbort, toAppError, type AppError } from '#lib/core/errors.ts';
import type { OnProgress } from '#lib/core/progress.ts';
import { id, sql } from '#lib/engine/sql.ts';
import { DATABASES, SCHEMAS, type Engine, type EngineFile } from '#lib/engine/engine.ts';
import { runDetails } from '#lib/pipeline/clean/details.ts';
import type { CleanResult, DetailResult } from '#lib/pipeline/clean/schema.ts';
import { columnsOfSteps, readAfterSteps } from '#lib/pipeline/clean/repairs/columns.ts';
import { forgetSource } from '#lib/pipeline/clean/repairs/run.ts';
import type { Repair, RepairResult } from '#lib/pipeline/clean/repairs/schema.ts';
import { repairSources, runClean } from '#lib/pipeline/clean/step.ts';
import { CORE_FEATURES, DEFINITIONS } from '#lib/pipeline/features/definitions/index.ts';
import type { FeatureResult, LibraryResult } from '#lib/pipeline/features/schema.ts';
import { runFeatures, runLibrary } from '#lib/pipeline/features/step.ts';
import {
	loadSource,
	neededColumns,
	PLAIN_BYTES,
	type LoadedSource,
	type LoadOptions
} from '#lib/pipeline/import/load.ts';
import {
	datesCanBeRead,
	decideDateOrder,
	decideDecimalMark,
	readingFailure,
	requireRoles,
	undecided
} from '#lib/pipeline/import/mapping.ts';
import { rawTable, type SourceParams, type SourceResult } from '#lib/pipeline/import/schema.ts';
import { runClustering, type ClusteringOutcome, SweepCache } from '#lib/pipeline/segment/cluster-step.ts';
import type { Compute } from '#lib/pipeline/compute.ts';
import type { RfmResult } from '#lib/pipeline/segment/schema.ts';
import { runRfm } from '#lib/pipeline/segment/rfm/step.ts';
import type { OwnResult } from '#lib/pipeline/segment/own/schema.ts';
import { runOwn } from '#lib/pipeline/segment/own/step.ts';
import { ownFeatures, type OwnFeatures, type QueryResult } from '#lib/pipeline/queries/schema.ts';
import { runQueries } from '#lib/pipeline/queries/step.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import type { Recipe } from './recipe.ts';

/** What each stage of a run gives, in the order in which they run. */
export interface StageValues {
	import: readonly LoadedSource[];
	clean: CleanResult;
	queries: readonly QueryResult[];
	features: FeatureResult;
	rfm: RfmResult;
	details: DetailResult;
	clustering: ClusteringOutcome;
	library: LibraryResult;
	own: OwnResult;
}

export type Stage = keyof StageValues;

export const STAGES = [
	'import',
	'clean',
	'queries',
	'features',
	'rfm',
	'details',
	'clustering',
	'library',
	'own'
] as const satisfies readonly Stage[];

/** The stages whose values no longer hold when a stage runs again, itself included. */
export const DEPENDENTS: Readonly<Record<Stage, readonly Stage[]>> = {
	import: STAGES,
	clean: ['clean', 'queries', 'features', 'rfm', 'details', 'clustering', 'library', 'own'],
	queries: ['queries', 'own'],
	features: ['features', 'rfm', 'clustering', 'library', 'own'],
	rfm: ['rfm', 'own'],
	details: ['details'],
	clustering: ['clustering', 'own'],
	library: ['library', 'own'],
	own: ['own']
};

const FEATURE_IDS = ['idx', 'customer_id', ...DEFINITIONS.map(({ id: feature }) => feature)];

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

/** Runs a stage unless its value is kept. The key is asked before, and again after the work. */
type RunStage = <S extends Stage>(
	name: S,
	key: () => string,
	work: () => Promise<StageValues[S]>
) => Promise<StageValues[S]>;

/** What the stages before the features gave. */
interface CleanPart {
	readonly clean: CleanResult;
	readonly queries: readonly QueryResult[];
	readonly own: readonly OwnFeatures[];
	readonly cleanKey: string;
	readonly details: () => Promise<unknown>;
}

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
	/** `load` counts what was loaded: what was made of an earlier load no longer holds. */
	readonly #loaded = new Map<
		string,
		{ readonly key: string; readonly value: LoadedSource; readonly load: number }
	>();
	#loads = 0;
	#repaired: { readonly key: string; readonly value: readonly RepairResult[] } | null = null;
	readonly #sweeps = new SweepCache();

	/** `options`: from which size on files are big; what is left out is as in the app. */
	constructor(
		readonly engine: Engine,
		readonly compute: Compute,
		readonly options: LoadOptions = {}
	) {}

	/** Empties the engine and forgets every value. */
	async reset(): Promise<void> {
		this.#kept.clear();
		this.#repaired = null;
		this.#loaded.clear();
		this.#sweeps.clear();
		for (const name of DATABASES.flatMap((database) => SCHEMAS.map((schema) => id(database, schema)))) {
			await this.engine.exec(sql`DROP SCHEMA IF EXISTS ${name} CASCADE`);
			await this.engine.exec(sql`CREATE SCHEMA ${name}`);
		}
	}

	/**
	 * The source with its date order and decimal mark settled by all its values, where the sample could not and its
	 * columns need them. They stay `null` when no value can tell, and where steps of the clean-up write dates one way.
	 */
	async settle(
		source: SourceParams,
		fileOf: FileOf,
		signal: AbortSignal,
		onProgress: OnProgress,
		repairs: readonly Repair[] = []
	): Promise<SourceParams> {
		const read = readAfterSteps(source, repairs);
		const open = undecided(read);
		if (open.length === 0) return source;
		const context = { engine: this.engine, compute: this.compute, signal, onProgress };
		await this.#load(source, fileOf, context, repairs);
		const reading = { ...source.reading };
		if (open.includes('dateOrder')) {
			reading.dateOrder = (await decideDateOrder(this.engine, read, signal)).order;
		}
		if (open.includes('decimalMark')) {
			reading.decimalMark = (await decideDecimalMark(this.engine, read, signal)).mark;
		}
		return { ...source, reading };
	}

	/** Runs what has to run. Ends early, without throwing, at the first stage that fails; rejects when aborted. */
	async run(recipe: Recipe, fileOf: FileOf, signal: AbortSignal, listener: RunListener): Promise<void> {
		const context: StepContext = {
			engine: this.engine,
			compute: this.compute,
			signal,
			onProgress: listener.onProgress
		};
		const stage: RunStage = (name, key, work) => this.#stage(name, key, work, listener);
		try {
			await this.#stages(recipe, fileOf, context, stage);
		} catch (error) {
			if (isAbort(error) || !(error instanceof StageFailure)) throw error;
		}
	}

	async #stages(recipe: Recipe, fileOf: FileOf, context: StepContext, stage: RunStage): Promise<void> {
		const { sources } = recipe.import;
		const { repairs } = recipe.clean;
		await this.#unloadOthers(sources);
		const importKey = () =>
			JSON.stringify(sources.map((source) => [loadKey(source), this.#columnsFor(source, repairs)]));
		const loaded = await stage('import', importKey, () =>
			inOrder(sources, (source) => this.#load(source, fileOf, context, repairs))
		);
		// Notes are about the data, not how it is read.
		const cleanKey = JSON.stringify([sources.map(({ notes: _, ...read }) => read), recipe.clean]);
		const results = loaded.map(({ result }) => result);
		const clean = await stage(
			'clean',
			() => cleanKey,
			async () => {
				sources.forEach(requireRoles);
				for (const source of sources) await requireReading(context, readAfterSteps(source, repairs));
				const done = await this.#repair(context, recipe, results);
				return runClean(context, recipe.import, recipe.clean, results, undefined, done);
			}
		);
		const details = () =>
			stage(
				'details',
				() => cleanKey,
				() => runDetails(context, recipe.import, recipe.clean, clean, results)
			);
		// A query may read people, who come with the details; without one they can wait for the first result.
		if (recipe.queries.length > 0) await details();
		const queriesKey = JSON.stringify([cleanKey, recipe.queries]);
		const queries = await stage(
			'queries',
			() => queriesKey,
			() =>
				runQueries(
					context,
					recipe.queries,
					sources.filter(({ kind }) => kind !== 'report'),
					clean,
					FEATURE_IDS
				)
		);
		const own = ownFeatures(recipe.queries, queries);
		await this.#describe(recipe, { clean, queries, own, cleanKey, details }, context, stage);
	}

	/** Features, scores and clusters, and then what no first result needs. */
	async #describe(
		{ queries, features: params, segment }: Recipe,
		{ clean, queries: queryResults, own, cleanKey, details }: CleanPart,
		context: StepContext,
		stage: RunStage
	): Promise<void> {
		const { clustering: compared } = segment;
		const asked = [...compared.features, ...compared.categories].filter(
			(each) => !CORE_FEATURES.includes(each)
		);
		const { asOf, sensitive, ...settings } = params;
		// The core features depend on nothing but the day.
		const asks = asked.length > 0 ? [asked.toSorted(), settings] : [];
		const featuresKey = JSON.stringify([cleanKey, asOf, own.length > 0 ? queries : [], asks]);
		const features = await stage(
			'features',
			() => featuresKey,
			() => runFeatures(context, params, clean, own, asked)
		);
		const clusteringKey = JSON.stringify([featuresKey, segment.clustering, sensitive]);
		const rfmKey = JSON.stringify([featuresKey, segment.rfm]);
		const scored = stage(
			'rfm',
			() => rfmKey,
			() => runRfm(context, segment.rfm, features)
		);
		// The engine has time for scores and details while the clusters are computed elsewhere.
		const clustered = stage(
			'clustering',
			() => clusteringKey,
			() => runClustering(context, segment, features, this.#sweeps, featuresKey, sensitive)
		);
		const first = both(clustered, scored.then(details));
		// What no first result needs comes last, also where there are no clusters.
		const last = async () => {
			const library = await stage(
				'library',
				() => JSON.stringify([featuresKey, settings]),
				() => runLibrary(context, params, features)
			);
			const rfm = await scored;
			const clustering = await clustered.then(({ result }) => result).catch(unless(context.signal, null));
			const { own: owned, carts, journeys, names } = segment;
			// How segments look and who may use a small one changes nobody's place.
			const lasting = [owned.segments, owned.priority, owned.guard.activeDays];
			const facts = { params: segment, featureParams: params, features, library, rfm, clustering };
			await stage(
				'own',
				() => JSON.stringify([rfmKey, clusteringKey, settings, queries, lasting, carts, journeys, names]),
				() => runOwn(context, { ...facts, queries, queryResults })
			);
		};
		await both(first, first.catch(unless(context.signal, undefined)).then(last));
	}

	async #stage<S extends Stage>(
		name: S,
		key: () => string,
		work: () => Promise<StageValues[S]>,
		listener: RunListener
	): Promise<StageValues[S]> {
		const kept = this.#kept.get(name);
		if (kept?.key === key()) {
			const value = kept.value as StageValues[S];
			await listener.onStage({ stage: name, state: 'kept', value } as StageEvent);
			return value;
		}
		for (const dependent of DEPENDENTS[name]) this.#kept.delete(dependent);
		await listener.onStage({ stage: name, state: 'running' });
		try {
			const value = await work();
			this.#kept.set(name, { key: key(), value });
			await listener.onStage({ stage: name, state: 'done', value } as StageEvent);
			return value;
		} catch (error) {
			if (isAbort(error)) throw error;
			const failure = toAppError(error);
			await listener.onStage({ stage: name, state: 'failed', error: failure });
			throw new StageFailure(failure);
		}
	}

	/** Runs the steps of the clean-up, unless what they left of these sources is there. */
	async #repair(
		context: StepContext,
		{ import: { sources }, clean }: Recipe,
		results: readonly SourceResult[]
	): Promise<readonly RepairResult[]> {
		const read = sources.map(({ notes: _, ...source }) => source);
		const loaded = sources.map(({ id: sourceId }) => this.#loaded.get(sourceId)?.load);
		const key = JSON.stringify([read, loaded, clean.repairs]);
		if (this.#repaired?.key === key) return this.#repaired.value;
		this.#repaired = null;
		const value = await repairSources(context, { sources }, clean, results);
		this.#repaired = { key, value };
		return value;
	}

	async #load(
		source: SourceParams,
		fileOf: FileOf,
		context: StepContext,
		repairs: readonly Repair[]
	): Promise<LoadedSource> {
		const key = loadKey(source);
		const before = this.#loaded.get(source.id);
		if (before?.key === key && this.#columnsFor(source, repairs) === before.value.result.loadedColumns) {
			return before.value;
		}
		this.#loaded.delete(source.id);
		const furtherColumns = columnsOfSteps(repairs, source);
		const options = { ...this.options, plainBytes: this.#plainBytesLeft(), furtherColumns };
		const value = await loadSource(context, source, await fileOf(source), options);
		this.#loads += 1;
		this.#loaded.set(source.id, { key, value, load: this.#loads });
		return value;
	}

	/** The columns that are loaded of a source, if they will do, else those that it needs; null for all. */
	#columnsFor(source: SourceParams, repairs: readonly Repair[]): SourceResult['loadedColumns'] {
		const needed = neededColumns(source, columnsOfSteps(repairs, source));
		const before = this.#loaded.get(source.id);
		if (before?.key !== loadKey(source)) return needed;
		const { loadedColumns } = before.value.result;
		const isEnough = needed.every((column) => loadedColumns?.includes(column) ?? true);
		return isEnough ? loadedColumns : needed;
	}

	#plainBytesLeft(): number {
		const { plainBytes = PLAIN_BYTES } = this.options;
		const plain = [...this.#loaded.values()].filter(({ value }) => value.result.loadedColumns === null);
		return plain.reduce((left, { value }) => left - value.textBytes, plainBytes);
	}

	/** Gives back the memory of sources that the recipe does not have. */
	async #unloadOthers(sources: readonly SourceParams[]): Promise<void> {
		const others = [...this.#loaded.keys()].filter((sourceId) =>
			sources.every((source) => source.id !== sourceId)
		);
		for (const sourceId of others) {
			this.#loaded.delete(sourceId);
			await this.engine.place('memory', ...rawTable(sourceId));
			await forgetSource(this.engine, sourceId);
		}
	}
}

/** A stage failed and has been reported; the run ends. */
class StageFailure extends Error {
	constructor(cause: AppError) {
		super('a stage failed', { cause });
	}
}

/** What loading depends on besides the columns that a big file needs: their reading comes later. */
function loadKey({ id: sourceId, fileName, dialect, columns, withheld }: SourceParams): string {
	return JSON.stringify([sourceId, fileName, dialect, columns, withheld]);
}

/** @throws what the user has to be asked, when dates or numbers of a loaded source cannot be read as it says */
async function requireReading({ engine, signal }: StepContext, source: SourceParams): Promise<void> {
	const isSettled = undecided(source).length === 0 && (await datesCanBeRead(engine, source, signal));
	if (!isSettled) throw await readingFailure(engine, source, signal);
}

/** Waits for both to end; then the first failure counts. */
async function both(first: Promise<unknown>, second: Promise<unknown>): Promise<void> {
	for (const outcome of await Promise.allSettled([first, second])) {
		if (outcome.status === 'rejected') throw outcome.reason;
	}
}

/** Goes on with a value after a failure, but not after the end of a run. */
function unless<Value>(signal: AbortSignal, value: Value): () => Value {
	return () => {
		signal.throwIfAborted();
		return value;
	};
}

async function inOrder<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
	const out: Out[] = [];
	for (const item of items) out.push(await work(item));
	return out;
}
