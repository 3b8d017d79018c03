import type { Matrix } from '#lib/core/matrix.ts';
import type { Notice } from '#lib/core/errors.ts';
import type { PowerTransform } from '#lib/stats/power-transform.ts';
import type { ScaledColumn } from './column-shapes.ts';
import type { CategoryColumn, Clustering } from './methods/method.ts';
import type { Candidate, Scaler } from './schema.ts';
import type { Space, SpaceParams } from './space.ts';

export type { PowerTransform };

/** A request for the clusterings of several k. `data` is unscaled: one row per customer, one column per feature. */
export interface SweepInput extends SpaceParams {
	readonly data: Matrix;
	/** Text features of the same customers; empty unless the method compares them. */
	readonly categories: readonly CategoryColumn[];
	readonly method: string;
	/** The method's own parameters, besides `clusterCount` and `initCount`. */
	readonly options: Readonly<Record<string, unknown>>;
	/**
	 * Ascending, such as 2 … 10; those above the number of distinct rows are left out of the answer. A method that finds
	 * the number itself is fitted once, whatever stands here.
	 */
	readonly clusterCounts: readonly number[];
	readonly seed: number;
	readonly initCount: number;
}

/** The clustering of one k. Clusters are numbered as the method left them, in the space that was compared. */
export interface Fitted extends Omit<Clustering, 'inertia' | 'iterations' | 'notices' | 'clusterCount'> {
	/** Its `k` counts the clusters, that of noise among them. */
	readonly candidate: Candidate;
	/** Mean silhouette of each cluster, over the silhouette's sample. */
	readonly silhouettePerCluster: Float64Array;
}

export interface SweepOutput extends Space {
	readonly fits: readonly Fitted[];
	readonly silhouetteSample: number;
	readonly notices: readonly Notice[];
}

/** A request for the bootstrap stability of one clustering. */
export interface StabilityInput extends Space {
	readonly data: Matrix;
	readonly categories: readonly CategoryColumn[];
	readonly method: string;
	readonly options: Readonly<Record<string, unknown>>;
	readonly labels: Uint8Array;
	readonly clusterCount: number;
	/** Which resamples are drawn, by number: each depends on its number and the seed alone, so the work can be shared out. */
	readonly resamples: readonly number[];
	readonly seed: number;
}

/** Per cluster, its best Jaccard with a cluster of each resample that has some of its rows. */
export type Similarities = readonly (readonly number[])[];

/** A request for the silhouettes of customers, by `idx`. `data` is unscaled; of more than `most` a sample is taken. */
export interface SilhouettesInput extends Space {
	readonly data: Matrix;
	readonly labels: Uint8Array;
	readonly clusterCount: number;
	readonly most: number;
	readonly seed: number;
}

/** Silhouettes, −1 to 1, of the customers with these `idx`, ascending: of a sample, among the sample. */
export interface Silhouettes {
	readonly rows: Int32Array;
	readonly values: Float64Array;
}

/** All principal components of the scaled data, by falling variance. */
export interface Components {
	/** One row per customer, one column for each of the first two components; the second is zeros with one feature. */
	readonly scores: Matrix;
	/** d × d: one row per component, one column per feature. */
	readonly loadings: Matrix;
	/** Variance along each component (divided by n − 1), and its share of that of all. */
	readonly eigenvalues: readonly number[];
	readonly explained: readonly number[];
	/** What the scale does to each feature. */
	readonly columns: readonly ScaledColumn[];
}

/** A request for the values that neighbours have in place of missing ones. */
export interface KnnImputeInput {
	/** Unscaled: one row per record, one column per number; NaN is missing, and so are infinite numbers. */
	readonly data: Matrix;
	/** Indices of the columns to fill; the others only tell who is near. */
	readonly columns: readonly number[];
	/** Distances are measured in deviations of each column, or in the numbers as they are. */
	readonly scaling: 'standard' | 'none';
	readonly neighborCount: number;
	/** Of more rows that could lend values than this, a sample does. */
	readonly mostDonors: number;
	readonly seed: number;
}

/** What `imputeKnn` gives. Errors are root mean squares over known values that were masked, in deviations of their column. */
export interface KnnImputeOutput {
	/** The missing cells of the columns to fill, by row, then by column, with their values. */
	readonly rows: Int32Array;
	readonly columns: Int32Array;
	readonly values: Float64Array;
	/** Rows that could be donors, and those that were. */
	readonly candidates: number;
	readonly donors: number;
	/** Per column to fill: masked cells that the errors are of; 0 when too few are known. */
	readonly masked: readonly number[];
	/** Per column to fill: how far neighbours and the median miss; NaN where nothing was masked. */
	readonly errorKnn: readonly number[];
	readonly errorMedian: readonly number[];
}

/** The exponent by maximum likelihood, and the sample skewness before and after. `lambda` is null for `log1p`. */
export interface PowerFit {
	readonly lambda: number | null;
	readonly skewBefore: number;
	readonly skewAfter: number;
}

/** A request for principal components. `data` is unscaled. */
export interface ComponentsInput {
	readonly data: Matrix;
	readonly scaler: Scaler;
}

/** A request for the exponent of a transform. Values that are not finite, or that it cannot take, do not count. */
export interface PowerInput {
	readonly values: Float64Array;
	readonly transform: PowerTransform;
}

/** What is done to customers before they are clustered again. */
export type Disturbance = 'noise' | 'subsample' | 'seed';

/** A request for how a clustering bears small changes. `repeats` are numbers: each depends on its number and the seed. */
export interface PerturbationInput extends Omit<StabilityInput, 'resamples'> {
	readonly repeats: readonly number[];
}

/** How well clusters come back after one kind of change. */
export interface Disturbed {
	readonly similarities: Similarities;
	/** The adjusted Rand index of each repeat. */
	readonly agreement: readonly number[];
}

/** What `perturbation` gives; `rows` is how many customers were clustered. */
export interface PerturbationOutput extends Readonly<Record<Disturbance, Disturbed>> {
	readonly rows: number;
}

/** A request for a quick look at customers, by which a method is advised. `data` is unscaled. */
export interface LookInput extends Space {
	readonly data: Matrix;
	readonly seed: number;
}

/** What a quick look at customers tells of the groups among them, whatever method is in use. */
export interface Look {
	/** Share of people who lie far out: more than six robust deviations from the middle in a number. */
	readonly outlyingShare: number;
	/** Groups of fewer than one in fifty people. */
	readonly outlyingGroups: number;
	/** How many times as long as wide groups are, in the middle; 1 is round. */
	readonly elongation: number;
	/** How many times as many people the largest group has as the smallest. */
	readonly sizeRatio: number;
	/** False where people stand apart no more than people without groups would, or without a gap between them. */
	readonly hasGroups: boolean;
}
