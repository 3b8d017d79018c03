import type { Day } from '#lib/core/days.ts';
import type { Interval } from '#lib/stats/wilson.ts';
import type { Horizon } from '#lib/pipeline/segment/past/schema.ts';

/** Two days with as many days of outcomes after each, which do not overlap. */
export interface HoldoutPlan {
	/** Segments are found among the customers of this day. */
	readonly fitDay: Day;
	/** Customers of this later day are given to them. */
	readonly checkDay: Day;
	/** Days after each that outcomes are counted in. */
	readonly horizon: Horizon;
}

/** A segment on one of the two days. */
export interface HoldoutSide {
	readonly customers: number;
	/** Of all customers of that day. */
	readonly share: number;
	/** Those with an order within the horizon. */
	readonly buyers: number;
	/** Share of the segment who bought. */
	readonly bought: Interval;
	/** Share who bought, less that of everyone else. */
	readonly difference: Interval;
	/** Money per customer within the horizon; null without amounts. */
	readonly value: number | null;
	/** Per feature the mean on the scale, in its own unit. */
	readonly typical: readonly number[];
}

/**
 * What became of a difference in buying. `holds`: as clear on the later day, and the same way; `vanished`: clear at first
 * and not any more; `reversed`: clear the other way; `none`: not clear at first; `few`: too few people on one of the days.
 */
export type HoldoutVerdict = 'holds' | 'vanished' | 'reversed' | 'none' | 'few';

/** A segment found on the earlier day, and what became of it. */
export interface HoldoutSegment {
	/** Its number among the segments of the earlier day. */
	readonly cluster: number;
	/** Today's segment that has most of its people; null where none is left over for it. */
	readonly like: number | null;
	/** Jaccard with that one, among the customers of the earlier day; null without one. */
	readonly overlap: number | null;
	readonly fit: HoldoutSide;
	readonly check: HoldoutSide;
	/** Per feature how far its mean moved, in deviations of the customers of the earlier day. */
	readonly drift: readonly number[];
	/** Root mean square of `drift`; null where nobody was in it on one of the days. */
	readonly distance: number | null;
	readonly verdict: HoldoutVerdict;
}

/** Who was where on a day: row i is one of its customers, `idx` whom they are in `features.customers`. */
export interface HoldoutPeople {
	readonly idx: Int32Array;
	readonly clusters: Uint8Array;
}

/** Segments found on an earlier day, asked of a later one. */
export interface Holdout extends HoldoutPlan {
	readonly features: readonly string[];
	/** In the order of the segments of today that they are like. */
	readonly segments: readonly HoldoutSegment[];
	readonly people: { readonly fit: HoldoutPeople; readonly check: HoldoutPeople };
}
