import type { EngineFile } from '#lib/engine/engine.ts';
import { applyRenames, hasDrift, readTableSample, type TableSample } from '#lib/pipeline/import/drift.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { findPredecessor, likelyPredecessors, succeed } from '#lib/recipe/predecessor.ts';
import { joinSeries } from '#lib/recipe/series.ts';
import type { ArrivalContext } from './arrivals.ts';
import type { Decision, ImportReview, ReviewItem } from './import-review.svelte.ts';
import type { NewSource } from './source-files.svelte.ts';

/** A source in its series, and the older export that it is read as; null when it has none. */
export interface Placed {
	readonly source: SourceParams;
	readonly predecessor: SourceParams | null;
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
 * user decides first, and what is left out is not in the answer. Rejects when the user cancels.
 */
export async function placeSources(found: readonly NewSource[], context: PlaceContext): Promise<Placed[]> {
	const { present } = context;
	const items = await compare(found, context);
	const open = items.filter(({ drift }) => hasDrift(drift));
	const decisions = open.length === 0 ? [] : await context.review.ask(open, context.signal);
	const placed = new Map<string, Placed>();
	const others: NewSource[] = [];
	for (const source of found) {
		const item = items.find(({ id }) => id === source.id);
		const decision = decisions.find(({ id }) => id === source.id);
		if (item === undefined || decision?.choice === 'beside') others.push(source);
		else if (decision?.choice !== 'leave_out') placed.set(source.id, update(source, item, decision, present));
	}
	// They are exports of no list that is there, but may be of one list among themselves.
	for (const source of joinSeries(others, [])) placed.set(source.id, { source, predecessor: null });
	return found.flatMap(({ id }) => placed.get(id) ?? []);
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

/** The tables that are newer exports of sources that are there, compared with them. */
async function compare(
	found: readonly NewSource[],
	{ present, fileOf, signal, onProgress }: PlaceContext
): Promise<ReviewItem[]> {
	const samples = new Map<string, TableSample<SourceParams>>();
	const items: ReviewItem[] = [];
	for (const source of found) {
		const likely = likelyPredecessors(source, present);
		if (likely.length === 0) continue;
		onProgress({ what: `Comparing ${source.fileName} with what is there`, share: null });
		const sample = await read(source);
		for (const old of likely) if (!samples.has(old.id)) samples.set(old.id, await read(old));
		const predecessor = findPredecessor(
			sample,
			likely.flatMap(({ id }) => samples.get(id) ?? [])
		);
		if (predecessor !== null) items.push({ id: source.id, found: sample, ...predecessor });
	}
	return items;

	async function read<Source extends NewSource>(source: Source): Promise<TableSample<Source>> {
		const { blob } = await fileOf(source);
		return readTableSample({ name: source.fileName, blob }, source, signal);
	}
}
