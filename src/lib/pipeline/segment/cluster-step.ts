import { pause } from '#lib/core/pause.ts';
import { AppError, notice, type Notice } from '#lib/core/errors.ts';
import { columnOf, rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { deriveSeed } from '#lib/core/random.ts';
import { featureLabel } from '#lib/pipeline/features/definitions/index.ts';
import type { FeatureParams, FeatureResult } from '#lib/pipeline/features/schema.ts';
import { featureMatrix } from '#lib/pipeline/features/step.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { countDistinctRows } from '#lib/stats/distinct.ts';
import { clusterSizes } from '#lib/stats/labeling.ts';
import { applyScaler } from '#lib/stats/scale.ts';
import { chooseClusterCount, SIZE_FLOOR } from './choose-count.ts';
import { categoriesOf } from './categories.ts';
import type { Fitted } from './compute.ts';
import { methodById } from './methods/index.ts';
import type { CategoryColumn, MethodDetails } from './methods/method.ts';
import { nameClusters } from './name.ts';
import { profileValues, rankClusters, renumber, revenuePerCluster } from './profile.ts';
import { assignmentOf, renumberDetails } from './renumber-details.ts';
import type {
	ClusterProfile,
	ClusteringParams,
	ClusteringResult,
	Recommendation,
	SegmentParams,
	SegmentStability
} from './schema.ts';
import { checkKeptScale } from './space.ts';
import { summarizeStability } from './stability.ts';
import { type KeptSweep, SweepCache } from './sweep-cache.ts';

export { SweepCache };

/** What the step gives: the result, one label per customer by `idx`, and what it noticed. */
export interface ClusteringOutcome {
	readonly result: ClusteringResult;
	readonly labels: Uint8Array;
	/** How surely each customer belongs to their segment, 0 to 1; null where the method does not say. */
	readonly confidence: Float64Array | null;
	/** What only the method knows; its labels and components are numbered as in the result. */
	readonly details: MethodDetails;
	/** All that was tried, and the customers it was tried on: for looking closer. Clusters there are numbered as the method left them. */
	readonly data: Matrix;
	readonly categories: readonly CategoryColumn[];
	readonly notices: readonly Notice[];
}

/** Fewest different customers that are worth looking for segments among. */
const FEWEST_CUSTOMERS = 10;
/** A sweep stops at the number of segments that leaves this many different customers for each on average. */
const CUSTOMERS_PER_SEGMENT = 5;
const MOST_SEGMENTS = 10;
const RESAMPLES = 20;
/** What the people of no group are called. */
const NO_GROUP = 'No clear group';

/**
 * Looks for natural segments: sweeps the numbers of segments, chooses one, checks stability, numbers clusters by revenue,
 * profiles and names them, and writes `segment.members`. Only the members are computed anew when the number of segments
 * changes: sweeps and stabilities are kept in `sweeps`.
 *
 * @param dataKey stands for the customers and their features: same key, same numbers
 * @param reasons why sensitive features may be compared, by feature
 * @throws `segment.sensitive-feature`, `segment.too-few-customers`, `segment.missing-values`, `segment.not-positive`, `segment.scale-mismatch`,
 *   `features.unavailable`, `recipe.invalid`
 */
export async function runClustering(
	context: StepContext,
	{ clustering: params }: Pick<SegmentParams, 'clustering'>,
	features: FeatureResult,
	sweeps = new SweepCache(),
	dataKey = '',
	reasons: FeatureParams['sensitive'] = {}
): Promise<ClusteringOutcome> {
	const names = params.features.length > 0 ? params.features : defaultFeatures(features);
	refuseSensitive(names, features, reasons);
	const data = await featureMatrix(context.engine, names, context.signal);
	const labelOf = (feature: string) => featureLabel(feature, features.features);
	checkData(data, names, params, labelOf);
	const categories = await categoriesOf(context.engine, params, features, context.signal);
	refuseSensitive(
		categories.map(({ feature }) => feature),
		features,
		reasons
	);
	const task: Task = {
		context,
		params,
		data,
		categories,
		features: names,
		labelOf,
		sweep: await keptSweep(context, params, names, data, categories, sweeps, dataKey)
	};
	const isGiven = methodById(params.method).clusterCount === 'given';
	const recommendation = isGiven
		? await chooseClusterCount(
				task.sweep.output.fits.map((fit) => fit.candidate),
				(k) => stabilityOf(task, fitFor(task, k)),
				{ customers: data.rowCount }
			)
		: foundCount(task);
	const asked = isGiven && params.clusterCount !== 'auto' ? params.clusterCount : recommendation.k;
	const chosen = fitFor(task, asked);
	const revenue = await revenueOf(context, features);
	await pause();
	const order = rankClusters(
		{ labels: chosen.labels, clusterCount: chosen.candidate.k },
		chosen.centroids,
		revenue,
		chosen.hasNoise
	);
	const labels = renumber(chosen.labels, order);
	await pause();
	const profiles = await profile(task, chosen, order, labels, revenue, await stabilityOf(task, chosen));
	await writeMembers(context, labels, chosen.confidence);
	const { scaler, projection, fits, silhouetteSample } = task.sweep.output;
	const result: ClusteringResult = {
		method: params.method,
		features: [...names],
		categories: categories.map(({ feature }) => feature),
		assignment: assignmentOf(chosen.details, order),
		scaler,
		projection,
		seed: params.seed,
		candidates: fits.map((fit) => fit.candidate),
		recommendation,
		clusterCount: chosen.candidate.k,
		inertia: chosen.candidate.inertia,
		silhouette: chosen.candidate.silhouette,
		silhouetteSample,
		profiles
	};
	const details = renumberDetails(chosen.details, order);
	const { confidence } = chosen;
	return { result, labels, confidence, details, data, categories, notices: noticesOf(task, profiles) };
}

/** The number that the method found itself. */
function foundCount({ sweep }: Task): Recommendation {
	const k = sweep.output.fits[0]?.candidate.k ?? 1;
	return { k, reason: 'found', runnerUp: null, refused: [] };
}

/** What a feature is called. */
type LabelOf = (feature: string) => string;

/** What the parts of one run share. */
interface Task {
	readonly context: StepContext;
	readonly params: ClusteringParams;
	readonly data: Matrix;
	readonly categories: readonly CategoryColumn[];
	readonly features: readonly string[];
	readonly labelOf: LabelOf;
	readonly sweep: KeptSweep;
}

/** Days since the last order, orders, and total spend where the files have amounts. */
function defaultFeatures({ features }: FeatureResult): string[] {
	const isAvailable = (id: string): boolean =>
		features.some((feature) => feature.id === id && feature.available);
	return ['recency_days', 'frequency', 'monetary_total'].filter(isAvailable);
}

/** What tells of a person's nature, such as age, is compared only where the recipe says why. */
function refuseSensitive(
	names: readonly string[],
	{ features }: FeatureResult,
	reasons: FeatureParams['sensitive']
): void {
	const refused = features.find(
		({ id, isSensitive }) => isSensitive && names.includes(id) && !Object.hasOwn(reasons, id)
	);
	if (refused) throw new AppError('segment.sensitive-feature', { feature: refused.label });
}

function checkData(
	data: Matrix,
	features: readonly string[],
	params: ClusteringParams,
	labelOf: LabelOf
): void {
	const missing = new Array<number>(features.length).fill(0);
	data.values.forEach((value, at) => {
		if (!Number.isFinite(value)) missing[at % features.length]! += 1;
	});
	features.forEach((feature, c) => {
		const customers = missing[c] as number;
		if (customers > 0) throw new AppError('segment.missing-values', { feature: labelOf(feature), customers });
	});
	if (params.scaling === 'box-cox') checkPositive(data, features, labelOf);
	if (params.scaler !== null) checkKeptScale(params.scaler, params.scaling, features.length);
	const distinct = countDistinctRows(data, FEWEST_CUSTOMERS);
	if (distinct < FEWEST_CUSTOMERS) {
		throw new AppError('segment.too-few-customers', {
			customers: distinct,
			of: data.rowCount,
			needed: FEWEST_CUSTOMERS
		});
	}
}

function checkPositive(data: Matrix, features: readonly string[], labelOf: LabelOf): void {
	features.forEach((feature, c) => {
		const refused = columnOf(data, c).filter((value) => value <= 0);
		if (refused.length === 0) return;
		const value = refused.reduce((least, other) => Math.min(least, other));
		const customers = refused.length;
		throw new AppError('segment.not-positive', { feature: labelOf(feature), value, customers });
	});
}

async function keptSweep(
	{ compute, signal, onProgress }: StepContext,
	params: ClusteringParams,
	features: readonly string[],
	data: Matrix,
	categories: readonly CategoryColumn[],
	sweeps: SweepCache,
	dataKey: string
): Promise<KeptSweep> {
	const { method, options, scaling, scaler, componentShare, seed, initCount } = params;
	const clusterCounts = clusterCountsFor(data, params.clusterCount);
	const space = { scaling, scaler, componentShare };
	const compared = [features, categories.map(({ feature }) => feature)];
	const key = JSON.stringify([dataKey, compared, method, options, space, seed, initCount, clusterCounts]);
	const kept = sweeps.get(key);
	if (kept !== undefined) return kept;
	const input = { data, categories, method, options, ...space, clusterCounts, seed, initCount };
	return sweeps.keep(key, await compute.sweep(input, signal, onProgress));
}

/** 2 to 10, fewer in a small shop; what the user asks for is always among them. */
function clusterCountsFor(data: Matrix, asked: ClusteringParams['clusterCount']): number[] {
	const distinct = countDistinctRows(data, MOST_SEGMENTS * CUSTOMERS_PER_SEGMENT);
	const most = Math.max(2, Math.floor(distinct / CUSTOMERS_PER_SEGMENT), asked === 'auto' ? 0 : asked);
	return Array.from({ length: Math.min(most, MOST_SEGMENTS) - 1 }, (_, i) => i + 2);
}

/** The clustering of a number of segments, or of the largest below it that the customers can be told apart into. */
function fitFor({ sweep }: Task, k: number): Fitted {
	const fit = sweep.output.fits.findLast(({ candidate }) => candidate.k <= k);
	if (fit === undefined) throw new RangeError(`no clustering of ${k} or fewer`);
	return fit;
}

async function stabilityOf(
	{ context, params, data, categories, sweep }: Task,
	{ candidate, labels }: Fitted
): Promise<readonly SegmentStability[]> {
	const known = sweep.stabilities.get(candidate.k);
	if (known !== undefined) return known;
	const similarities = await context.compute.stability(
		{
			data,
			categories,
			method: params.method,
			options: params.options,
			scaler: sweep.output.scaler,
			projection: sweep.output.projection,
			labels,
			clusterCount: candidate.k,
			resamples: Array.from({ length: RESAMPLES }, (_, resample) => resample),
			seed: deriveSeed(params.seed, 100 + candidate.k)
		},
		context.signal,
		context.onProgress
	);
	const stability = summarizeStability(similarities, RESAMPLES);
	sweep.stabilities.set(candidate.k, stability);
	return stability;
}

async function revenueOf(
	{ engine, signal }: StepContext,
	features: FeatureResult
): Promise<Float64Array | null> {
	const hasAmounts = features.features.some(({ id, available }) => id === 'monetary_total' && available);
	return hasAmounts ? columnOf(await featureMatrix(engine, ['monetary_total'], signal), 0) : null;
}

/** The clusters in their new numbers. `order` and `stability` speak of the numbers the method gave. */
async function profile(
	{ data, categories, features, labelOf, sweep }: Task,
	{ candidate, centroids, modes, hasNoise, silhouettePerCluster }: Fitted,
	order: readonly number[],
	labels: Uint8Array,
	revenue: Float64Array | null,
	stability: readonly SegmentStability[]
): Promise<ClusterProfile[]> {
	const labeling = { labels, clusterCount: candidate.k };
	const scaled = applyScaler(data, sweep.output.scaler);
	await pause();
	const values = await profileValues({ data, scaled, features, labeling });
	await pause();
	const names = nameClusters(
		values.map((own) => ({ values: own })),
		labelOf
	);
	const sizes = clusterSizes(labeling);
	const isNoise = (cluster: number): boolean => hasNoise && cluster === candidate.k - 1;
	const revenues = revenue === null ? new Float64Array(candidate.k) : revenuePerCluster(labeling, revenue);
	return order.map((before, cluster) => ({
		cluster,
		autoName: isNoise(cluster) ? NO_GROUP : (names[cluster] as string),
		isNoise: isNoise(cluster),
		modes: (modes[before] ?? []).map((level, c) => categories[c]?.levels[level] ?? ''),
		customers: sizes[cluster] as number,
		revenue: revenues[cluster] as number,
		silhouette: silhouettePerCluster[before] as number,
		centroid: Array.from(rowsOf(centroids, [before]).values),
		values: values[cluster] ?? [],
		stability: { ...(stability[before] as SegmentStability), cluster }
	}));
}

async function writeMembers(
	{ engine, signal }: StepContext,
	labels: Uint8Array,
	confidence: Float64Array | null
): Promise<void> {
	signal.throwIfAborted();
	await engine.insert('segment', 'members', {
		idx: Int32Array.from(labels, (_, idx) => idx),
		cluster: Int32Array.from(labels),
		confidence: confidence ?? new Float64Array(labels.length).fill(NaN)
	});
}

function noticesOf({ data, features, labelOf, sweep }: Task, profiles: readonly ClusterProfile[]): Notice[] {
	const constant = features.filter((_, c) => columnOf(data, c).every((value) => value === data.values[c]));
	const segments = profiles
		.filter(({ customers, isNoise }) => !isNoise && customers < SIZE_FLOOR)
		.map(({ autoName, customers }) => ({ name: autoName, customers }));
	return [
		...sweep.output.notices,
		...constant.map((feature) => notice('segment.constant-feature', { feature: labelOf(feature) })),
		...(segments.length > 0 ? [notice('trust.small-segment', { segments, floor: SIZE_FLOOR })] : [])
	];
}
