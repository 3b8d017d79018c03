import { isAbort } from '#lib/core/errors.ts';
import { columnOf } from '#lib/core/matrix.ts';
import type { FeatureResult, FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { describeSpread, type FeatureColumn, type FeatureSpread } from '#lib/pipeline/features/spread.ts';
import { CUSTOMERS, featureMatrix, LIBRARY } from '#lib/pipeline/features/step.ts';
import type { Session } from './session.svelte.ts';

/** What a library needs of a session. */
type Described = Pick<
	Session,
	'runner' | 'features' | 'library' | 'libraryOf' | 'stages' | 'onRun' | 'events'
>;

/** What is known of every feature of a session, as somebody asks for it; forgotten when customers are described again. */
export class FeatureLibrary {
	readonly #session: Described;
	/** What the maps belong to. */
	#of: FeatureResult | null = null;
	#spreads = $state.raw<ReadonlyMap<string, FeatureSpread>>(new Map());
	#columns = $state.raw<ReadonlyMap<string, Float64Array>>(new Map());
	readonly #wanted = new Set<string>();
	#turn: Promise<void> = Promise.resolve();
	#stop = new AbortController();

	/** The features of the core and of what is compared can be asked for. */
	readonly hasCore: boolean = $derived.by(
		() => this.#session.features !== null && this.#session.stages.features.state === 'done'
	);
	/** All others can be asked for as well. */
	readonly isWhole: boolean = $derived.by(() => {
		const { features, libraryOf, library, stages } = this.#session;
		return this.hasCore && library !== null && libraryOf === features && stages.library.state === 'done';
	});
	/** Every feature as far as it is known: while the library is made again, what it told last stands behind the core. */
	readonly all: readonly FeatureSummary[] = $derived.by(() => {
		const core = this.#session.features?.features ?? [];
		const known = this.#session.library?.features ?? [];
		if (this.isWhole) return known;
		const fresh = new Map(core.map((feature) => [feature.id, feature]));
		const others = core.filter(({ id }) => known.every((feature) => feature.id !== id));
		return [...known.map((feature) => fresh.get(feature.id) ?? feature), ...others];
	});

	constructor(session: Described) {
		this.#session = session;
		session.onRun.add(() => {
			this.#stop.abort();
			this.#stop = new AbortController();
		});
	}

	/** Where a feature stands; null for one without a column, or while its table is not there. */
	placeOf(id: string): FeatureColumn | null {
		const inCore = this.hasCore ? this.#available(this.#session.features?.features, id) : undefined;
		if (inCore) return { id, kind: inCore.kind, table: CUSTOMERS };
		const other = this.isWhole ? this.#available(this.#session.library?.features, id) : undefined;
		return other ? { id, kind: other.kind, table: LIBRARY } : null;
	}

	#available(features: readonly FeatureSummary[] | undefined, id: string): FeatureSummary | undefined {
		return features?.find((feature) => feature.id === id && feature.available);
	}

	/** How customers spread over a feature; undefined until `look` has found it. */
	spreadOf(id: string): FeatureSpread | undefined {
		const spread = this.#spreads.get(id);
		return this.#of === this.#session.features ? spread : undefined;
	}

	/**
	 * Looks at features that have a column and that nobody has looked at; one request after the other. A run stops it: what is
	 * not known then is asked for again. Rejects only with failures.
	 */
	look(ids: readonly string[], signal: AbortSignal): Promise<void> {
		return this.#inTurn(signal, async (stop) => {
			const columns = ids.flatMap((id) => (this.spreadOf(id) === undefined ? (this.placeOf(id) ?? []) : []));
			if (columns.length === 0) return;
			const of = this.#session.features;
			const found = await describeSpread(this.#session.runner.engine, columns, stop);
			if (this.#holds(of)) this.#spreads = new Map([...this.#spreads, ...found]);
		});
	}

	/** The values of a feature of numbers, by `idx`; undefined until they are loaded, which asking for them starts. */
	columnOf(id: string): Float64Array | undefined {
		const column = this.#columns.get(id);
		if (this.#of === this.#session.features && column) return column;
		if (this.placeOf(id)?.kind === 'number' && !this.#wanted.has(id)) {
			this.#wanted.add(id);
			queueMicrotask(() => void this.load([id]).catch((error) => this.#session.events.onFailure(error)));
		}
		return undefined;
	}

	/** Loads the values of features of numbers, so that `columnOf` has them. */
	load(ids: readonly string[]): Promise<void> {
		return this.#inTurn(null, async (stop) => {
			for (const id of ids) this.#wanted.delete(id);
			const of = this.#session.features;
			const known = this.#of === of ? this.#columns : new Map<string, Float64Array>();
			const missing = ids.filter((id) => !known.has(id) && this.placeOf(id)?.kind === 'number');
			if (missing.length === 0) return;
			const matrix = await featureMatrix(this.#session.runner.engine, missing, stop, [CUSTOMERS, LIBRARY]);
			if (!this.#holds(of)) return;
			const found = missing.map((id, i) => [id, columnOf(matrix, i)] as const);
			this.#columns = new Map([...this.#columns, ...found]);
		});
	}

	async #inTurn(signal: AbortSignal | null, work: (stop: AbortSignal) => Promise<void>): Promise<void> {
		const stop = AbortSignal.any([this.#stop.signal, ...(signal ? [signal] : [])]);
		const turn = this.#turn.then(async () => {
			if (stop.aborted) return;
			try {
				await work(stop);
			} catch (error) {
				// While a run goes on, a table can be gone or another one.
				if (!stop.aborted && !isAbort(error)) throw error;
			}
		});
		this.#turn = turn.catch(() => undefined);
		return turn;
	}

	/** True while an answer still belongs to what is shown; what belongs to something else is forgotten. */
	#holds(of: FeatureResult | null): boolean {
		if (of !== this.#session.features || !this.hasCore) return false;
		if (this.#of !== of) {
			this.#of = of;
			this.#spreads = new Map();
			this.#columns = new Map();
		}
		return true;
	}
}
