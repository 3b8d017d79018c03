import { z } from 'zod';
import { CartParams } from './carts/schema.ts';
import { JourneyParams } from './journeys/schema.ts';
import { OwnParams } from './own/schema.ts';

/** Recency, frequency, money, and the mean of the scores of the last two. */
export const RFM_AXES = ['r', 'f', 'm', 'fm'] as const;
export const RfmAxis = z.enum(RFM_AXES);
export type RfmAxis = z.infer<typeof RfmAxis>;

/** Thresholds between scores, ascending, in the unit of the feature: one fewer than there are scores. */
export const CutPoints = z.array(z.number());

/** Cut-points of the three features. Money is null without amounts; m scores are then 0. */
export const RfmCutPoints = z.object({
	recencyDays: CutPoints,
	frequency: CutPoints,
	monetaryTotal: CutPoints.nullable()
});
export type RfmCutPoints = z.infer<typeof RfmCutPoints>;

/** Id of an RFM group: of the ten of the default scheme, of another scheme, or of the user's own table. */
export const RfmGroup = z
	.string()
	.regex(/^[a-z][a-z0-9_]{0,39}$/, 'small letters, digits and _, a letter first');
export type RfmGroup = z.infer<typeof RfmGroup>;

/** A group of a table: who is in it, by scores. */
export const GroupEntry = z.object({
	id: RfmGroup,
	name: z.string().min(1).max(60),
	meaning: z.string().max(300),
	advice: z.string().max(300),
	/** The cells of the grid that belong to it: a score for each axis of the scheme, in their order. */
	cells: z.array(z.array(z.int().min(1).max(5)))
});
export type GroupEntry = z.infer<typeof GroupEntry>;

/** Groups that share out all cells of a scheme: every cell is in exactly one. */
export const GroupTable = z.array(GroupEntry).min(1).max(30);
export type GroupTable = z.infer<typeof GroupTable>;

export const RfmParams = z.object({
	/** Id of a scheme of `rfm/schemes/`. */
	scheme: z.string(),
	/** Only for fixed breaks: where the user drew the lines; null: at the quintiles as they are found. */
	cutPoints: RfmCutPoints.nullable(),
	/** The user's own table of groups; null: that of the scheme. */
	groups: GroupTable.nullable()
});
export type RfmParams = z.infer<typeof RfmParams>;

/** Ids of the ten groups of the default scheme, in the order in which their patterns are tried. */
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

export const RfmGroupResult = z.object({
	id: RfmGroup,
	name: z.string(),
	meaning: z.string(),
	advice: z.string(),
	customers: z.int(),
	revenue: z.number()
});
export type RfmGroupResult = z.infer<typeof RfmGroupResult>;

/** A cell of the grid that is shown: recency against frequency, or against the mean of frequency and money; all are present. */
export const RfmCell = z.object({ r: z.int(), f: z.int(), customers: z.int(), revenue: z.number() });
export type RfmCell = z.infer<typeof RfmCell>;

export const RfmResult = z.object({
	scheme: z.string(),
	/** The highest score. */
	levels: z.int(),
	/** What groups are told by. */
	axes: z.array(RfmAxis),
	cutPoints: RfmCutPoints,
	/** The table in use, in its order: `segment.rfm` and everything after it speak of these groups. */
	table: GroupTable,
	/** Largest first by revenue (by customers without amounts); every group, also those with nobody. */
	groups: z.array(RfmGroupResult),
	/** `f` is the score of `fm` where the scheme has that axis. */
	cells: z.array(RfmCell)
});
export type RfmResult = z.infer<typeof RfmResult>;

export const SCALINGS = [
	'log1p-standard',
	'standard',
	'min-max',
	'robust',
	'log1p',
	'box-cox',
	'yeo-johnson',
	'none'
] as const;

/**
 * How each column was scaled: z = (f(x) − center) / scale, with f a logarithm, a power with the exponent of the column,
 * or the identity.
 */
export const Scaler = z.object({
	scaling: z.enum(SCALINGS),
	centers: z.array(z.number()),
	scales: z.array(z.number()),
	/** The exponents of `box-cox` and `yeo-johnson`; null for all others. */
	lambdas: z.array(z.number()).nullable()
});
export type Scaler = z.infer<typeof Scaler>;

/** Each in its first place: what is named twice is compared once. */
function once(ids: readonly string[]): string[] {
	return [...new Set(ids)];
}

export const ClusteringParams = z.object({
	/** Id of a method of `methods/`. */
	method: z.string(),
	/** The method's own parameters; what is absent has the method's default. */
	options: z.record(z.string(), z.unknown()),
	/** Feature ids; empty means the default of the data: recency days, frequency and, where there are amounts, total. */
	features: z.array(z.string()).overwrite(once),
	/** Ids of text features, for methods that use them. */
	categories: z.array(z.string()).overwrite(once).max(5),
	scaling: z.enum(SCALINGS),
	/** A scale that was fitted before and is kept for the data of later imports; null: fitted on the data at hand. */
	scaler: Scaler.nullable(),
	/** Compare on the principal components that hold this share of the variance; null: on the features themselves. */
	componentShare: z.number().min(0.5).max(1).nullable(),
	/** `auto`: the recommended number. Methods that find the number themselves pass it by. */
	clusterCount: z.union([z.literal('auto'), z.int().min(2).max(10)]),
	seed: z.int().min(0),
	initCount: z.int().min(1).max(100)
});
export type ClusteringParams = z.infer<typeof ClusteringParams>;

export const SegmentParams = z.object({
	rfm: RfmParams,
	clustering: ClusteringParams,
	/** Names given by the user, by `<clusterCount>:<cluster>`. */
	names: z.record(z.string(), z.string().min(1).max(60)),
	own: OwnParams,
	carts: CartParams,
	journeys: JourneyParams
});
export type SegmentParams = z.infer<typeof SegmentParams>;

/** The gap of one k: how much less its inertia is than that of customers without groups, and its standard error. */
export const Gap = z.object({ value: z.number(), error: z.number() });
export type Gap = z.infer<typeof Gap>;

/** The indices of one k. `silhouette` is over a sample when there are many customers. An index that was not computed is null. */
export const Candidate = z.object({
	k: z.int(),
	inertia: z.number(),
	silhouette: z.number(),
	calinskiHarabasz: z.number(),
	daviesBouldin: z.number(),
	/** Least distance between clusters by greatest diameter, over at most 5,000 of the silhouette's sample (Dunn 1974). */
	dunn: z.number().nullable(),
	gap: Gap.nullable(),
	/** Bayesian information criterion; less is better. */
	bic: z.number().nullable(),
	/** The silhouette that customers without groups stay under in 19 of 20 cases at every k, and at least 0.025 above their mean. */
	chance: z.number().nullable(),
	/** How many customers stand between segments, of those inside, 0 to 1 (`stats/saddle.ts`); null where texts are compared. */
	saddle: z.number().nullable(),
	sizes: z.array(z.int())
});
export type Candidate = z.infer<typeof Candidate>;

/** Why a k was recommended, as data; `pipeline/segment/describe.ts` turns it into words. */
export const Recommendation = z.object({
	k: z.int(),
	/**
	 * `no-groups`: at no k do customers stand apart more than people without groups would, with a gap between them; `found`:
	 * the method found it.
	 */
	reason: z.enum(['clearest', 'only-two-hold', 'nothing-holds', 'no-groups', 'found']),
	runnerUp: z.int().nullable(),
	/** The k that were tried and refused: the failed condition, and the Jaccard, people, silhouette or saddle it failed by. */
	refused: z.array(
		z.object({
			k: z.int(),
			because: z.enum(['unstable', 'too-small', 'chance', 'no-gap']),
			value: z.number()
		})
	)
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
	/** True for the people who belong to no group; always the last. */
	isNoise: z.boolean(),
	/** Its text of each compared category; empty without categories. */
	modes: z.array(z.string()),
	customers: z.int(),
	revenue: z.number(),
	silhouette: z.number(),
	centroid: z.array(z.number()),
	values: z.array(ProfileValue),
	stability: SegmentStability
});
export type ClusterProfile = z.infer<typeof ClusterProfile>;

/** The first principal components of the scaled features: y = loadings · (z − means). */
export const Projection = z.object({
	means: z.array(z.number()),
	/** One row per component, one number per feature. */
	loadings: z.array(z.array(z.number())),
	/** Share of the variance of each component. */
	explained: z.array(z.number())
});
export type Projection = z.infer<typeof Projection>;

/** How customers of another day are given to clusters: how far a category that differs counts, or the mixture. */
export const Assignment = z.discriminatedUnion('kind', [
	/** The nearest centre; categories that differ add `gamma` each (squared), null: they have to be the same. */
	z.object({ kind: z.literal('nearest'), gamma: z.number().nullable() }),
	/** The most probable component: per cluster log weight, mean (its centroid), lower Cholesky factor of the covariance. */
	z.object({
		kind: z.literal('mixture'),
		logWeights: z.array(z.number()),
		means: z.array(z.array(z.number())),
		choleskys: z.array(z.array(z.number()))
	})
]);
export type Assignment = z.infer<typeof Assignment>;

export const ClusteringResult = z.object({
	method: z.string(),
	features: z.array(z.string()),
	/** Text features that were used. */
	categories: z.array(z.string()),
	assignment: Assignment,
	scaler: Scaler,
	/** The components that were compared; null when it was the features themselves. */
	projection: Projection.nullable(),
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
 * segment.rfm      one row per customer of features.customers: idx INTEGER, r_score, f_score, m_score, fm_score INTEGER
 *                  (m_score and fm_score 0 without amounts), rfm_group VARCHAR
 * segment.members  one row per customer: idx INTEGER, cluster INTEGER, confidence DOUBLE (how surely, 0 to 1; null where
 *                  the method does not say)
 */
