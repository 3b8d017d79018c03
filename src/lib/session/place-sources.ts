import type { Day } from '#lib/core/days.ts';
import type { Notice } from '#lib/core/errors.ts';
import type { EngineFile } from '#lib/engine/engine.ts';
import {
	applyRenames,
	hasDrift,
	newestDay,
	readTableSample,
	type TableSample
} from '#lib/pipeline/import/drift.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { findPredecessor, likelyPredecessors, succeed } from '#lib/recipe/predecessor.ts';
import { anotherIdSystem, joinSeries, versionsByDay } from '#lib/recipe/series.ts';
import type { ArrivalContext } from './arrivals.ts';
import type { Decision, ImportReview, ReviewItem } from './import-review.svelte.ts';
import type { NewSource } from './source-files.svelte.ts';

/** A source in its series, and the older export that it is read as; null when it has none. */
export interface Placed {
	readonly source: SourceParams;
	readonly predecessor: SourceParams | null;
}

/** Where arriving tables stand. */
export interface Placement {
	readonly placed: readonly Placed[];
	/** Versions of sources that are there and make room in their series, by id. */
	readonly versions: ReadonlyMap<string, number>;
	/** What became an older export than those that are there. */
	readonly notices: readonly Notice[];
}

/** What placing arriving tables needs. */
export interface PlaceContext extends ArrivalContext {
	/** The sources that the session has. */
	readonly present: readonly SourceParams[];
	readonly fileOf: (source: NewSource) => Promise<EngineFile>;
	readonly review: ImportReview;
}

/**
 * Puts each table in the series it is an export of, or starts one. Where a table is not quite like the older export, the
 * user decides first, and what is left out is not in the answer. An export that ends before others of its series stands below
 * them. Rejects when the user cancels.
 */
export async function placeSources(found: readonly NewSource[], context: PlaceContext): Promise<Placement> {
	const { present } = context;
	const samples = new Samples(context);
	const items = await compare(found, context, samples);
	const open = items.filter(({ drift, clash }) => hasDrift(drift) || clash !== null);
	const decisions = open.length === 0 ? [] : await context.review.ask(open, context.signal);
	const placed = new Map<string, Placed>();
	const others: NewSource[] = [];
	for (const source of found) {
		const item = items.find(({ id }) => id === source.id);
		const decision = decisions.find(({ id }) => id === source.id);
		if (item === undefined || decision?.choice === 'beside') others.push(besides(source, item, present));
		else if (decision?.choice !== 'leave_out') placed.set(source.id, update(source, item, decision, present));
	}
	// They are exports of no list that is there, but may be of one list among themselves.
	for (const source of joinSeries(others, [])) placed.set(source.id, { source, predecessor: null });
	return arrange(
		found.flatMap(({ id }) => placed.get(id) ?? []),
		present,
		samples
	);
}

/** A settled source with the answers that were given for the older export, where its own values leave a question open. */
export function withAnswers(source: SourceParams, { reading }: SourceParams): SourceParams {
	const { dateOrder, decimalMark } = source.reading;
	return {
		...source,
		reading: {
			...source.reading,
			dateOrder: dateOrder ?? reading.dateOrder,
			decimalMark: decimalMark ?? reading.decimalMark
		}
	};
}

function update(
	source: NewSource,
	{ old: { source: old } }: ReviewItem,
	decision: Decision | undefined,
	present: readonly SourceParams[]
): Placed {
	const read = applyRenames(old, source, decision?.renames ?? []);
	return { source: succeed(read, old, present), predecessor: old };
}

/** Another shop that numbers its orders alike numbers its customers alike: they are other people. */
function besides(
	source: NewSource,
	item: ReviewItem | undefined,
	present: readonly SourceParams[]
): NewSource {
	if (!item?.clash || item.old.source.idSystem !== source.idSystem) return source;
	return { ...source, idSystem: anotherIdSystem(source.idSystem, present) };
}

/** Puts the exports of each series in the order of their newest records. */
async function arrange(
	placed: readonly Placed[],
	present: readonly SourceParams[],
	samples: Samples
): Promise<Placement> {
	const versions = new Map<string, number>();
	const notices: Notice[] = [];
	const updates = placed.filter(({ predecessor }) => predecessor !== null);
	for (const series of new Set(updates.map(({ source }) => source.series))) {
		const before = present.filter((source) => source.series === series);
		const there = await Promise.all(
			before.map(async (source) => ({ ...source, newest: await samples.newest(source, null) }))
		);
		const arrived = await Promise.all(
			updates
				.filter(({ source }) => source.series === series)
				.map(async ({ source, predecessor }) => ({
					...source,
					newest: await samples.newest(source, predecessor)
				}))
		);
		const found = versionsByDay(arrived, there);
		for (const [id, version] of found) versions.set(id, version);
		for (const { id, fileName, newest } of arrived) {
			const above = there.filter((other) => (found.get(other.id) ?? other.version) > (found.get(id) ?? 0));
			const [top] = above.sort((a, b) => b.version - a.version);
			if (top === undefined || newest === null) continue;
			notices.push({
				code: 'import.older-export',
				details: { fileName, newest, newerFile: top.fileName }
			});
		}
	}
	return {
		placed: placed.map(({ source, predecessor }) => ({
			source: { ...source, version: versions.get(source.id) ?? source.version },
			predecessor
		})),
		versions: new Map([...versions].filter(([id]) => present.some((source) => source.id === id))),
		notices
	};
}

/** Some rows of each table, read once. */
class Samples {
	readonly #read = new Map<string, Promise<TableSample>>();

	constructor(readonly context: PlaceContext) {}

	/** Rows of a table, with the source as it is given. */
	async of<Source extends NewSource>(source: Source): Promise<TableSample<Source>> {
		const reading = this.#read.get(source.id) ?? this.#readNew(source);
		this.#read.set(source.id, reading);
		return { ...(await reading), source };
	}

	/** The day of the newest record; the older export tells the order of its dates where it tells none itself. */
	async newest(source: SourceParams, predecessor: SourceParams | null): Promise<Day | null> {
		return newestDay(await this.of(source), predecessor?.reading.dateOrder ?? null);
	}

	async #readNew(source: NewSource): Promise<TableSample> {
		const { blob } = await this.context.fileOf(source);
		return readTableSample({ name: source.fileName, blob }, source, this.context.signal);
	}
}

/** The tables that are newer exports of sources that are there, compared with them. */
async function compare(
	found: readonly NewSource[],
	{ present, onProgress }: PlaceContext,
	samples: Samples
): Promise<ReviewItem[]> {
	const items: ReviewItem[] = [];
	for (const source of found) {
		const likely = likelyPredecessors(source, present);
		if (likely.length === 0) continue;
		onProgress({ what: `Comparing ${source.fileName} with what is there`, share: null });
		const sample = await samples.of(source);
		const olds: TableSample<SourceParams>[] = [];
		for (const old of likely) olds.push(await samples.of(old));
		const predecessor = findPredecessor(sample, olds);
		if (predecessor !== null) items.push({ id: source.id, found: sample, ...predecessor });
	}
	return items;
}
