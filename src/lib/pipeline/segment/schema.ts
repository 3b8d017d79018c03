import { z } from 'zod';

export const RfmParams = z.object({
	/** `quantile`: cut at quantiles, ties always share a score. `ntile`: equal fifths, ties by customer id. */
	method: z.enum(['quantile', 'ntile'])
});
export type RfmParams = z.infer<typeof RfmParams>;

/** Ids of the RFM groups, in the order in which their patterns are tried. */
export const RFM_GROUPS = [
	'hibernating',
	'at_risk',
	'cant_lose_them',
	'about_to_sleep',
	'need_attention',
	'loyal',
	'promising',
	'new',
	'potential_loyalist',
	'champion'
] as const;
export const RfmGroup = z.enum(RFM_GROUPS);
export type RfmGroup = z.infer<typeof RfmGroup>;

export const RfmGroupResult = z.object({ id: RfmGroup, customers: z.int(), revenue: z.number() });
export type RfmGroupResult = z.infer<typeof RfmGroupResult>;

/** A cell of the recency × frequency grid; all 25 are present. */
export const RfmCell = z.object({ r: z.int(), f: z.int(), customers: z.int(), revenue: z.number() });
export type RfmCell = z.infer<typeof RfmCell>;

/** Four thresholds between five scores, in the unit of the feature. For `ntile`: the largest value of each lower score. */
export const CutPoints = z.array(z.number()).length(4);

export const RfmResult = z.object({
	method: RfmParams.shape.method,
	cutPoints: z.object({
		recencyDays: CutPoints,
		frequency: CutPoints,
		/** Null without amounts; m scores are then 0. */
		monetaryTotal: CutPoints.nullable()
	}),
	/** Largest first by revenue (by customers without amounts); every group, also those with nobody. */
	groups: z.array(RfmGroupResult),
	cells: z.array(RfmCell)
});
export type RfmResult = z.infer<typeof RfmResult>;

export const SCALINGS = ['log1p-standard', 'standard', 'none'] as const;

export const ClusteringParams = z.object({
	method: z.string(),
	/** Feature ids; empty means the default of the data: recency days, frequency and, where there are amounts, total. */
	features: z.array(z.string()),
	scaling: z.enum(SCALINGS),
	/** `auto`: the recommended number. */
	clusterCount: z.union([z.literal('auto'), z.int().min(2).max(10)]),
	seed: z.int().min(0),
	initCount: z.int().min(1).max(100)
});
export type ClusteringParams = z.infer<typeof ClusteringParams>;

export const SegmentParams = z.object({
	rfm: RfmParams,
	clustering: ClusteringParams,
	/** Names given by the user, by `<clusterCount>:<cluster>`. */
	names: z.record(z.string(), z.string().min(1).max(60))
});
export type SegmentParams = z.infer<typeof SegmentParams>;

/** The indices of one k. `silhouette` is over a sample when there are many customers; null when undefined (one cluster). */
export const Candidate = z.object({
	k: z.int(),
	inertia: z.number(),
	silhouette: z.number(),
	calinskiHarabasz: z.number(),
	daviesBouldin: z.number(),
	sizes: z.array(z.int())
});
export type Candidate = z.infer<typeof Candidate>;

/** How each column was scaled: z = (f(x) − mean) / sd with f = log1p or the identity. */
export const Scaler = z.object({
	scaling: z.enum(SCALINGS),
	means: z.array(z.number()),
	deviations: z.array(z.number())
});
export type Scaler = z.infer<typeof Scaler>;

/** Why a k was recommended, as data; `pipeline/segment/describe.ts` turns it into words. */
export const Recommendation = z.object({
	k: z.int(),
	reason: z.enum(['clearest', 'only-two-hold', 'nothing-holds']),
	runnerUp: z.int().nullable(),
	/** The k that were tried and refused, with the failed condition. */
	refused: z.array(z.object({ k: z.int(), because: z.enum(['unstable', 'too-small']), value: z.number() }))
});
export type Recommendation = z.infer<typeof Recommendation>;

/** Stability of one segment: mean bootstrap Jaccard with its spread. */
export const SegmentStability = z.object({
	cluster: z.int(),
	jaccard: z.number(),
	low: z.number(),
	high: z.number(),
	resamples: z.int()
});
export type SegmentStability = z.infer<typeof SegmentStability>;

/** One feature of one cluster against everyone. */
export const ProfileValue = z.object({
	feature: z.string(),
	median: z.number(),
	medianAll: z.number(),
	/** (mean of the cluster − mean of all) / deviation of all, in the scaled space. */
	effect: z.number()
});
export type ProfileValue = z.infer<typeof ProfileValue>;

/** One cluster; clusters are numbered from 0 by falling revenue (by size without amounts). */
export const ClusterProfile = z.object({
	cluster: z.int(),
	/** Automatic name, unique within the clustering. */
	autoName: z.string(),
	customers: z.int(),
	revenue: z.number(),
	silhouette: z.number(),
	centroid: z.array(z.number()),
	values: z.array(ProfileValue),
	stability: SegmentStability
});
export type ClusterProfile = z.infer<typeof ClusterProfile>;

export const ClusteringResult = z.object({
	method: z.string(),
	features: z.array(z.string()),
	scaler: Scaler,
	seed: z.int(),
	candidates: z.array(Candidate),
	recommendation: Recommendation,
	/** The k in use. */
	clusterCount: z.int(),
	inertia: z.number(),
	silhouette: z.number(),
	/** Customers the silhouette was computed on. */
	silhouetteSample: z.int(),
	profiles: z.array(ClusterProfile)
});
export type ClusteringResult = z.infer<typeof ClusteringResult>;

/*
 * segment.rfm      one row per customer of features.customers: idx INTEGER, r_score, f_score, m_score INTEGER
 *                  (m_score 0 without amounts), rfm_group VARCHAR
 * segment.members  one row per customer: idx INTEGER, cluster INTEGER
 */
