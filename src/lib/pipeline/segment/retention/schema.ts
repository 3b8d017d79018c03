/** What the rows of a retention table are: months of the first order, or the groups and segments of today. */
export const RETENTION_BY = ['month', 'group', 'segment'] as const;
export type RetentionBy = (typeof RETENTION_BY)[number];

/** The customers of one row. */
export interface RetentionRow {
	/** The month of the first order as `2011-03`, the id of an RFM group, or the number of a cluster. */
	readonly key: string;
	readonly customers: number;
}

/** One row so many calendar months after the month of the first order, which is period 0. */
export interface RetentionCell {
	readonly key: string;
	readonly period: number;
	/** Customers of the row whose history is that long: the others are not counted, neither above nor below. */
	readonly eligible: number;
	/** Those of them who ordered in that month. */
	readonly customers: number;
	/** What they spent in that month, refunds off; null without amounts. */
	readonly revenue: number | null;
	/** False for a month that had not ended at the as-of day. */
	readonly isComplete: boolean;
}

/** Who came back in which month after the first order, as known at the as-of day. */
export interface Retention {
	readonly by: RetentionBy;
	/** Months from the first; groups in the order of their ids, clusters in that of their numbers. */
	readonly rows: readonly RetentionRow[];
	/** By row, then by period, without gaps. */
	readonly cells: readonly RetentionCell[];
	/** The month of the earliest order, and the last month with a day before the as-of day. */
	readonly firstMonth: string;
	readonly lastMonth: string;
	/** False when the last month had not ended. */
	readonly lastIsComplete: boolean;
}
