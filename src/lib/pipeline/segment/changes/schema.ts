import { z } from 'zod';
import { isDay } from '#lib/core/days.ts';

const DayText = z.string().refine(isDay, 'expected a day such as 2024-01-31');

/** A segment of the user's own as it was. */
export const OwnSegmentState = z.object({
	id: z.string(),
	name: z.string(),
	/** Stands for who is asked for, so that a changed rule is told from changed people; null where it is not known. */
	meaning: z.string().nullable()
});
export type OwnSegmentState = z.infer<typeof OwnSegmentState>;

/** What an import came to, without any customer: enough to say what there was and to list it. */
export const ImportState = z.object({
	/** The files, in the order of the recipe. */
	sources: z.array(z.object({ id: z.string(), fileName: z.string() })),
	/** People with an order before the as-of day, as in `features.customers`. */
	customers: z.int(),
	orders: z.int(),
	/** Null without amounts. */
	revenue: z.number().nullable(),
	/** Null where only a list of customers tells of it. */
	rowsRead: z.int().nullable(),
	asOf: DayText.nullable(),
	/** Days of the first and the last order. */
	firstOrder: DayText.nullable(),
	lastOrder: DayText.nullable(),
	/** Names of the natural segments as the user saw them, by cluster; null without segments. */
	segmentNames: z.array(z.string()).nullable(),
	/** The RFM groups that customers are told by, in the order of their table; absent: those of RFM_GROUPS. */
	groups: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
	/** Stands for what the groups mean: the scheme and its cells; absent where only the ids are known. */
	groupRule: z.string().optional(),
	/** The segments of the user's own that could be asked; absent where nobody kept who was in them. */
	ownSegments: z.array(OwnSegmentState).optional()
});
export type ImportState = z.infer<typeof ImportState>;

/** Every customer of an import: row i of each array is customer i of `features.customers` as it was. */
export interface SnapshotCustomers {
	readonly customerIds: readonly string[];
	/** Numbers of orders. */
	readonly orders: Float64Array;
	/** Money; NaN without amounts. */
	readonly revenue: Float64Array;
	/** Index into `groups` of the state. */
	readonly group: Int32Array;
	/** Index into `segmentNames`; null without segments. */
	readonly segment: Int32Array | null;
	/** The rows of each segment of `ownSegments`, ascending; absent where nobody kept them. */
	readonly own?: readonly Int32Array[];
}

/** An import as it was, to compare later ones with. */
export interface Snapshot {
	readonly state: ImportState;
	readonly customers: SnapshotCustomers;
}

/**
 * What became of a customer. `returned`: has more orders than before, whatever their dates, for an export may come late;
 * `corrected`: has no more orders, but fewer, or other money; `gone`: not there any more; `joined`: there as part of another person, who stands for both.
 */
export const FATES = ['new', 'returned', 'corrected', 'unchanged', 'gone', 'joined'] as const;
export type Fate = (typeof FATES)[number];

/** The customers of one fate. The additions of all fates make the difference of the totals. */
export interface FateResult {
	readonly fate: Fate;
	readonly customers: number;
	readonly ordersAdded: number;
	/** Null where one of the two imports has no amounts. */
	readonly revenueAdded: number | null;
}

/**
 * Why customers are gone. `reason`: the rule that most of their rows are set aside by; `superseded`: in the newer export
 * their orders are another person's; `after_as_of`: all their orders are later than the as-of day; `vanished`: no file
 * has a row of theirs.
 */
export interface GoneReason {
	readonly reason: string;
	readonly customers: number;
}

/** What customers are grouped by: RFM groups, where both imports have the same ones, or natural segments, by name. */
export const GROUPINGS = ['group', 'segment'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Who went where. */
export interface Movement {
	readonly by: Grouping;
	/** Ids of the RFM groups in the order of their table, or names of segments: those of now, then those that were. */
	readonly categories: readonly string[];
	/**
	 * `counts[from][to]` in customers, with one row and one column more than there are categories: the last row is who is
	 * new, the last column who is gone or was joined to another person. Rows add up to before, columns to now.
	 */
	readonly counts: readonly (readonly number[])[];
}

/** Who came into a segment of the user's own, and who went; of those that both imports have. */
export interface OwnTurnover {
	readonly id: string;
	/** As it is called now. */
	readonly name: string;
	/** Who is asked for is not what it was: some came or went by that, and not by what they did. */
	readonly isChanged: boolean;
	readonly before: number;
	readonly now: number;
	readonly entered: number;
	readonly left: number;
	readonly stayed: number;
}

/** What changed since a snapshot. */
export interface Changes {
	readonly before: ImportState;
	readonly now: ImportState;
	/** In the order of FATES; every fate, also those of nobody. */
	readonly fates: readonly FateResult[];
	/** The most frequent first. */
	readonly goneReasons: readonly GoneReason[];
	/** Null where the two imports have other groups, or groups that mean something else. */
	readonly groups: Movement | null;
	/** Null where one of the two imports has no segments. */
	readonly segments: Movement | null;
	/** In the order of the recipe. Somebody may be in several. */
	readonly own: readonly OwnTurnover[];
}

/** The customers of one cell of a movement: categories are indices; null stands for New (`from`) and Gone (`to`). */
export interface MovementCellFilter {
	readonly kind: 'cell';
	readonly by: Grouping;
	readonly from: number | null;
	readonly to: number | null;
}

/** What became of somebody as to a segment of the user's own. */
export const OWN_SIDES = ['entered', 'left', 'stayed'] as const;
export type OwnSide = (typeof OWN_SIDES)[number];

/** Some of the customers of a comparison; `moved`: all who are elsewhere than before, new and gone included. Categories are indices; null stands for New (`from`) and Gone (`to`). */
export type MovementFilter =
	| MovementCellFilter
	| { readonly kind: 'entered' | 'left' | 'stayed'; readonly by: Grouping; readonly category: number }
	| { readonly kind: 'moved'; readonly by: Grouping }
	/** Of a segment of the user's own, by its id. */
	| { readonly kind: 'own'; readonly segment: string; readonly side: OwnSide }
	| { readonly kind: 'fate'; readonly fate: Fate };

/** One customer of a comparison. Values are null where the customer was not there, or without amounts. */
export interface MovedCustomer {
	/** The person as they are called now; for people who are gone as they were called. */
	readonly customerId: string;
	/** As they were called before. */
	readonly beforeId: string | null;
	/** The name, else the email, else the id. */
	readonly person: string;
	/** Null where it was not asked for, too. */
	readonly email: string | null;
	readonly fate: Fate;
	/** Why they are gone, as in `GoneReason`. */
	readonly reason: string | null;
	/** Indices into the categories of `Changes.groups`; `groupFrom` is null where they are not compared. */
	readonly groupFrom: number | null;
	readonly groupTo: number | null;
	/** Indices into the categories of `Changes.segments`. */
	readonly segmentFrom: number | null;
	readonly segmentTo: number | null;
	readonly ordersBefore: number | null;
	readonly ordersNow: number | null;
	readonly revenueBefore: number | null;
	readonly revenueNow: number | null;
}

/*
 * segment.before    the customers of the snapshot: before_idx INTEGER, customer_id, orders, revenue DOUBLE,
 *                   group_from, segment_from INTEGER
 * segment.movement  one row per customer of before and per new one: position INTEGER (before_idx, then the new by idx),
 *                   before_id (NULL: new), customer_id (the person now; NULL: gone), fate, reason (of who is gone),
 *                   group_from, group_to, segment_from, segment_to INTEGER (NULL: not there), orders_before, orders_now,
 *                   revenue_before, revenue_now DOUBLE, orders_added DOUBLE, revenue_added DECIMAL(18,4)
 * segment.own_movement  one row per own segment of both imports and row of segment.movement in it before or now:
 *                   segment VARCHAR, position INTEGER, side VARCHAR (one of OWN_SIDES)
 */
