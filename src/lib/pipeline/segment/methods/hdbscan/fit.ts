import { hdbscan } from '#lib/stats/hdbscan.ts';
import { distanceCurve, proposeDistance } from '#lib/stats/k-distance.ts';
import { checkDensityRows, CURVE_POINTS, densityClustering, usualNeighbours } from '../../density-methods.ts';
import type { ClusterData, Clustering, FitContext } from '../method.ts';
import type { HdbscanParams } from './index.ts';

/** Without a word about it, a segment is at least this part of all customers. */
const SMALLEST_SHARE = 0.02;
const SMALLEST_SEGMENT = 10;

/** HDBSCAN (`stats/hdbscan.ts`). The smallest segment is as much smaller as the rows are a part of more. */
export function fit(
	{ numbers }: ClusterData,
	params: HdbscanParams,
	{ onProgress, share = 1 }: FitContext
): Clustering {
	checkDensityRows('HDBSCAN', numbers);
	const minPoints = params.minPoints ?? usualNeighbours(numbers);
	const usual = Math.max(SMALLEST_SEGMENT, Math.ceil(numbers.rowCount * SMALLEST_SHARE));
	const minClusterSize =
		params.minClusterSize === null ? usual : Math.max(2, Math.round(params.minClusterSize * share));
	const found = hdbscan(numbers, { minPoints, minClusterSize, onProgress });
	const { labels, clusterCount, strengths, stabilities, coreDistances } = found;
	const mass = stabilities.reduce((sum, stability) => sum + stability, 0);
	const persistence = Array.from(stabilities, (stability) =>
		mass > 0 ? stability / mass : 1 / clusterCount
	);
	const kDistances = distanceCurve(coreDistances, CURVE_POINTS);
	return densityClustering(
		numbers,
		{ labels, clusterCount, confidence: strengths, persistence },
		{ algorithm: 'hdbscan', eps: null, proposedEps: proposeDistance(kDistances), minPoints, kDistances }
	);
}
