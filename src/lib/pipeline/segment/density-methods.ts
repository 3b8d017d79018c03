import { AppError, notice, type Notice } from '#lib/core/errors.ts';
import type { Matrix } from '#lib/core/matrix.ts';
import { plural, whole } from '#lib/core/words.ts';
import { clusterMeans } from '#lib/stats/cluster-means.ts';
import { squaredDistanceSum } from '#lib/stats/nearest-centroids.ts';
import type { DensityDetails } from './method-details.ts';
import type { Clustering } from './methods/method.ts';
import { requireRows } from './require-rows.ts';

/** More columns than this, and everyone is about as far from everyone. */
const MOST_COLUMNS = 15;
/** Up to so many columns most rows are passed over unseen; above, the work grows with the square of the rows. */
const FEW_COLUMNS = 3;
const MOST_ROWS_OF_FEW = 2_000_000;
const MOST_ROWS = 100_000;
/** Labels have room for so many clusters, noise included. */
const MOST_CLUSTERS = 250;
/** Points of the curve of distances that is shown. */
export const CURVE_POINTS = 1000;
const FEWEST_NEIGHBOURS = 10;

/**
 * What the density methods need of their rows.
 * @throws as `requireRows`, `segment.method-refused`
 */
export function checkDensityRows(method: string, data: Matrix): void {
	requireRows(data);
	const { rowCount, columnCount } = data;
	const found = `${plural(rowCount, 'customer')} are compared on ${plural(columnCount, 'number')}.`;
	if (columnCount > MOST_COLUMNS) {
		throw new AppError('segment.method-refused', {
			method,
			why: `${found} It needs at most ${MOST_COLUMNS}: with more, everyone is about as far from everyone, and no place is dense.`,
			fix: 'Compare fewer features, or their principal components.'
		});
	}
	const most = columnCount <= FEW_COLUMNS ? MOST_ROWS_OF_FEW : MOST_ROWS;
	if (rowCount > most) {
		throw new AppError('segment.method-refused', {
			method,
			why: `${found} With ${plural(columnCount, 'number')} it compares at most ${whole(most)} customers, or it would take many minutes.`,
			fix: `Compare at most ${FEW_COLUMNS} features, or choose k-means, which takes any number of customers.`
		});
	}
}

/** Twice as many neighbours as columns (Sander, Ester, Kriegel and Xu 1998), and at least 10: customers are many and uneven. */
export function usualNeighbours({ columnCount }: Matrix): number {
	return Math.max(FEWEST_NEIGHBOURS, 2 * columnCount);
}

/**
 * How many neighbours ask of a part of the rows, drawn at random, the density that so many ask of all of them, at the same
 * distance. DBSCAN looks for places above a level of density, of which `minPoints` out of n rows within eps is the estimate
 * (Sriperumbudur and Steinwart 2012), so that the number goes with the rows; the row itself is always counted.
 */
export function neighboursInShare(minPoints: number, share: number): number {
	return Math.max(2, Math.round(1 + (minPoints - 1) * share));
}

/** What a density method found, before it is told. */
export interface DensityFind {
	/** −1 for noise. */
	readonly labels: Int32Array;
	readonly clusterCount: number;
	/** How sure each row is, 0 for noise; null where the method does not say. */
	readonly confidence: Float64Array | null;
	/** Per cluster; empty where the method does not say. */
	readonly persistence: readonly number[];
}

/** The clustering with noise as its last cluster, if there is any, and what is worth saying of it. */
export function densityClustering(
	data: Matrix,
	found: DensityFind,
	details: Omit<DensityDetails, 'kind' | 'persistence' | 'noiseRows'>
): Clustering {
	const { labels, confidence, persistence, clusterCount: groups } = keepLargest(found);
	const noiseRows = labels.reduce((sum, label) => sum + (label === -1 ? 1 : 0), 0);
	const clusterCount = groups + (noiseRows > 0 ? 1 : 0);
	const numbered = Uint8Array.from(labels, (label) => (label === -1 ? groups : label));
	const centroids = clusterMeans(data, { labels: numbered, clusterCount });
	return {
		...{ labels: numbered, clusterCount, centroids, confidence },
		hasNoise: noiseRows > 0,
		modes: [],
		inertia: squaredDistanceSum(data, centroids, numbered),
		iterations: 1,
		details: { kind: 'density', ...details, persistence, noiseRows },
		notices: noticesOf(found.clusterCount, groups, noiseRows, data.rowCount)
	};
}

/** The smallest of too many clusters count as noise. */
function keepLargest(found: DensityFind): DensityFind {
	if (found.clusterCount < MOST_CLUSTERS) return found;
	const sizes = new Int32Array(found.clusterCount);
	for (const label of found.labels) if (label !== -1) sizes[label]! += 1;
	const kept = Array.from(sizes, (_, cluster) => cluster)
		.sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b)
		.slice(0, MOST_CLUSTERS - 1)
		.sort((a, b) => a - b);
	const numbers = new Int32Array(found.clusterCount).fill(-1);
	kept.forEach((cluster, number) => (numbers[cluster] = number));
	const labels = found.labels.map((label) => (label === -1 ? -1 : (numbers[label] as number)));
	return {
		labels,
		clusterCount: kept.length,
		confidence: found.confidence?.map((share, row) => (labels[row] === -1 ? 0 : share)) ?? null,
		persistence:
			found.persistence.length === 0 ? [] : kept.map((cluster) => found.persistence[cluster] as number)
	};
}

function noticesOf(found: number, groups: number, noise: number, customers: number): Notice[] {
	if (found === 0) return [notice('segment.no-dense-group', { customers })];
	if (found === 1) return [notice('segment.one-dense-group', { customers: customers - noise, noise })];
	return found > groups ? [notice('segment.many-dense-groups', { found, kept: groups })] : [];
}
