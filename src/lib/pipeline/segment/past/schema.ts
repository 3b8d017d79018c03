import type { Day } from '#lib/core/days.ts';
import type { Notice } from '#lib/core/errors.ts';
import type { Interval } from '#lib/stats/wilson.ts';
import type { GroupTable, RfmAxis, RfmCutPoints } from '../schema.ts';

/** How far after a day it is looked: whole days, the day itself included. */
export const HORIZONS = [30, 60, 90] as const;
export type Horizon = (typeof HORIZONS)[number];

/** Base rates are told of so many days. */
export const BASE_HORIZON: Horizon = 60;

/** Less history than this before a day is a short one: what the longest horizon looks ahead is not looked back. */
export const SHORT_HISTORY_DAYS = 90;

/** What people of a past day did within a horizon. */
export interface BaseRate {
	readonly customers: number;
	/** Those with an order; credit notes are none. */
	readonly buyers: number;
	/** Of the customers; NaN where there are none. */
	readonly share: Interval;
	/** Money per customer, buyer or not, less credit notes where they are netted; null without amounts. */
	readonly value: Interval | null;
}

/** The base rate of a cell of the grid: `f` as in `RfmCell`. */
export interface CellRate extends BaseRate {
	readonly r: number;
	readonly f: number;
}

/** What really happened after a day. */
export interface Outcome {
	readonly horizon: Horizon;
	/** The first day that is not looked at. */
	readonly until: Day;
	/** Null where the orders end before that day: then nobody knows yet. */
	readonly seen: SeenOutcome | null;
}

export interface SeenOutcome {
	readonly everyone: BaseRate;
	/** In the order of the table; groups of nobody too. */
	readonly groups: readonly BaseRate[];
	/** By cluster; null where the day has no segments. */
	readonly segments: readonly BaseRate[] | null;
	/** Every cell of the grid. */
	readonly cells: readonly CellRate[];
	/** Customers who got a message in that time; null where no file tells of messages. */
	readonly messaged: number | null;
}

/**
 * Which lines part the scores. `day`: fitted to the customers of that day, as a run on that day would; `now`: those of
 * today's customers; `given`: drawn by the user, the same on every day.
 */
export type LinesOf = 'day' | 'now' | 'given';

/** A past day: who was a customer, how they were grouped, and what they did next. */
export interface PastDay {
	readonly day: Day;
	readonly customers: number;
	/** The groups in use, their axes and the highest score. */
	readonly table: GroupTable;
	readonly axes: readonly RfmAxis[];
	readonly levels: number;
	readonly linesOf: LinesOf;
	readonly cutPoints: RfmCutPoints;
	/** What natural segments lack on that day, as labels of features; empty where there are segments. */
	readonly segmentsLack: readonly string[];
	/** In the order of HORIZONS. */
	readonly outcomes: readonly Outcome[];
	readonly notices: readonly Notice[];
}

/**
 * The people of which day: `from` and `to`, the two days that were gone back to, `trend`, one of the days that own segments are
 * asked of, `window`, one of the days that segments are compared or checked on, and `now`, that of the session. Each has tables of its own.
 */
export type Slot = 'from' | 'to' | 'trend' | 'window' | 'now';

/** Who, of a past day. Groups by id, segments by cluster. */
export type PastFilter =
	| { readonly kind: 'everyone' }
	| { readonly kind: 'group'; readonly group: string }
	| { readonly kind: 'segment'; readonly cluster: number }
	| { readonly kind: 'cell'; readonly r: number; readonly f: number };

/** The orders of a month. */
export interface MonthOrders {
	/** The first day of the month. */
	readonly month: Day;
	readonly orders: number;
}

/*
 * features.past[_to]         as `features.customers`, as known at the day: idx, customer_id, and what the scores and the
 *                            natural segments need
 * segment.past_rfm[_to]      as `segment.rfm`
 * segment.past_members[_to]  as `segment.members`, by the centres of today; only where the day has segments
 * segment.past_outcomes      per idx of `features.past`: for each horizon bought_<days> BOOLEAN, spent_<days>
 *                            DECIMAL(18,4) (0 without amounts), messaged_<days> BOOLEAN
 */
