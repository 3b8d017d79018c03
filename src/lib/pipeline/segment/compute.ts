import type { Matrix } from '#lib/core/matrix.ts';
import type { OnProgress } from '#lib/core/progress.ts';
import type { Notice } from '#lib/core/errors.ts';
import type { Candidate, Scaler, SegmentStability } from './schema.ts';

/** A request for the clusterings of several k. `data` is unscaled: one row per customer, one column per feature. */
export interface SweepInput {
	readonly data: Matrix;
	readonly method: string;
	readonly scaling: Scaler['scaling'];
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
	/** k × d, in the scaled space. */
	readonly centroids: Matrix;
	/** Mean silhouette of each cluster, over the silhouette's sample. */
	readonly silhouettePerCluster: Float64Array;
}

export interface SweepOutput {
	readonly scaler: Scaler;
	readonly fits: readonly Fitted[];
	readonly silhouetteSample: number;
	readonly notices: readonly Notice[];
}

/** A request for the bootstrap stability of one clustering. */
export interface StabilityInput {
	readonly data: Matrix;
	readonly method: string;
	readonly scaler: Scaler;
	readonly labels: Uint8Array;
	readonly clusterCount: number;
	readonly resamples: number;
	readonly seed: number;
}

/** Principal components of the scaled data: scores are row-major with two columns. */
export interface Components {
	readonly scores: Matrix;
	/** Loadings, one row per component, one column per feature. */
	readonly loadings: Matrix;
	/** Share of the variance of each component. */
	readonly explained: readonly number[];
}

/** The heavy numbers: in the page a Web Worker behind Comlink, headless the same functions called directly. */
export interface Compute {
	sweep(input: SweepInput, signal: AbortSignal, onProgress: OnProgress): Promise<SweepOutput>;
	stability(input: StabilityInput, signal: AbortSignal, onProgress: OnProgress): Promise<SegmentStability[]>;
	components(data: Matrix, scaler: Scaler, signal: AbortSignal): Promise<Components>;
}
