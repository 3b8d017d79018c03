import type { Matrix } from '#lib/core/matrix.ts';
import { breathe } from '#lib/core/pause.ts';
import type { CategoryColumn } from './methods/method.ts';
import type { Assignment, ClusterProfile, ClusteringResult } from './schema.ts';
import { toSpace, type Space } from './space.ts';

/** What customers of another day are given to clusters by. */
export type Fittings = Space &
	Pick<ClusteringResult, 'assignment'> & {
		readonly profiles: readonly Centre[];
	};

/** What a cluster is recognised by. */
export type Centre = Pick<ClusterProfile, 'cluster' | 'isNoise' | 'centroid' | 'modes'>;

/**
 * The cluster of a fitted clustering for each customer, in its own space: the nearest centre, or the most probable
 * component of a mixture. Equal ones go to the lower number; nobody is given to the people who belong to no group. Who has
 * a category that no cluster has goes to the nearest of all.
 *
 * Everything else that waits for this thread runs now and then.
 *
 * @param data unscaled, in the order of the clustering's features
 * @param categories the clustering's text features for the same customers
 */
export async function assignClusters(
	{ values, rowCount, columnCount }: Matrix,
	{ profiles, assignment, ...space }: Fittings,
	categories: readonly CategoryColumn[] = []
): Promise<Uint8Array> {
	const groups = profiles.filter(({ isNoise }) => !isNoise);
	const distanceTo = distances(groups, assignment, categories);
	const clusters = new Uint8Array(rowCount);
	for (let from = 0; from < rowCount; from += AT_A_TIME) {
		await breathe();
		const to = Math.min(from + AT_A_TIME, rowCount);
		const part = values.subarray(from * columnCount, to * columnCount);
		const points = toSpace({ values: part, rowCount: to - from, columnCount }, space);
		for (let row = from; row < to; row += 1) {
			const at = (row - from) * points.columnCount;
			const point = points.values.subarray(at, at + points.columnCount);
			clusters[row] = nearest(groups, (group) => distanceTo(point, row, group));
		}
	}
	return clusters;
}

function nearest(groups: readonly Centre[], distanceTo: (group: number) => number): number {
	let [found, least] = [groups[0]?.cluster ?? 0, Infinity];
	for (const [at, { cluster }] of groups.entries()) {
		const distance = distanceTo(at);
		if (distance < least) [found, least] = [cluster, distance];
	}
	return found;
}

/** Customers that are given to clusters in one go. */
const AT_A_TIME = 2_000;
/** More than any squared distance of scaled customers, so that a stage comes before distance. */
const OTHER_STAGE = 1e12;

type DistanceTo = (point: Float64Array, row: number, group: number) => number;

function distances(
	groups: readonly Centre[],
	assignment: Assignment,
	categories: readonly CategoryColumn[]
): DistanceTo {
	if (assignment.kind === 'mixture') return surprise(assignment);
	const gamma = assignment.gamma ?? OTHER_STAGE;
	const codes = groups.map(({ modes }) =>
		categories.map(({ levels }, c) => levels.indexOf(modes[c] as string))
	);
	return (point, row, group) => {
		const { centroid } = groups[group] as Centre;
		let distance = 0;
		for (let c = 0; c < point.length; c += 1)
			distance += ((point[c] as number) - (centroid[c] as number)) ** 2;
		categories.forEach((column, c) => {
			if (column.codes[row] !== codes[group]?.[c]) distance += gamma;
		});
		return distance;
	};
}

/** Minus twice the log of weight times density, up to a constant. */
function surprise({ logWeights, means, choleskys }: Extract<Assignment, { kind: 'mixture' }>): DistanceTo {
	const constants = choleskys.map((factor, group) => {
		const size = Math.sqrt(factor.length);
		let logDeterminant = 0;
		for (let c = 0; c < size; c += 1) logDeterminant += Math.log(factor[c * size + c] as number);
		return 2 * logDeterminant - 2 * (logWeights[group] as number);
	});
	const solved = new Float64Array(means[0]?.length ?? 0);
	return (point, _, group) => {
		const [factor, mean] = [choleskys[group] as number[], means[group] as number[]];
		const size = mean.length;
		let distance = constants[group] as number;
		for (let row = 0; row < size; row += 1) {
			let rest = (point[row] as number) - (mean[row] as number);
			for (let c = 0; c < row; c += 1) rest -= (factor[row * size + c] as number) * (solved[c] as number);
			solved[row] = rest / (factor[row * size + row] as number);
			distance += (solved[row] as number) ** 2;
		}
		return distance;
	};
}
