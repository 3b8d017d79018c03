import { AppError } from '#lib/core/errors.ts';
import { rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { deriveSeed, sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import { clusterMeans } from '#lib/stats/cluster-means.ts';
import { countDistinctRows } from '#lib/stats/distinct.ts';
import { kmeans } from '#lib/stats/kmeans.ts';
import { clusterSizes, type Labeling } from '#lib/stats/labeling.ts';
import { mean } from '#lib/stats/moments.ts';
import { squaredDistanceSum } from '#lib/stats/nearest-centroids.ts';
import { saddle } from '#lib/stats/saddle.ts';
import { silhouetteSamples } from '#lib/stats/silhouette.ts';
import { spreadColumns } from '#lib/stats/spread-ties.ts';
import { GAP_BELOW, sizeFloor } from '../../choose-count.ts';
import type { CategoryColumn, ClusterData, Clustering, FitContext, MethodDetails } from '../method.ts';
import { requireRows } from '../../require-rows.ts';
import type { StagesParams } from './index.ts';

/** More levels are no stages. */
const MOST_STAGES = 20;
/** Groups inside a stage, unless the user says how many. */
const MOST_GROUPS = 4;
/** Silhouettes and saddles that choose the number inside a stage are of at most this many people. */
const SAMPLE_ROWS = 2000;
/** Under this mean silhouette a split has no substantial structure (Kaufman & Rousseeuw 1990, table 4). */
const LEAST_SILHOUETTE = 0.25;

type Stage = Extract<MethodDetails, { kind: 'stages' }>['stages'][number];

/** What was found in the rows of one stage. */
interface Found extends Labeling, Pick<Stage, 'silhouette' | 'because'> {
	readonly labels: Uint8Array;
	readonly iterations: number;
}

/**
 * k-means inside each level of the first text feature: of 2 to 4 groups the number with the best mean silhouette, where every
 * group reaches the size floor of the shop (`sizeFloor`), the silhouette is at least 0.25, and there is a gap between the
 * groups (`stats/saddle.ts`), which slices of people without groups do not have; else the level stays whole. A number that the
 * user sets is taken as it is. Without a text feature everybody is one stage.
 */
export function fit(
	{ numbers, categories }: ClusterData,
	params: StagesParams,
	{ seed, onProgress }: FitContext
): Clustering {
	requireRows(numbers);
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
		inertia: squaredDistanceSum(numbers, centroids, labels),
		iterations: found.reduce((sum, { iterations }) => sum + iterations, 0),
		confidence: null,
		details: { kind: 'stages', feature: column.feature, stages },
		notices: []
	};
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

/** The people of one stage in as many groups as the user set, or as stand apart. */
function split(data: Matrix, floor: number, { groupsInside, initCount }: StagesParams, seed: number): Found {
	const whole = { labels: new Uint8Array(data.rowCount), clusterCount: 1, silhouette: null, iterations: 0 };
	if (data.rowCount < 2 * floor) return { ...whole, because: 'too-few' };
	const most = countDistinctRows(data, groupsInside ?? MOST_GROUPS);
	const sample = sampleOf(data, seed);
	const tried = (clusterCount: number): Found => {
		const own = deriveSeed(seed, clusterCount);
		const { labels, iterations } = kmeans(data, { clusterCount, seed: own, initCount });
		const [silhouettes = []] = silhouetteSamples(sample.data, [sampled({ labels, clusterCount }, sample)]);
		const because = groupsInside === null ? 'split' : 'asked';
		return { labels, clusterCount, silhouette: mean(silhouettes), iterations, because };
	};
	if (groupsInside !== null) return most < 2 ? { ...whole, because: 'asked' } : tried(most);
	const spread = spreadColumns(sample.data);
	const standsApart = (found: Found): boolean =>
		clusterSizes(found).every((size) => size >= floor) &&
		(found.silhouette ?? 0) >= LEAST_SILHOUETTE &&
		saddle(spread, sampled(found, sample), sizeFloor(spread.rowCount)) < GAP_BELOW;
	let best: Found = { ...whole, because: 'one' };
	for (let clusterCount = 2; clusterCount <= Math.min(most, data.rowCount / floor); clusterCount += 1) {
		const found = tried(clusterCount);
		if ((found.silhouette ?? 0) > (best.silhouette ?? 0) && standsApart(found)) best = found;
	}
	return best;
}

/** Some people of a stage, by their rows in it. */
interface Sample {
	readonly rows: Int32Array;
	readonly data: Matrix;
}

function sampleOf(data: Matrix, seed: number): Sample {
	const count = Math.min(data.rowCount, SAMPLE_ROWS);
	const rows = sampleWithoutReplacement(seeded(deriveSeed(seed, 0)), count, data.rowCount);
	return { rows, data: rowsOf(data, rows) };
}

function sampled({ labels, clusterCount }: Labeling, { rows }: Sample): Labeling {
	return { labels: Uint8Array.from(rows, (row) => labels[row] as number), clusterCount };
}
