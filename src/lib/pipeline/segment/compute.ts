import type { Matrix } from '#lib/core/matrix.ts';
import type { OnProgress } from '#lib/core/progress.ts';
import type { Notice } from '#lib/core/errors.ts';
import type { PowerTransform } from '#lib/stats/power-transform.ts';
import type { ScaledColumn } from './column-shapes.ts';
import type { ImportanceInput, ImportanceOutput } from './drivers/schema.ts';
import type { Candidate, Scaler, SegmentStability } from './schema.ts';
import type { Space, SpaceParams } from './space.ts';

export type { PowerTransform };

/** A request for the clusterings of several k. `data` is unscaled: one row per customer, one column per feature. */
export interface SweepInput extends SpaceParams {
	readonly data: Matrix;
	readonly method: string;
	/** Ascending, such as 2 … 10; those above the number of distinct rows are left out of the answer. */
	readonly clusterCounts: readonly number[];
	readonly seed: number;
	readonly initCount: number;
}

/** The clustering of one k. Clusters are numbered as the method left them. */
export interface Fitted {
	readonly candidate: Candidate;
	/** One label per row, 0 … k − 1. */
	readonly labels: Uint8Array;
	/** One row per cluster, in the space that was compared: the scaled features, or their components. */
	readonly centroids: Matrix;
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
	readonly method: string;
	readonly labels: Uint8Array;
	readonly clusterCount: number;
	readonly resamples: number;
	readonly seed: number;
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

/** The heavy numbers: in the page a Web Worker behind Comlink, headless the same functions called directly. */
export interface Compute {
	sweep(input: SweepInput, signal: AbortSignal, onProgress: OnProgress): Promise<SweepOutput>;
	stability(input: StabilityInput, signal: AbortSignal, onProgress: OnProgress): Promise<SegmentStability[]>;
	components(data: Matrix, scaler: Scaler, signal: AbortSignal): Promise<Components>;
	imputeKnn(input: KnnImputeInput, signal: AbortSignal, onProgress: OnProgress): Promise<KnnImputeOutput>;
	/** Values that are not finite, or that the transform cannot take, do not count. */
	powerFit(values: Float64Array, transform: PowerTransform, signal: AbortSignal): Promise<PowerFit>;
	/** How well columns tell an outcome, each alone and all together. */
	importance(input: ImportanceInput, signal: AbortSignal, onProgress: OnProgress): Promise<ImportanceOutput>;
}
