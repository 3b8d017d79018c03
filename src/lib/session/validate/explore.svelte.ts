import { pause } from '#lib/core/pause.ts';
import type { Progress } from '#lib/core/progress.ts';
import { sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import type { NumberSpread } from '#lib/pipeline/features/spread.ts';
import type { Silhouettes } from '#lib/pipeline/segment/compute.ts';
import { indicesOf, type CustomerArrays } from '../customers.ts';
import { filterTest, type Filter, type RangeFilter } from '../filters.ts';
import { BackgroundAnswer, Turns } from '../segments/background-answer.svelte.ts';
import { barsOf, countBars, failuresOf, passingAll, type Dimension, type Passes } from './cross-filter.ts';
import { compareWithAll, type Comparison } from './picked-profile.ts';
import type { Validation } from './validation.svelte.ts';

/** How customers spread over a feature, ready to be counted again with every move of a brush. */
export interface Spread extends Dimension {
	readonly feature: FeatureSummary;
	readonly spread: NumberSpread;
	/** Everyone, by bar. */
	readonly all: readonly number[];
}

/** Histograms and axes of the parallel lines that are shown at first, at most. */
const FEATURES_AT_FIRST = 6;
/** The most features that are shown side by side. */
export const MOST_FEATURES = 8;
/** Lines that can be told apart. */
const MOST_LINES = 1200;
/** Silhouettes are exact up to here; of more customers a sample is taken. */
const SILHOUETTE_ROWS = 20_000;

/** Pictures that answer to each other: what is picked in one is picked in all. */
export class Explore {
	readonly #validation: Validation;
	x = $state('recency_days');
	#y = $state<string | null>(null);
	/** Features that the user chose; null: those that are compared. */
	#chosen = $state.raw<readonly string[] | null>(null);
	/** A filter while it is being drawn. */
	#drawn = $state.raw<Filter | null>(null);
	readonly #passes = new WeakMap<Filter, { readonly of: readonly unknown[]; readonly passes: Passes }>();

	/** How customers spread over the features that are shown, in their order. */
	readonly spreads: BackgroundAnswer<readonly Spread[]>;
	readonly silhouettes: BackgroundAnswer<Silhouettes>;
	/** How the people who are picked differ from everyone; null where nobody is. */
	readonly comparison: BackgroundAnswer<readonly Comparison[]>;
	/** How far the silhouettes are; null while nobody works on them. */
	progress = $state.raw<Progress | null>(null);

	constructor(validation: Validation) {
		this.#validation = validation;
		const { turns, session } = validation;
		// Quick answers to what the user does never wait for long ones.
		const quick = new Turns(session.onRun);
		this.spreads = new BackgroundAnswer(quick, {
			asked: () => this.#askedOf(this.features.map(({ id }) => id).join(' '), this.#session.customers),
			make: (stop) => this.#makeSpreads(stop)
		});
		this.silhouettes = new BackgroundAnswer(turns, {
			asked: () => this.#askedOf('silhouettes', this.#session.clustering),
			make: (stop) => this.#makeSilhouettes(stop)
		});
		this.comparison = new BackgroundAnswer(quick, {
			asked: () => {
				const spreads = this.spreads.now;
				return spreads && this.#askedOf(JSON.stringify(this.#session.selection), spreads);
			},
			make: (stop) => compareWithAll(this.spreads.now ?? [], this.#session.columnOf, this.mask, stop)
		});
	}

	get #session() {
		return this.#validation.session;
	}

	/** Features that can be looked at: those of numbers that somebody has a value of. */
	readonly available: readonly FeatureSummary[] = $derived.by(() =>
		this.#session.featureLibrary.all.filter(({ available, kind }) => available && kind === 'number')
	);

	/** Features that are shown, in order: what is compared, unless the user chose others. */
	readonly features: readonly FeatureSummary[] = $derived.by(() => {
		const compared = this.#session.clustering?.result.features ?? [];
		const ids = this.#chosen ?? this.#withOthers(compared);
		return ids.flatMap((id) => this.available.find((feature) => feature.id === id) ?? []);
	});

	/** The vertical axis of the map. */
	get y(): string {
		return (
			this.#y ?? (this.#session.customers?.features.has('monetary_total') ? 'monetary_total' : 'frequency')
		);
	}

	set y(column: string) {
		this.#y = column;
	}

	/** The filters of the charts, with the one that is being drawn. */
	readonly filters: readonly Filter[] = $derived.by(() => this.#with(this.#drawn));

	get #kept(): readonly Filter[] {
		const { selection } = this.#session;
		return selection?.kind === 'filtered' ? selection.filters : [];
	}

	/** How many filters each customer fails; null where all are shown. */
	readonly #failures: Uint8Array | null = $derived.by(() => {
		const { customers, selection, picked } = this.#session;
		if (customers === null || (this.filters.length === 0 && selection === null)) return null;
		const isOther = selection !== null && selection.kind !== 'filtered' && this.#drawn === null;
		if (isOther) return picked && failuresOf(customers.count, [picked.mask]);
		return failuresOf(
			customers.count,
			this.filters.map((filter) => this.#passesOf(filter, customers))
		);
	});

	/** Who is picked, also while a brush moves: 1, else 0; null where nothing is. */
	readonly mask: Uint8Array | null = $derived.by(() => this.#failures && passingAll(this.#failures));

	/** How many are picked; null where nothing is. */
	readonly count: number | null = $derived.by(
		() => this.mask && this.mask.reduce((count, isPicked) => count + isPicked, 0)
	);

	/** Customers in each bar whom all other charts let through. */
	countsOf(spread: Spread): readonly number[] {
		const { customers } = this.#session;
		if (this.#failures === null || customers === null) return spread.all;
		const own = this.filters.filter((filter) => filter.kind === 'range' && filter.column === spread.column);
		return countBars(
			spread,
			this.#failures,
			own.map((filter) => this.#passesOf(filter, customers))
		);
	}

	/** Shows whom a filter lets through while it is being drawn. */
	draw(filter: Filter): void {
		this.#drawn = filter;
	}

	/** Keeps the filter that was drawn. */
	keep(): void {
		if (this.#drawn !== null) this.put(this.#drawn);
	}

	/** Picks whom a filter lets through as well; it takes the place of an earlier one of its chart. */
	put(filter: Filter): void {
		this.#select(this.#with(filter));
	}

	/** Takes a filter away. */
	remove(filter: Filter): void {
		this.#select(this.#kept.filter((each) => each !== filter));
	}

	/** Takes all filters away, and whatever else is picked. */
	clear(): void {
		this.#select([]);
	}

	/** Picks a segment beside the other filters; the same again lets it go. */
	toggleSegment(cluster: number): void {
		const now = this.#kept.find((each) => each.kind === 'segment' && each.cluster === cluster);
		if (now) this.remove(now);
		else this.put({ kind: 'segment', cluster });
	}

	/** The filter that was drawn on the histogram of a feature; null where there is none. */
	rangeOf(column: string): RangeFilter | null {
		const isOwn = (filter: Filter): filter is RangeFilter =>
			filter.kind === 'range' && filter.column === column;
		return this.filters.find(isOwn) ?? null;
	}

	/** The rectangle or the outline on the map as it stands; null where there is none. */
	get onMap(): Filter | null {
		const { x, y } = this;
		const isHere = (filter: Filter): boolean =>
			isOnMap(filter) && filter.x.column === x && filter.y.column === y;
		return this.filters.find(isHere) ?? null;
	}

	#select(filters: readonly Filter[]): void {
		const { selection } = this.#session;
		this.#drawn = null;
		if (filters.length > 0) this.#session.select({ kind: 'filtered', filters });
		// Picking what is picked lets it go.
		else if (selection !== null) this.#session.select(selection);
	}

	#with(filter: Filter | null): readonly Filter[] {
		const kept = this.#kept;
		if (filter === null) return kept;
		const at = kept.findIndex((each) => isOfSameChart(each, filter));
		return at < 0 ? [...kept, filter] : kept.with(at, filter);
	}

	/** Shows a feature beside the others, or takes it away with its filter. */
	toggleFeature(id: string): void {
		const ids = this.features.map((feature) => feature.id);
		const isShown = ids.includes(id);
		if (!isShown && ids.length >= MOST_FEATURES) return;
		this.#chosen = isShown ? ids.filter((each) => each !== id) : [...ids, id];
		const range = isShown ? this.rangeOf(id) : null;
		if (range !== null) this.remove(range);
	}

	/** Customers whose lines are drawn: of those that are picked where somebody is, else of all; the same every time. */
	readonly lines: Int32Array = $derived.by(() => {
		const { customers, picked, recipe } = this.#session;
		const random = seeded(recipe.segment.clustering.seed);
		if (picked === null || picked.count === 0) {
			return sampleWithoutReplacement(random, MOST_LINES, customers?.count ?? 0);
		}
		const rows = indicesOf(picked.mask);
		return sampleWithoutReplacement(random, MOST_LINES, rows.length).map((at) => rows[at] as number);
	});

	/** The compared features come first, then others that are known from the start. */
	#withOthers(compared: readonly string[]): readonly string[] {
		const others = ['monetary_mean', 'tenure_days', 'gap_days_mean'].filter((id) => !compared.includes(id));
		return [...compared, ...others].slice(0, FEATURES_AT_FIRST);
	}

	#askedOf(key: string, basis: unknown) {
		const { busy, customers, clustering, featureLibrary } = this.#session;
		const isReady = !busy && customers !== null && clustering !== null && featureLibrary.hasCore;
		return isReady && basis !== null ? { key, basis } : null;
	}

	#passesOf(filter: Filter, { count }: CustomerArrays): Passes {
		const { columnOf: valuesOf, labels } = this.#session;
		const columns = columnsOf(filter).map(valuesOf);
		const of = [labels, count, ...columns];
		const known = this.#passes.get(filter);
		if (known?.of.every((part, i) => part === of[i])) return known.passes;
		const test = filterTest(filter, { columnOf: valuesOf, labels });
		const passes = new Uint8Array(count);
		for (let row = 0; row < count; row += 1) passes[row] = test(row) ? 1 : 0;
		this.#passes.set(filter, { of, passes });
		return passes;
	}

	async #makeSpreads(stop: AbortSignal): Promise<readonly Spread[]> {
		const { featureLibrary: library } = this.#session;
		const { features } = this;
		const ids = features.map(({ id }) => id);
		await library.look(ids, stop);
		await library.load(ids.filter((id) => !this.#session.customers?.features.has(id)));
		const made: Spread[] = [];
		for (const feature of features) {
			stop.throwIfAborted();
			const [spread, values] = [library.spreadOf(feature.id), this.#session.columnOf(feature.id)];
			if (spread?.kind !== 'number' || values === undefined || spread.bins.length === 0) continue;
			const edges = [spread.bins[0]?.from ?? 0, ...spread.bins.map(({ to }) => to)];
			const dimension = { column: feature.id, bars: barsOf(values, edges), barCount: edges.length - 1 };
			const all = countBars(dimension, new Uint8Array(values.length));
			made.push({ ...dimension, feature, spread, all });
			// A million values take a while: nothing else waits for all features at once.
			await pause();
		}
		return made;
	}

	async #makeSilhouettes(stop: AbortSignal): Promise<Silhouettes> {
		const { clustering, recipe, runner } = this.#session;
		if (clustering === null) return { rows: new Int32Array(0), values: new Float64Array(0) };
		const { result, labels, data } = clustering;
		const { scaler, projection, clusterCount } = result;
		const { seed } = recipe.segment.clustering;
		const input = { data, scaler, projection, labels, clusterCount, most: SILHOUETTE_ROWS, seed };
		try {
			return await runner.compute.silhouettes(input, stop, (progress) => (this.progress = progress));
		} finally {
			this.progress = null;
		}
	}
}

/** The filters on the map. */
type MapFilter = Extract<Filter, { kind: 'box' | 'outline' }>;

function isOnMap(filter: Filter): filter is MapFilter {
	return filter.kind === 'box' || filter.kind === 'outline';
}

/** True for filters of which there is one at a time. */
function isOfSameChart(a: Filter, b: Filter): boolean {
	if (a.kind === 'range' && b.kind === 'range') return a.column === b.column;
	if (isOnMap(a) && isOnMap(b)) return a.x.column === b.x.column && a.y.column === b.y.column;
	return a.kind === 'segment' && b.kind === 'segment';
}

function columnsOf(filter: Filter): readonly string[] {
	if (filter.kind === 'segment') return [];
	return filter.kind === 'range' ? [filter.column] : [filter.x.column, filter.y.column];
}
