import { AppError } from '#lib/core/errors.ts';
import { clusterMeans } from '#lib/stats/cluster-means.ts';
import { countDistinctRows } from '#lib/stats/distinct.ts';
import { kmeans } from '#lib/stats/kmeans.ts';
import {
	COVARIANCES,
	fitMixture,
	mixtureBic,
	mixtureData,
	posterior,
	type Covariance,
	type MixtureData,
	type MixtureFit
} from '#lib/stats/mixture.ts';
import { squaredDistanceSum } from '#lib/stats/nearest-centroids.ts';
import type { MixtureDetails } from '../../method-details.ts';
import type { ClusterData, Clustering, FitContext } from '../method.ts';
import { limitClusters, requireRows } from '../../require-rows.ts';
import type { MixtureParams } from './index.ts';

/** The part of a fit's progress that is the start by k-means. */
const START_SHARE = 0.3;
/** Passes after which half of the way of an unknown number is told. */
const HALFWAY = 10;

/**
 * A mixture of Gaussians (`stats/mixture.ts`) from the clusters of k-means. Everyone belongs to the component that is most
 * responsible for them, as surely as it is. In detail, the criterion of every kind of covariance is compared too.
 */
export function fit(
	{ numbers: data }: ClusterData,
	{ clusterCount: asked, initCount, covariance }: MixtureParams,
	{ seed, onProgress, inDetail = false }: FitContext
): Clustering {
	requireRows(data, asked);
	const { clusterCount, notices } = limitClusters(asked, countDistinctRows(data, asked));
	const { labels: start } = kmeans(data, {
		clusterCount,
		seed,
		initCount,
		onProgress: (share) => onProgress(share * START_SHARE)
	});
	const rows = mixtureData(data, { labels: start, clusterCount });
	const kinds = [covariance, ...(inDetail ? COVARIANCES.filter((kind) => kind !== covariance) : [])];
	const fits = kinds.map((kind, i) =>
		fitKind(rows, kind, (share) => onProgress(START_SHARE + (1 - START_SHARE) * ((i + share) / kinds.length)))
	);
	const { labels, confidence } = posterior(rows, (fits[0] as MixtureFit).model);
	const centroids = clusterMeans(data, { labels, clusterCount });
	onProgress(1);
	return {
		labels,
		clusterCount,
		hasNoise: false,
		centroids,
		modes: [],
		inertia: squaredDistanceSum(data, centroids, labels),
		iterations: (fits[0] as MixtureFit).iterations,
		confidence,
		details: detailsOf(rows, fits),
		notices
	};
}

function fitKind(rows: MixtureData, covariance: Covariance, onShare: (share: number) => void): MixtureFit {
	const onIteration = (iterations: number): void => onShare(iterations / (iterations + HALFWAY));
	try {
		return fitMixture(rows, { covariance, onIteration });
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		throw new AppError('segment.method-refused', {
			method: 'Overlapping groups',
			why: 'A group became so thin that its shape cannot be computed: some features tell nearly the same, or their scales differ too much.',
			fix: 'Scale the features, take out the ones that tell the same, or choose another shape of the groups.'
		});
	}
}

function detailsOf(rows: MixtureData, fits: readonly MixtureFit[]): MixtureDetails {
	const { model, logLikelihood } = fits[0] as MixtureFit;
	const { rowCount, columnCount } = rows.centred;
	return {
		kind: 'mixture',
		covariance: model.covariance,
		weights: [...model.weights],
		means: Array.from(model.weights, (_, j) => [
			...model.means.subarray(j * columnCount, (j + 1) * columnCount)
		]),
		covariances: model.covariances.map((matrix) => [...matrix]),
		logLikelihood,
		bic: fits.map((own) => ({
			covariance: own.model.covariance,
			bic: mixtureBic(own.model, posterior(rows, own.model).logLikelihood, rowCount)
		}))
	};
}
