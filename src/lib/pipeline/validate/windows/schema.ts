import type { Day } from '#lib/core/days.ts';
import type { Grouping } from '#lib/pipeline/segment/changes/schema.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { RfmAxis } from '#lib/pipeline/segment/schema.ts';

/** A mean overlap from here on is the same group of people on another day. */
export const SAME_FROM = 0.7;

/** What the people of a segment did in the calendar month that begins on a day. */
export interface MonthDeeds {
	/** Those with an order; credit notes are none. */
	readonly buyers: number;
	/** Less credit notes where they are netted; null without amounts. */
	readonly spent: number | null;
}

/** What moved people who are no longer where they were. */
export interface Cause {
	/** Id of a feature, the axis of a score, or of an own rule a condition as `causeOf` names it. */
	readonly id: string;
	/** Of those who came or went, those whom it moved most; of a rule all whom it moved, so that one counts for several conditions. */
	readonly customers: number;
	/** Those of them who went. */
	readonly left: number;
}

/** A segment on a day and today, by the same definition. */
export interface WindowSegment {
	/** Everyone in it that day. */
	readonly customers: number;
	/** In it today, of those who were customers that day. */
	readonly now: number;
	/** In it on both days. */
	readonly stayed: number;
	/** Stayed, of those in it on either day; null where there was nobody, or where people cannot be recognised. */
	readonly jaccard: number | null;
	/** Per compared feature, how far its mean that day lay from its mean today, in deviations of today's customers. */
	readonly drift: readonly number[];
	/** The root mean square of `drift`; null where nobody was in it on one of the days, and without compared features. */
	readonly distance: number | null;
	/** Per compared feature the mean on the scale it is compared on, told in its own unit; NaN where there is nobody. */
	readonly typical: readonly number[];
	/** Most people first; those of nobody are left out. */
	readonly causes: readonly Cause[];
	/** Null while that month has not ended. */
	readonly month: MonthDeeds | null;
}

/** A past day against today. */
export interface WindowDay {
	readonly day: Day;
	/** Who was a customer. */
	readonly customers: number;
	/** In the order of the table of groups. */
	readonly groups: readonly WindowSegment[];
	/** By cluster; null where there are no natural segments on that day. */
	readonly segments: readonly WindowSegment[] | null;
	/** What natural segments lack on that day, as labels of features. */
	readonly segmentsLack: readonly string[];
}

/** A segment as it is today, told as on the past days. */
export type SegmentNow = Pick<WindowSegment, 'customers' | 'typical'>;

/** Today, by the definitions that the past days are asked with. */
export interface WindowNow {
	readonly customers: number;
	/** In the order of the table of groups. */
	readonly groups: readonly SegmentNow[];
	/** By cluster; null without natural segments. */
	readonly segments: readonly SegmentNow[] | null;
}

/** The past days against today, and how far the definition itself fits today. */
export interface Windows {
	readonly asOf: Day;
	readonly now: WindowNow;
	/** The oldest first. */
	readonly days: readonly WindowDay[];
	/** Features that segments are compared by, in the order of `drift`. */
	readonly features: readonly string[];
	/** The axes of the scores. */
	readonly axes: readonly RfmAxis[];
	/** Share of today's customers whom their definition puts where they are; null without natural segments. */
	readonly recognised: number | null;
}

/** Segments of one kind on a past day. */
export interface ComparedDay {
	readonly day: Day;
	/** Who was a customer. */
	readonly customers: number;
	/** One per segment, null where that one is not known on that day; null where none is. */
	readonly segments: readonly (WindowSegment | null)[] | null;
}

/** Segments of one kind on past days and today. */
export interface ComparedDays extends Pick<Windows, 'asOf' | 'features'> {
	readonly now: { readonly customers: number; readonly segments: readonly SegmentNow[] | null };
	/** The oldest first. */
	readonly days: readonly ComparedDay[];
}

/** Own rules on a past day. */
export interface OwnDay extends ComparedDay {
	readonly segments: readonly (WindowSegment | null)[];
	/** Why a rule cannot be asked of that day, in words; null where it can. */
	readonly problems: readonly (string | null)[];
}

/** Own rules on past days and today. */
export interface OwnWindows extends ComparedDays {
	/** What was asked; all else is in this order. */
	readonly rules: readonly SegmentRef[];
	readonly days: readonly OwnDay[];
}

/** What is compared: natural segments, RFM groups, or the user's own rules. */
export type WindowBy = Grouping | 'own';

/** Some people of a comparison. */
export interface PeopleFilter {
	/** The place of the group in its table, the cluster, or the place of the rule among those that were asked. */
	readonly category: number;
	/** `left`: in it that day and not today; `entered`: today and not that day. */
	readonly side: 'stayed' | 'left' | 'entered';
	/** Only those whom this moved. */
	readonly cause?: string;
}

/** Some people of groups or natural segments. */
export interface WindowFilter extends PeopleFilter {
	readonly by: Grouping;
}

/*
 * features.window         as `features.past`, for one day at a time; dropped when the answer is there
 * segment.window_rfm      as `segment.past_rfm`
 * segment.window_members  as `segment.past_members`
 * segment.window_own      of the own rules that rules of the day name: segment VARCHAR (its id), idx INTEGER
 */
