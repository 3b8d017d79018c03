/** k-means: nothing but the centroids. */
export interface KmeansDetails {
	readonly kind: 'kmeans';
}

/** A mixture of Gaussians, of the k it was fitted with; components are numbered as the labels. */
export interface MixtureDetails {
	readonly kind: 'mixture';
	readonly covariance: 'full' | 'diag' | 'tied' | 'spherical';
	/** Per component. */
	readonly weights: readonly number[];
	/** Per component: its mean, d numbers. */
	readonly means: readonly (readonly number[])[];
	/** Per component: d × d by rows. */
	readonly covariances: readonly (readonly number[])[];
	/** Mean log-likelihood of a row, as scikit-learn's `lower_bound_`. */
	readonly logLikelihood: number;
	/** Bayesian information criterion of every covariance kind at this k, fitted on the same rows; less is better. */
	readonly bic: readonly { readonly covariance: MixtureDetails['covariance']; readonly bic: number }[];
}

/** A dendrogram. Nodes 0 … n − 1 are the rows of `rows`, node n + i is what merge i made. */
export interface TreeDetails {
	readonly kind: 'tree';
	readonly linkage: 'ward' | 'average' | 'complete';
	/** Rows that the tree is of: all, or the sample. */
	readonly rows: Int32Array;
	/** Pairs of nodes, 2 (n − 1) numbers, by rising height; as SciPy's `linkage`. */
	readonly merges: Int32Array;
	readonly heights: Float64Array;
	/** Rows under what each merge made. */
	readonly sizes: Int32Array;
}

/** What the density methods found. */
export interface DensityDetails {
	readonly kind: 'density';
	readonly algorithm: 'dbscan' | 'hdbscan';
	/** Distance of neighbours that was used; null for HDBSCAN. */
	readonly eps: number | null;
	/** The knee of the k-distance plot. */
	readonly proposedEps: number | null;
	readonly minPoints: number;
	/** Distances to the `minPoints`-th neighbour, rising: at most 1,000, evenly through all rows. */
	readonly kDistances: Float64Array;
	/** HDBSCAN: per cluster how long it lasts as the density rises, 0 to 1 of the sum; empty for DBSCAN. */
	readonly persistence: readonly number[];
	readonly noiseRows: number;
}

/** k-prototypes. */
export interface PrototypeDetails {
	readonly kind: 'prototypes';
	/** What one different category counts, as a squared distance. */
	readonly gamma: number;
	/** The part of all distances that categories make, 0 to 1. */
	readonly categoryShare: number;
	/** Per category column: how well it alone tells the clusters (adjusted mutual information). */
	readonly categoryEffects: readonly number[];
}

/** Clusters inside the levels of a text feature. */
export interface StageDetails {
	readonly kind: 'stages';
	readonly feature: string;
	/** By the order of the levels: the labels inside, and why there are so many. */
	readonly stages: readonly {
		readonly level: string;
		readonly customers: number;
		readonly clusters: readonly number[];
		/** Mean silhouette of the clusters inside; null for one cluster. */
		readonly silhouette: number | null;
		/** `split`, `too-few` people to split, `one` because there are no groups inside, or as many as the user `asked` for. */
		readonly because: 'split' | 'too-few' | 'one' | 'asked';
	}[];
}

/** What only a method knows of its clustering. */
export type MethodDetails =
	KmeansDetails | MixtureDetails | TreeDetails | DensityDetails | PrototypeDetails | StageDetails;
