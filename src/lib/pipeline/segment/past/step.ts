import { addDays, daysBetween, type Day } from '#lib/core/days.ts';
import { AppError, notice, type Notice } from '#lib/core/errors.ts';
import { pause } from '#lib/core/pause.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { day as dayLiteral } from '#lib/engine/sql.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { DEFINITIONS, featureLabel } from '#lib/pipeline/features/definitions/index.ts';
import { FAMILIES, foundFeatures } from '#lib/pipeline/features/families/index.ts';
import type { FeatureParams, FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { buildFeatures, featureMatrix } from '#lib/pipeline/features/step.ts';
import { movementOf } from '../changes/movement.ts';
import type { Grouping, Movement, MovementCellFilter } from '../changes/schema.ts';
import { schemeOf } from '../rfm/schemes/index.ts';
import { scoreTable, type Scored } from '../rfm/score.ts';
import type { ClusteringResult, RfmCutPoints, RfmParams } from '../schema.ts';
import { assignClusters } from '../assign.ts';
import { readCategories } from '../categories.ts';
import { outcomesOf } from './outcomes.ts';
import { countMoves, countPeople, listMoved, listPeople, monthlyOrders, TABLES } from './past.sql.ts';
import {
	HORIZONS,
	SHORT_HISTORY_DAYS,
	type LinesOf,
	type MonthOrders,
	type PastDay,
	type PastFilter,
	type Slot
} from './schema.ts';

const SCORED = ['recency_days', 'frequency', 'monetary_total'];

/** A day to go back to, and how people are grouped. */
export interface PastRequest {
	/** What was known at its start is known. */
	readonly day: Day;
	readonly params: RfmParams;
	readonly featureParams: FeatureParams;
	/** Ids of further features that are made, where the files can tell them. */
	readonly asked?: readonly string[];
	/** Ids of numbers of saved queries, which are of today and not known on a past day. */
	readonly ownFeatures?: readonly string[];
	readonly clean: Pick<CleanResult, 'firstOrder' | 'lastOrder' | 'hasAmount' | 'tables'>;
	/** The natural segments of today, whose scale and centres are used; null: none. */
	readonly clustering: Pick<
		ClusteringResult,
		'features' | 'categories' | 'assignment' | 'scaler' | 'projection' | 'profiles'
	> | null;
	/** Lines of today's scores, to be used on that day too; null: lines are found among the people of that day. */
	readonly cutPoints: RfmCutPoints | null;
}

/** How people were grouped on a day, whose tables are then in the engine. */
export interface PastGroups extends Scored {
	/** Of the day: what its table has, and what was asked and cannot be told. */
	readonly features: readonly FeatureSummary[];
	readonly customers: number;
	readonly linesOf: LinesOf;
	readonly segmentsLack: readonly string[];
}

/**
 * Goes back to a day: describes, scores and groups customers as a run on that day would, and counts what they did next.
 * Nothing of the session is touched: the day has tables of its own (see `schema.ts`).
 * @throws `features.no-customers` when nobody had ordered before that day
 */
export async function goBack(engine: Engine, request: PastRequest, signal: AbortSignal): Promise<PastDay> {
	const groups = await groupPast(engine, request, 'from', signal);
	const { day, clean, clustering } = request;
	const { table, axes, levels, customers, linesOf, cutPoints, segmentsLack } = groups;
	const segmentCount = clustering !== null && segmentsLack.length === 0 ? clustering.profiles.length : null;
	const shape = { groups: table.map(({ id }) => id), axes, levels, segmentCount };
	return {
		day,
		customers,
		table,
		axes,
		levels,
		linesOf,
		cutPoints,
		segmentsLack,
		outcomes: await outcomesOf(engine, { day, clean, shape }, signal),
		notices: historyNotices(day, clean)
	};
}

/**
 * Describes, scores and groups the customers of a day in the tables of a slot.
 * @throws `features.no-customers` when nobody had ordered before that day
 */
export async function groupPast(
	engine: Engine,
	request: PastRequest,
	slot: Exclude<Slot, 'now'>,
	signal: AbortSignal
): Promise<PastGroups> {
	const { day, params, ownFeatures = [], clean, clustering, cutPoints } = request;
	const tables = TABLES[slot];
	const features = await describePast(engine, request, slot, signal);
	const [people] = await engine.rows<{ customers: number }>(countPeople(slot), signal);
	const customers = people?.customers ?? 0;
	if (customers === 0)
		throw new AppError('features.no-customers', { asOf: day, firstOrder: clean.firstOrder });
	const hasAmount = features.some(({ id, available }) => id === 'monetary_total' && available);
	const linesOf = linesUsed(params, cutPoints);
	const order = { from: tables.features, into: tables.rfm, params, hasAmount };
	const lines = linesOf === 'now' && cutPoints ? { cutPoints } : {};
	const scored = await scoreTable(engine, { ...order, ...lines }, signal);
	const known = features.filter(({ id }) => !ownFeatures.includes(id));
	const segmentsLack = await assignSegments(engine, clustering, known, slot, signal);
	return { ...scored, features, customers, linesOf, segmentsLack };
}

/** Does something with the tables of a slot, and gives back their memory whatever happens. */
export async function inSlot<T>(
	engine: Engine,
	slot: Exclude<Slot, 'now'>,
	work: () => Promise<T>
): Promise<T> {
	try {
		return await work();
	} finally {
		const { features, rfm, members, own } = TABLES[slot];
		await Promise.allSettled([features, rfm, members, own].map((table) => engine.place('memory', ...table)));
	}
}

/** Makes the features of a day that scores and segments need, and no others. */
async function describePast(
	engine: Engine,
	{ day, featureParams, asked = [], ownFeatures = [], clustering }: PastRequest,
	slot: Exclude<Slot, 'now'>,
	signal: AbortSignal
): Promise<FeatureSummary[]> {
	const compared = [...(clustering?.features ?? []), ...(clustering?.categories ?? [])];
	const further = [...compared, ...asked].filter((feature) => !ownFeatures.includes(feature));
	const families = FAMILIES.filter(({ has }) => further.some(has));
	const scope = { asOf: dayLiteral(day), params: featureParams };
	const known = [...DEFINITIONS, ...(await foundFeatures(engine, scope, further, signal, families))];
	const wanted = known.filter(({ id }) => SCORED.includes(id) || further.includes(id));
	const { features: table } = TABLES[slot];
	return buildFeatures(engine, { table, wanted, known, own: [], asOf: day, params: featureParams }, signal);
}

function linesUsed({ scheme, cutPoints: given }: RfmParams, ofNow: RfmCutPoints | null): LinesOf {
	if (schemeOf(scheme).lines === 'given' && given !== null) return 'given';
	return ofNow === null ? 'day' : 'now';
}

/** Writes the members of today's natural segments, by nearest centre; answers what that lacks, as labels of features. */
async function assignSegments(
	engine: Engine,
	clustering: PastRequest['clustering'],
	features: readonly FeatureSummary[],
	slot: Exclude<Slot, 'now'>,
	signal: AbortSignal
): Promise<readonly string[]> {
	if (clustering === null) return [];
	const labelOf = (feature: string) => featureLabel(feature, features);
	const available = new Set(features.filter((each) => each.available).map(({ id }) => id));
	const lacking = [...clustering.features, ...clustering.categories].filter(
		(feature) => !available.has(feature)
	);
	if (lacking.length > 0) return lacking.map(labelOf);
	const { features: table, members } = TABLES[slot];
	const data = await featureMatrix(engine, clustering.features, signal, [table]);
	const incomplete = clustering.features.filter((_, column) => {
		for (let at = column; at < data.values.length; at += data.columnCount)
			if (!Number.isFinite(data.values[at])) return true;
		return false;
	});
	if (incomplete.length > 0) return incomplete.map(labelOf);
	await pause();
	const categories = await readCategories(engine, clustering.categories, signal, table);
	const clusters = await assignClusters(data, clustering, categories);
	await pause();
	signal.throwIfAborted();
	const [schema, name] = members;
	await engine.insert(schema, name, {
		idx: Int32Array.from(clusters.keys()),
		cluster: Int32Array.from(clusters)
	});
	return [];
}

/** What is short: the time before the day, and the time that is known after it. */
function historyNotices(day: Day, { firstOrder, lastOrder }: PastRequest['clean']): Notice[] {
	const notices: Notice[] = [];
	if (firstOrder !== null && daysBetween(firstOrder, day) < SHORT_HISTORY_DAYS) {
		const days = daysBetween(firstOrder, day);
		notices.push(notice('past.short-before', { day, firstOrder, days, needed: SHORT_HISTORY_DAYS }));
	}
	const unseen = HORIZONS.filter((horizon) => lastOrder !== null && addDays(day, horizon - 1) > lastOrder);
	if (lastOrder !== null && unseen.length > 0) {
		notices.push(notice('past.short-after', { day, lastOrder, horizons: unseen }));
	}
	return notices;
}

/** The last day after which a horizon is fully seen; null where the history is shorter than that. */
export function latestSeenDay(
	{ firstOrder, lastOrder }: Pick<CleanResult, 'firstOrder' | 'lastOrder'>,
	horizon: number
): Day | null {
	if (firstOrder === null || lastOrder === null) return null;
	const day = addDays(lastOrder, 1 - horizon);
	return day > firstOrder ? day : null;
}

/**
 * Who went where from the day that was gone back to until a later one, whose tables are in the engine. The last row is
 * who was no customer yet; nobody is gone, so the last column is empty.
 * @param categories group ids, or the numbers of the clusters
 */
export async function movementSince(
	engine: Engine,
	slot: 'to' | 'now',
	by: Grouping,
	categories: readonly string[],
	signal: AbortSignal
): Promise<Movement> {
	const moves = await engine.rows<{ source: string | null; target: string; customers: number }>(
		countMoves(slot, by),
		signal
	);
	const cells = moves.map(({ source, target, customers }) => ({
		from: source === null ? null : categories.indexOf(source),
		to: categories.indexOf(target),
		customers
	}));
	return movementOf(by, categories, cells);
}

/** The ids of who took a route of a movement. */
export async function movedIds(
	engine: Engine,
	slot: 'to' | 'now',
	filter: MovementCellFilter,
	categories: readonly string[],
	signal: AbortSignal
): Promise<readonly string[]> {
	return idsOf(await engine.columns(listMoved(slot, filter, categories), signal));
}

/** The ids of people of the day that was gone back to. */
export async function pastIds(
	engine: Engine,
	filter: PastFilter,
	axes: PastDay['axes'],
	signal: AbortSignal
): Promise<readonly string[]> {
	return idsOf(await engine.columns(listPeople(filter, axes.includes('fm') ? 'fm' : 'f'), signal));
}

function idsOf(columns: Awaited<ReturnType<Engine['columns']>>): readonly string[] {
	return columns.get('customerId') as readonly string[];
}

/** The orders of each month there are, the first month first. */
export function ordersByMonth(engine: Engine, signal: AbortSignal): Promise<MonthOrders[]> {
	return engine.rows<MonthOrders>(monthlyOrders(), signal);
}
