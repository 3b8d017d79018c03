import { addDays, type Day } from '#lib/core/days.ts';
import { valuesAt, type Matrix } from '#lib/core/matrix.ts';
import { pause } from '#lib/core/pause.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { featureLabel } from '#lib/pipeline/features/definitions/index.ts';
import { featureMatrix } from '#lib/pipeline/features/step.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { assignClusters, type Fittings } from '#lib/pipeline/segment/assign.ts';
import { readCategories } from '#lib/pipeline/segment/categories.ts';
import type { CategoryColumn } from '#lib/pipeline/segment/methods/method.ts';
import { TABLES } from '#lib/pipeline/segment/past/past.sql.ts';
import { groupPast, inSlot } from '#lib/pipeline/segment/past/step.ts';
import { assignmentOf } from '#lib/pipeline/segment/renumber-details.ts';
import type { ClusteringParams } from '#lib/pipeline/segment/schema.ts';
import type { WindowRequest } from '../windows/people.ts';
import { clustersOfToday, customerIds, deedsBetween, peopleOfToday } from '../windows/windows.sql.ts';
import { compareOutcomes, type DayOutcome } from './compare.ts';
import { likenesses } from './like.ts';
import type { Holdout, HoldoutPeople, HoldoutPlan, HoldoutSegment } from './schema.ts';

/** How segments are found on the earlier day: as today, with as many of them where the method is given a number. */
export interface HoldoutRequest extends WindowRequest {
	readonly clustering: NonNullable<WindowRequest['clustering']>;
	readonly clusteringParams: ClusteringParams;
	readonly plan: HoldoutPlan;
}

/** What a check gives: itself, or what the features lack on one of the two days, as labels. */
export type HoldoutAnswer =
	| { readonly kind: 'found'; readonly holdout: Holdout }
	| { readonly kind: 'lacking'; readonly features: readonly string[] };

/**
 * Finds segments among the customers of an earlier day, gives the customers of a later day to them, and compares profiles and
 * what people did after each day. Nothing that happened after a day takes part in where its people are put.
 * @throws as the method does, and `features.no-customers` when nobody had ordered before the earlier day
 */
export async function checkHoldout(
	{ engine, compute, signal, onProgress }: StepContext,
	request: HoldoutRequest
): Promise<HoldoutAnswer> {
	const { plan, clean, clustering } = request;
	return inSlot(engine, 'window', async () => {
		const first = await readDay(engine, request, plan.fitDay, signal);
		if (first.lacks.length > 0) return { kind: 'lacking', features: first.lacks };
		const fittings = await fitEarlier({ engine, compute, signal, onProgress }, request, first);
		const clusterCount = fittings.profiles.length;
		const today = (await engine.columns(clustersOfToday(), signal)).get('cluster') as Int32Array;
		const second = await readDay(engine, request, plan.checkDay, signal);
		if (second.lacks.length > 0) return { kind: 'lacking', features: second.lacks };
		const [fit, check] = [await outcomeOf(first, fittings), await outcomeOf(second, fittings)];
		await pause();
		const shape = { clusterCount, scaler: fittings.scaler, hasMoney: clean.hasAmount };
		const now = Uint8Array.from(valuesAt(today, first.idx));
		const alike = likenesses(
			{ labels: fit.clusters, clusterCount },
			{ labels: now, clusterCount: clustering.profiles.length }
		);
		await pause();
		const segments = compareOutcomes(fit, check, shape).map((segment, cluster) => ({
			...segment,
			...(alike[cluster] ?? { like: null, overlap: null })
		}));
		const people = { fit: peopleOf(first, fit), check: peopleOf(second, check) };
		const { features } = clustering;
		return { kind: 'found', holdout: { ...plan, features, segments: segments.sort(byLikeness), people } };
	});
}

/** The ids of the people of a segment of the earlier day on the later one. */
export async function holdoutPeople(
	engine: Engine,
	{ people }: Holdout,
	cluster: number,
	signal: AbortSignal
): Promise<readonly string[]> {
	const ids = (await engine.columns(customerIds(), signal)).get('customerId') as readonly string[];
	const { idx, clusters } = people.check;
	return Array.from(idx)
		.filter((_, row) => clusters[row] === cluster)
		.map((person) => ids[person] as string);
}

function byLikeness(a: HoldoutSegment, b: HoldoutSegment): number {
	return (a.like ?? Infinity) - (b.like ?? Infinity) || a.cluster - b.cluster;
}

/** The customers of a day as they were known then, and what they did after it. */
interface DayRead extends Omit<DayOutcome, 'clusters'> {
	readonly categories: readonly CategoryColumn[];
	readonly idx: Int32Array;
	/** Labels of features that cannot be told of everybody that day; without them the rest is empty. */
	readonly lacks: readonly string[];
}

async function readDay(
	engine: Engine,
	request: HoldoutRequest,
	day: Day,
	signal: AbortSignal
): Promise<DayRead> {
	const { params, featureParams, ownFeatures, clean, clustering, plan } = request;
	const compared = [...clustering.features, ...clustering.categories];
	const past = { day, params, featureParams, asked: compared, ownFeatures, clean };
	const { features: made } = await groupPast(
		engine,
		{ ...past, clustering: null, cutPoints: null },
		'window',
		signal
	);
	const available = new Set(made.flatMap(({ id, available }) => (available ? [id] : [])));
	const labels = (ids: readonly string[]) => ids.map((feature) => featureLabel(feature, made));
	const unknown = compared.filter((feature) => !available.has(feature) || ownFeatures.includes(feature));
	if (unknown.length > 0) return { ...NOBODY, lacks: labels(unknown) };
	const { features: table } = TABLES.window;
	const data = await featureMatrix(engine, clustering.features, signal, [table]);
	const incomplete = clustering.features.filter((_, column) => hasGap(data, column));
	if (incomplete.length > 0) return { ...NOBODY, lacks: labels(incomplete) };
	const deeds = await engine.columns(deedsBetween(day, addDays(day, plan.horizon)), signal);
	return {
		data,
		categories: await readCategories(engine, clustering.categories, signal, table),
		idx: (await engine.columns(peopleOfToday(), signal)).get('idx') as Int32Array,
		bought: deeds.get('bought') as Int32Array,
		spent: deeds.get('spent') as Float64Array,
		lacks: []
	};
}

const NOBODY = {
	data: { values: new Float64Array(), rowCount: 0, columnCount: 0 },
	categories: [],
	idx: new Int32Array(),
	bought: new Int32Array(),
	spent: new Float64Array()
} satisfies Omit<DayRead, 'lacks'>;

function hasGap({ values, columnCount }: Matrix, column: number): boolean {
	for (let at = column; at < values.length; at += columnCount) if (!Number.isFinite(values[at])) return true;
	return false;
}

/** Finds segments among the customers of the earlier day. */
async function fitEarlier(
	{ compute, signal, onProgress }: StepContext,
	{ clustering, clusteringParams }: HoldoutRequest,
	{ data, categories }: DayRead
): Promise<Fittings> {
	const { method, options, scaling, scaler, componentShare, seed, initCount } = clusteringParams;
	const space = { scaling, scaler, componentShare };
	const clusterCounts = [clustering.clusterCount];
	const found = await compute.sweep(
		{ data, categories, method, options, ...space, clusterCounts, seed, initCount },
		signal,
		onProgress
	);
	const [fit] = found.fits;
	if (fit === undefined) throw new RangeError(`no clustering of ${clustering.clusterCount}`);
	const order = Array.from({ length: fit.centroids.rowCount }, (_, cluster) => cluster);
	const { values, columnCount } = fit.centroids;
	return {
		scaler: found.scaler,
		projection: found.projection,
		assignment: assignmentOf(fit.details, order),
		profiles: order.map((cluster) => ({
			cluster,
			isNoise: fit.hasNoise && cluster === order.length - 1,
			centroid: Array.from(values.subarray(cluster * columnCount, (cluster + 1) * columnCount)),
			modes: (fit.modes[cluster] ?? []).map((level, c) => categories[c]?.levels[level] ?? '')
		}))
	};
}

/** The customers of a day in the segments of the earlier one: on both days by the same definition. */
async function outcomeOf(
	{ data, categories, bought, spent }: DayRead,
	fittings: Fittings
): Promise<DayOutcome> {
	return { data, bought, spent, clusters: await assignClusters(data, fittings, categories) };
}

function peopleOf({ idx }: DayRead, { clusters }: DayOutcome): HoldoutPeople {
	return { idx, clusters };
}
