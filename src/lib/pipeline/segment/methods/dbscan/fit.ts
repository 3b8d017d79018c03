import type { Matrix } from '#lib/core/matrix.ts';
import { dbscan } from '#lib/stats/dbscan.ts';
import { distanceCurve, proposeDistance } from '#lib/stats/k-distance.ts';
import { neighbourDistances } from '#lib/stats/neighbour-distances.ts';
import { buildSpatialIndex } from '#lib/stats/spatial-index.ts';
import {
	checkDensityRows,
	CURVE_POINTS,
	densityClustering,
	neighboursInShare,
	usualNeighbours
} from '../../density-methods.ts';
import type { ClusterData, Clustering, FitContext } from '../method.ts';
import type { DbscanParams } from './index.ts';

/** The curve of distances is of so many customers, evenly through all places. */
const CURVE_ROWS = 20_000;
/** The part of the work that is the curve. */
const CURVE_SHARE = 0.4;
/** Equal customers alone are neighbours: what is left where no distance is above 0. */
const NEXT_TO_NOTHING = 1e-9;

/**
 * DBSCAN (`stats/dbscan.ts`) at the given distance, or at the one that the curve of distances proposes. A given distance has
 * fewer neighbours in a part of the rows; a proposed one is as much longer as the part is thinner.
 */
export function fit(
	{ numbers }: ClusterData,
	params: DbscanParams,
	{ onProgress, share = 1 }: FitContext
): Clustering {
	checkDensityRows('DBSCAN', numbers);
	const asked = params.minPoints ?? usualNeighbours(numbers);
	const minPoints = params.eps === null ? asked : neighboursInShare(asked, share);
	const distances = sampledDistances(numbers, minPoints, (share) => onProgress(share * CURVE_SHARE));
	const kDistances = distanceCurve(distances, CURVE_POINTS);
	const proposedEps = proposeDistance(kDistances);
	const eps = params.eps ?? proposedEps ?? NEXT_TO_NOTHING;
	const { labels, clusterCount } = dbscan(numbers, {
		eps,
		minPoints,
		onProgress: (share) => onProgress(CURVE_SHARE + share * (1 - CURVE_SHARE))
	});
	return densityClustering(
		numbers,
		{ labels, clusterCount, confidence: null, persistence: [] },
		{ algorithm: 'dbscan', eps, proposedEps, minPoints, kDistances }
	);
}

function sampledDistances(rows: Matrix, rank: number, onProgress: (share: number) => void): Float64Array {
	const index = buildSpatialIndex(rows);
	const count = Math.min(rows.rowCount, CURVE_ROWS);
	const positions = Int32Array.from({ length: count }, (_, i) => Math.floor((i * rows.rowCount) / count));
	return neighbourDistances(index, rank, positions, onProgress);
}
