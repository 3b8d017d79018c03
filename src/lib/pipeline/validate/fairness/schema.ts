import type { Interval } from '#lib/stats/wilson.ts';
import type { SegmentRef } from '../../segment/rules/schema.ts';

/** Ratios of selection rates under this are a sign of adverse impact (US Uniform Guidelines, 29 CFR 1607.4 D). */
export const FOUR_FIFTHS = 0.8;
/** A group of fewer people says nothing by its rate. */
export const LEAST_GROUP = 30;
/** A feature that tells a group from all others at least so well stands in for it (area under the ROC curve). */
export const PROXY_AT = 0.7;
/** Of more groups, the largest are compared, and the others together. */
export const MOST_GROUPS = 8;

/** A group of people, such as women, or 25 to 34. */
export interface FairnessGroup {
	readonly group: string;
	readonly customers: number;
	/** Fewer than `LEAST_GROUP`: it is shown, and compared with nobody. */
	readonly isSmall: boolean;
}

/** How one segment takes from the groups of a feature. */
export interface Selection {
	readonly segment: SegmentRef;
	/** Per group, in the order of the groups: who is in the segment, and the share of the group with its interval. */
	readonly groups: readonly { readonly selected: number; readonly rate: Interval }[];
	/** The lowest rate of a group that is not small, divided by the highest; null with fewer than two, or none selected. */
	readonly ratio: number | null;
	/** The places of the groups with the lowest and the highest rate. */
	readonly lowest: number | null;
	readonly highest: number | null;
	/** The ratio is under four fifths, and the intervals of the two do not meet. */
	readonly isUneven: boolean;
}

/** A compared feature that tells one group from the others. */
export interface Proxy {
	readonly feature: string;
	readonly group: string;
	/** Area under the ROC curve, turned so that it is at least 0.5. */
	readonly auc: Interval;
}

/** How segments take from the groups of one feature. */
export interface FairnessResult {
	readonly feature: string;
	readonly label: string;
	/** Customers of whom the files tell it. */
	readonly known: number;
	readonly groups: readonly FairnessGroup[];
	readonly selections: readonly Selection[];
	readonly proxies: readonly Proxy[];
}
