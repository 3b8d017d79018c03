import { z } from 'zod';
import { SegmentRef } from '../rules/schema.ts';

/** The most segments whose overlap is looked at: 2⁸ − 1 = 255 intersections at most. */
export const MOST_OVERLAPPED = 8;

/** So many customers that are in one of two segments alone can be compared: means of fewer say little. */
export const LEAST_APART = 20;

/** Customers and their money. */
export const People = z.object({
	customers: z.int(),
	/** Null without amounts. */
	revenue: z.number().nullable()
});
export type People = z.infer<typeof People>;

/**
 * Who is in exactly these of the compared segments, and in none of the others. Bit i of `mask` (1, 2, 4, …) stands for the i-th
 * segment.
 */
export const Intersection = z.object({ mask: z.int().min(1).max(255) }).extend(People.shape);
export type Intersection = z.infer<typeof Intersection>;

/** How segments overlap. */
export const Overlap = z.object({
	segments: z.array(z.object({ ref: SegmentRef, name: z.string() }).extend(People.shape)),
	/** Those with people in them, the biggest first; they are exclusive, so that they add up to the union. */
	intersections: z.array(Intersection),
	/** Who is in any of the segments. */
	union: People
});
export type Overlap = z.infer<typeof Overlap>;

/** How far the values of a feature of two segments are apart. */
export const FeatureDifference = z.object({
	feature: z.string(),
	/**
	 * Mean of A less mean of B (of those compared), in standard deviations of all customers; of ln(1 + x) where the feature is never below 0.
	 */
	difference: z.number(),
	/** Medians, in the unit of the feature. */
	medianA: z.number(),
	medianB: z.number(),
	/** Who has a value. */
	knownA: z.int(),
	knownB: z.int()
});
export type FeatureDifference = z.infer<typeof FeatureDifference>;

/** Two segments against each other. */
export const Comparison = z.object({
	a: SegmentRef,
	b: SegmentRef,
	onlyA: People,
	both: People,
	onlyB: People,
	/** Both over any: |A ∩ B| / |A ∪ B| (Jaccard 1901); null where both are empty. */
	jaccard: z.number().nullable(),
	/**
	 * True where one of the two has fewer than `LEAST_APART` customers of its own: `differences` are then of everyone in A and
	 * everyone in B, else of those in one of them alone.
	 */
	isWhole: z.boolean(),
	/** Those that tell most first; features without a value in one of the two are left out. */
	differences: z.array(FeatureDifference)
});
export type Comparison = z.infer<typeof Comparison>;

/** A segment in numbers: its people, and their typical values on a log scale. */
export const SegmentNumbers = z.object({ ref: SegmentRef }).extend(People.shape).extend({
	/** Means of ln(1 + days since the last order), ln(1 + orders) and ln(1 + total spend); null where nobody has one. */
	recency: z.number().nullable(),
	frequency: z.number().nullable(),
	money: z.number().nullable()
});
export type SegmentNumbers = z.infer<typeof SegmentNumbers>;
