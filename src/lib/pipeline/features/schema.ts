import { z } from 'zod';

/** `asOf` null: the day after the last loaded order. */
export const FeatureParams = z.object({ asOf: z.iso.date().nullable() });
export type FeatureParams = z.infer<typeof FeatureParams>;

/** One feature as the screens show it. */
export const FeatureSummary = z.object({
	id: z.string(),
	/** What the screens call it. */
	label: z.string(),
	available: z.boolean(),
	/** Roles that are missing when it is not available. */
	needs: z.array(z.string()),
	/** False when some customers have no value: it is shown, and customers cannot be compared on it. */
	complete: z.boolean(),
	/** True for a number of a saved query. */
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
	features: z.array(FeatureSummary)
});
export type FeatureResult = z.infer<typeof FeatureResult>;

/*
 * features.customers  one row per customer with an order before asOf, sorted as DESIGN says (numbers when all ids are
 *                     digits, else bytes): idx INTEGER from 0, customer_id VARCHAR, and one DOUBLE column per
 *                     available feature, named by its id (recency_days, frequency, monetary_total, …)
 */
