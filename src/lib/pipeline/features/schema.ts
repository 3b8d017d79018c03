import { z } from 'zod';

/** What features are made of. */
export const FeatureParams = z.object({
	/** Null: the day after the last loaded order. */
	asOf: z.iso.date().nullable(),
	/** How many categories, and how many products, get an affinity of their own: those with most money. */
	affinityCount: z.int().min(1).max(20),
	/** A line is premium when its unit price is above this quantile of all lines. */
	premiumQuantile: z.number().min(0.5).max(0.99),
	/** Share of the revenue that is left after the goods are paid; null: not known. */
	margin: z.number().min(0).max(1).nullable(),
	/** How much what people do counts towards the behaviour score. */
	behaviour: z.object({
		/** After so many days an act counts half. */
		halfLifeDays: z.number().min(1).max(3650),
		/** By the name of the event, in lower case; events that are absent have their default. */
		weights: z.record(z.string(), z.number().min(0).max(1000))
	}),
	/** How much each part counts towards the loyalty score; parts that are absent have their default. */
	loyalty: z.object({ weights: z.record(z.string(), z.number().min(0).max(100)) }),
	/** Sensitive features that may be compared, each with the reason. */
	sensitive: z.record(z.string(), z.string().min(3).max(500))
});
export type FeatureParams = z.infer<typeof FeatureParams>;

/** The parameters of a new session. */
export const DEFAULT_FEATURES: FeatureParams = {
	asOf: null,
	affinityCount: 8,
	premiumQuantile: 0.8,
	margin: null,
	behaviour: { halfLifeDays: 30, weights: {} },
	loyalty: { weights: {} },
	sensitive: {}
};

/** The headings of the library, in order. */
export const FEATURE_FAMILIES = [
	'recency',
	'money',
	'timing',
	'products',
	'habits',
	'channels',
	'engagement',
	'scores',
	'survey',
	'person',
	'own'
] as const;
export const FeatureFamily = z.enum(FEATURE_FAMILIES);
export type FeatureFamily = z.infer<typeof FeatureFamily>;

export const FEATURE_UNITS = [
	'days',
	'orders',
	'months',
	'money',
	'items',
	'ratio',
	'share',
	'count',
	'score',
	'index',
	'years',
	'number',
	'text'
] as const;
export const FeatureUnit = z.enum(FEATURE_UNITS);
export type FeatureUnit = z.infer<typeof FeatureUnit>;

/** Texts, such as the preferred channel, are shown; customers are compared on numbers. */
export const FeatureKind = z.enum(['number', 'text']);
export type FeatureKind = z.infer<typeof FeatureKind>;

/** One feature as the screens show it. */
export const FeatureSummary = z.object({
	id: z.string(),
	/** What the screens call it. */
	label: z.string(),
	family: FeatureFamily,
	unit: FeatureUnit,
	kind: FeatureKind,
	meaning: z.string(),
	formula: z.string(),
	caution: z.string().nullable(),
	isSensitive: z.boolean(),
	available: z.boolean(),
	/** What is missing when it is not available, each as `needWords` has it. */
	needs: z.array(z.string()),
	/** False when some customers have no value: it is shown, and customers cannot be compared on it. */
	complete: z.boolean(),
	/** True for a number of a saved query, which has its value of today on any day. */
	isOwn: z.boolean()
});
export type FeatureSummary = z.infer<typeof FeatureSummary>;

export const FeatureResult = z.object({
	asOf: z.string(),
	/** Customers with at least one order before `asOf`; the rows of `features.customers`. */
	customers: z.int(),
	orders: z.int(),
	revenue: z.number().nullable(),
	/** Orders on or after `asOf`, which no feature sees. */
	ordersAfter: z.int(),
	/** The columns of `features.customers`, and those of them that the files cannot tell. */
	features: z.array(FeatureSummary)
});
export type FeatureResult = z.infer<typeof FeatureResult>;

/** Every feature there is, and in `features.library` those that are not in `features.customers`. */
export const LibraryResult = z.object({ features: z.array(FeatureSummary) });
export type LibraryResult = z.infer<typeof LibraryResult>;

/*
 * features.customers  one row per customer with an order before asOf, sorted as DESIGN says (numbers when all ids are
 *                     digits, else bytes): idx INTEGER from 0, customer_id VARCHAR, and one DOUBLE column for each of the
 *                     core features that are available, those that the recipe compares, and those of saved queries
 * features.library    the same rows: idx, customer_id, and a DOUBLE or VARCHAR column for every other available feature
 */
