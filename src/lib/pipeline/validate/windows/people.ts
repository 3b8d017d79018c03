import type { Day } from '#lib/core/days.ts';
import type { Matrix } from '#lib/core/matrix.ts';
import { breathe, pause } from '#lib/core/pause.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import type { FeatureParams } from '#lib/pipeline/features/schema.ts';
import { CUSTOMERS, featureMatrix, type FeatureTableName } from '#lib/pipeline/features/step.ts';
import { columnMoments } from '#lib/stats/moments.ts';
import { applyScaler } from '#lib/stats/scale.ts';
import { assignClusters, type Fittings } from '#lib/pipeline/segment/assign.ts';
import { readCategories } from '#lib/pipeline/segment/categories.ts';
import type { CategoryColumn } from '#lib/pipeline/segment/methods/method.ts';
import { TABLES } from '#lib/pipeline/segment/past/past.sql.ts';
import { groupPast, type PastGroups } from '#lib/pipeline/segment/past/step.ts';
import type { ClusteringResult, RfmParams, RfmResult } from '#lib/pipeline/segment/schema.ts';
import { contributions, largest, rowOf } from './moved-by.ts';
import { clustersOfDay, clustersOfToday, groupsOnBothDays } from './windows.sql.ts';

/** A session's results of today, whose definitions are asked of other days. */
export interface WindowRequest {
	readonly asOf: Day;
	readonly params: RfmParams;
	readonly rfm: Pick<RfmResult, 'table' | 'groups' | 'axes' | 'cutPoints'>;
	readonly featureParams: FeatureParams;
	/** Ids of numbers of saved queries, which are of today and not known on a past day. */
	readonly ownFeatures: readonly string[];
	readonly clean: Pick<CleanResult, 'firstOrder' | 'lastOrder' | 'hasAmount' | 'tables'>;
	/** Null: no natural segments. */
	readonly clustering:
		(Fittings & Pick<ClusteringResult, 'features' | 'categories' | 'profiles' | 'clusterCount'>) | null;
}

/** Customers where segments are told by: scaled features, and texts. */
interface Told {
	readonly scaled: Matrix;
	readonly categories: readonly CategoryColumn[];
	/** By the definition, which is not always what the method itself found. */
	readonly clusters: ArrayLike<number>;
}

/** Today, by the same definition that the other days are asked with. */
export interface Today extends Told {
	/** Per feature: the deviation of all customers, on the scale. */
	readonly deviations: Float64Array;
	readonly recognised: number;
}

/** Where people of a day stand: one entry per customer of that day. */
export interface Stand {
	readonly then: ArrayLike<number>;
	readonly now: ArrayLike<number>;
	/** Index into `causes` of what moved them most; −1 for who stayed. */
	readonly cause: Int32Array;
	/** Ids of features, categories or axes. */
	readonly causes: readonly string[];
}

/** The customers of a day, whose tables are then in the engine. */
export interface DayPeople {
	readonly customers: number;
	/** Whom they are in `features.customers`. */
	readonly nowIdx: Int32Array;
	readonly groups: Stand;
	readonly segments: Stand | null;
	readonly segmentsLack: readonly string[];
	/** Their features on the scale; null without natural segments. */
	readonly scaled: Matrix | null;
}

/** People that are looked at between two looks at the time. */
const ROWS_AT_A_TIME = 1_000;

/** Reads today as segments are told; null without natural segments. */
export async function readToday(
	engine: Engine,
	{ clustering }: WindowRequest,
	signal: AbortSignal
): Promise<Today | null> {
	if (clustering === null) return null;
	const told = await readTold(engine, clustering, signal, CUSTOMERS);
	const found = (await engine.columns(clustersOfToday(), signal)).get('cluster') as Int32Array;
	const same = found.reduce((sum, cluster, row) => sum + Number(cluster === told.clusters[row]), 0);
	const deviations = columnMoments(told.scaled).variances.map(Math.sqrt);
	return { ...told, deviations, recognised: same / Math.max(1, found.length) };
}

async function readTold(
	engine: Engine,
	clustering: NonNullable<WindowRequest['clustering']>,
	signal: AbortSignal,
	table: FeatureTableName
): Promise<Told> {
	const data = await featureMatrix(engine, clustering.features, signal, [table]);
	const categories = await readCategories(engine, clustering.categories, signal, table);
	await pause();
	const scaled = applyScaler(data, clustering.scaler);
	await pause();
	const clusters =
		table === CUSTOMERS
			? await assignClusters(data, clustering, categories)
			: ((await engine.columns(clustersOfDay(), signal)).get('cluster') as Int32Array);
	return { scaled, categories, clusters };
}

/**
 * Makes the tables of a day by today's definitions, and tells where its people stood then and stand today.
 * @throws `features.no-customers` when nobody had ordered before that day
 */
export async function readDay(
	engine: Engine,
	request: WindowRequest,
	today: Today | null,
	day: Day,
	signal: AbortSignal
): Promise<DayPeople> {
	const { params, featureParams, ownFeatures, clean, clustering, rfm } = request;
	const past = { day, params, featureParams, ownFeatures, clean, clustering, cutPoints: rfm.cutPoints };
	const made = await groupPast(engine, past, 'window', signal);
	const ids = rfm.table.map(({ id }) => id);
	const both = await engine.columns(groupsOnBothDays(ids, rfm.axes), signal);
	await breathe();
	const column = (name: string): Int32Array => both.get(name) as Int32Array;
	const nowIdx = column('nowIdx');
	const changes = rfm.axes.map((axis) => column(`change${axis[0]?.toUpperCase()}${axis.slice(1)}`));
	const groups = standByScores(column('groupThen'), column('groupNow'), changes, rfm.axes);
	const told = await readPast(engine, clustering, made, signal);
	await breathe();
	const segments =
		told && today && clustering ? await standByFeatures(clustering, told, today, nowIdx, signal) : null;
	const { customers, segmentsLack } = made;
	return { customers, nowIdx, groups, segments, segmentsLack, scaled: told?.scaled ?? null };
}

async function readPast(
	engine: Engine,
	clustering: WindowRequest['clustering'],
	{ segmentsLack }: PastGroups,
	signal: AbortSignal
): Promise<Told | null> {
	if (clustering === null || segmentsLack.length > 0) return null;
	return readTold(engine, clustering, signal, TABLES.window.features);
}

/** Whoever changed group was moved most by the score that changed most. */
function standByScores(
	then: Int32Array,
	now: Int32Array,
	changes: readonly Int32Array[],
	causes: readonly string[]
): Stand {
	const cause = then.map((group, row) =>
		group === now[row] ? -1 : largest(changes.map((change) => Math.abs(change[row] as number)))
	);
	return { then, now, cause, causes };
}

/** Whoever changed segment was moved most by what brought them furthest from the one to the other. */
async function standByFeatures(
	clustering: NonNullable<WindowRequest['clustering']>,
	told: Told,
	today: Today,
	nowIdx: Int32Array,
	signal: AbortSignal
): Promise<Stand> {
	const partsOf = contributions(clustering, clustering.features.length);
	const categoryParts = categoryContributions(clustering, told.categories, today.categories);
	const then = told.clusters;
	const now = nowIdx.map((idx) => today.clusters[idx] as number);
	const cause = new Int32Array(then.length).fill(-1);
	for (let row = 0; row < then.length; row += 1) {
		if (row % ROWS_AT_A_TIME === ROWS_AT_A_TIME - 1) {
			await breathe();
			signal.throwIfAborted();
		}
		const [from, to, idx] = [then[row] as number, now[row] as number, nowIdx[row] as number];
		if (from === to) continue;
		const numbers = partsOf(rowOf(told.scaled, row), rowOf(today.scaled, idx), from, to);
		cause[row] = largest([...numbers, ...categoryParts(row, idx, from, to)]);
	}
	return { then, now, cause, causes: [...clustering.features, ...clustering.categories] };
}

/** What a stage counts that differs: more than any distance. */
const OTHER_STAGE = 1e12;

/** How much each text brought a person, given by their rows, from a segment to another: it counts where it differs from theirs. */
function categoryContributions(
	{ assignment, profiles }: NonNullable<WindowRequest['clustering']>,
	before: readonly CategoryColumn[],
	after: readonly CategoryColumn[]
): (row: number, idx: number, from: number, to: number) => number[] {
	const gamma = assignment.kind === 'nearest' ? (assignment.gamma ?? OTHER_STAGE) : 0;
	const modesOf = new Map(profiles.map(({ cluster, modes }) => [cluster, modes]));
	const textOf = ({ levels, codes }: CategoryColumn, row: number) => levels[codes[row] as number];
	return (row, idx, from, to) =>
		before.map((column, c) => {
			const differs = (text: string | undefined, cluster: number) =>
				Number(text !== modesOf.get(cluster)?.[c]);
			const lead = (text: string | undefined): number => differs(text, from) - differs(text, to);
			return gamma * (lead(textOf(after[c] as CategoryColumn, idx)) - lead(textOf(column, row)));
		});
}
