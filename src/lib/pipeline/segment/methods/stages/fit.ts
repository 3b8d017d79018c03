import { AppError } from '#lib/core/errors.ts';
import { rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { deriveSeed, sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import { clusterMeans } from '#lib/stats/cluster-means.ts';
import { countDistinctRows } from '#lib/stats/distinct.ts';
import { kmeans } from '#lib/stats/kmeans.ts';
import { clusterSizes, type Labeling } from '#lib/stats/labeling.ts';
import { mean } from '#lib/stats/moments.ts';
import { silhouetteSamples } from '#lib/stats/silhouette.ts';
import { sizeFloor } from '../../choose-count.ts';
import type { CategoryColumn, ClusterData, Clustering, FitContext, MethodDetails } from '../method.ts';
import { requireNumbers } from '../../require-numbers.ts';
import type { StagesParams } from './index.ts';

/** More levels are no stages. */
const MOST_STAGES = 20;
/** Silhouettes that choose the number inside a stage are of at most this many people. */
const SILHOUETTE_ROWS = 2000;
/** Under this mean silhouette a split has no substantial structure (Kaufman & Rousseeuw 1990, table 4). */
const LEAST_SILHOUETTE = 0.25;

type Stage = Extract<MethodDetails, { kind: 'stages' }>['stages'][number];

/** What was found in the rows of one stage. */
interface Found extends Labeling, Pick<Stage, 'silhouette' | 'because'> {
	readonly labels: Uint8Array;
	readonly iterations: number;
}

/**
 * k-means inside each level of the first text feature: of 2 groups and more the number with the best mean silhouette, where
 * every group reaches the size floor of the shop (`sizeFloor`) and the silhouette is at least 0.25; else the level stays
 * whole. Without a text feature everybody is one stage.
 */
export function fit(
	{ numbers, categories }: ClusterData,
	params: StagesParams,
	{ seed, onProgress }: FitContext
): Clustering {
	requireNumbers(numbers);
	if (numbers.rowCount === 0)
		throw new AppError('segment.too-few-customers', { customers: 0, of: 0, needed: 1 });
	const column = categories[0] ?? everybody(numbers.rowCount);
	refuseMany(column);
	const rowsOfLevel = column.levels.map((_, level) => rowsWhere(column.codes, level));
	const labels = new Uint8Array(numbers.rowCount);
	const [found, stages]: [Found[], Stage[]] = [[], []];
	let [clusterCount, done] = [0, 0];
	rowsOfLevel.forEach((rows, level) => {
		if (rows.length === 0) return;
		const inside = split(rowsOf(numbers, rows), sizeFloor(numbers.rowCount), params, deriveSeed(seed, level));
		rows.forEach((row, at) => (labels[row] = clusterCount + (inside.labels[at] as number)));
		stages.push({
			level: column.levels[level] as string,
			customers: rows.length,
			clusters: Array.from({ length: inside.clusterCount }, (_, cluster) => clusterCount + cluster),
			silhouette: inside.silhouette,
			because: inside.because
		});
		found.push(inside);
		clusterCount += inside.clusterCount;
		done += rows.length;
		onProgress(done / numbers.rowCount);
	});
	const centroids = clusterMeans(numbers, { labels, clusterCount });
	return {
		...{ labels, clusterCount, centroids },
		hasNoise: false,
		modes: categories.length === 0 ? [] : modesOf(stages, column),
		inertia: inertiaAround(numbers, labels, centroids),
		iterations: found.reduce((sum, { iterations }) => sum + iterations, 0),
		confidence: null,
		details: { kind: 'stages', feature: column.feature, stages },
		notices: []
	};
}

function inertiaAround({ values, columnCount }: Matrix, labels: Uint8Array, centroids: Matrix): number {
	let total = 0;
	values.forEach((value, at) => {
		const row = Math.floor(at / columnCount);
		const centre = centroids.values[(labels[row] as number) * columnCount + (at % columnCount)] as number;
		total += (value - centre) ** 2;
	});
	return total;
}

function everybody(rowCount: number): CategoryColumn {
	return { feature: '', codes: new Int32Array(rowCount), levels: [''] };
}

function refuseMany({ feature, levels }: CategoryColumn): void {
	if (levels.length <= MOST_STAGES) return;
	throw new AppError('segment.method-refused', {
		method: 'Stage, then groups',
		why: `“${feature}” has ${levels.length} different texts; at most ${MOST_STAGES} can be stages.`,
		fix: 'Choose a text with fewer values, such as the lifecycle stage.'
	});
}

function rowsWhere(codes: Int32Array, level: number): Int32Array {
	return Int32Array.from({ length: codes.length }, (_, row) => row).filter((row) => codes[row] === level);
}

function modesOf(stages: readonly Stage[], { levels }: CategoryColumn): number[][] {
	return stages.flatMap(({ level, clusters }) => clusters.map(() => [levels.indexOf(level)]));
}

/** The best split of the people of one stage. */
function split(data: Matrix, floor: number, { mostClusters, initCount }: StagesParams, seed: number): Found {
	const whole = { labels: new Uint8Array(data.rowCount), clusterCount: 1, silhouette: null, iterations: 0 };
	const most = Math.min(
		mostClusters,
		Math.floor(data.rowCount / floor),
		countDistinctRows(data, mostClusters)
	);
	if (data.rowCount < 2 * floor) return { ...whole, because: 'too-few' };
	let best: Found = { ...whole, because: 'one' };
	for (let clusterCount = 2; clusterCount <= most; clusterCount += 1) {
		const fitted = kmeans(data, { clusterCount, seed: deriveSeed(seed, clusterCount), initCount });
		const labeling = { labels: fitted.labels, clusterCount };
		if (clusterSizes(labeling).some((size) => size < floor)) continue;
		const silhouette = sampledSilhouette(data, labeling, seed);
		if (silhouette >= LEAST_SILHOUETTE && silhouette > (best.silhouette ?? 0)) {
			best = { ...labeling, silhouette, iterations: fitted.iterations, because: 'split' };
		}
	}
	return best;
}

function sampledSilhouette(data: Matrix, { labels, clusterCount }: Labeling, seed: number): number {
	const count = Math.min(data.rowCount, SILHOUETTE_ROWS);
	const rows = sampleWithoutReplacement(seeded(deriveSeed(seed, 0)), count, data.rowCount);
	const own = { labels: Uint8Array.from(rows, (row) => labels[row] as number), clusterCount };
	return mean(silhouetteSamples(rowsOf(data, rows), [own])[0] ?? []);
}
