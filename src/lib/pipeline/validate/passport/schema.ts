import type { Day } from '#lib/core/days.ts';
import type { Interval } from '#lib/stats/wilson.ts';
import type { SegmentRef } from '../../segment/rules/schema.ts';

/** How far a segment can be trusted. `few`: there are too few people to say. */
export type Grade = 'trust' | 'care' | 'stop' | 'few';

export const CHECKS = [
	'size',
	'stability',
	'disturbance',
	'separation',
	'time',
	'fairness',
	'reach',
	'lift',
	'plan'
] as const;
export type CheckId = (typeof CHECKS)[number];

/**
 * One condition of a passport. `met`; `short`: with care; `failed`: do not use; `unknown`: it does not apply or has not been
 * looked at. Reach, lift and plan say what can be done with a segment, and do not change its grade.
 */
export interface Check {
	readonly id: CheckId;
	readonly state: 'met' | 'short' | 'failed' | 'unknown';
	/** What was found, in words and numbers, as one sentence. */
	readonly found: string;
	/** What is needed, in words. */
	readonly needed: string;
}

/** Who of a segment can be written to. */
export interface Reach {
	/** With an email or phone number. */
	readonly withContact: number;
	/** Of those, who agreed to be written to by it; null where the files tell no consents. */
	readonly agreed: number | null;
	/** Files have emails or phone numbers at all. */
	readonly hasContacts: boolean;
}

/** Share that orders within 30 days without the message. */
export interface Baseline {
	readonly rate: Interval;
	/**
	 * `own`: of those who were in the segment on an earlier day; `shop`: of all customers in the last 30 days; `given`: what the
	 * user said.
	 */
	readonly from: 'own' | 'shop' | 'given';
}

/** How much of a segment the same definition gives on earlier days. */
export interface OverTime {
	/** Mean Jaccard; null where the history is too short, nobody was in it, or it was not or cannot be asked. */
	readonly jaccard: number | null;
	/** Mean distance of its profile on those days from today's, in deviations of all customers; null where it is not told. */
	readonly distance: number | null;
	/** The days that it is of, the oldest first. */
	readonly days: readonly Day[];
	/** Why it cannot be asked, in words; null where it can. */
	readonly problem: string | null;
}

/** What is known of a segment when it is graded. */
export interface PassportFacts {
	readonly segment: SegmentRef;
	readonly name: string;
	readonly customers: number;
	/** Of the whole shop. */
	readonly allCustomers: number;
	/** Null without amounts. */
	readonly shareOfRevenue: number | null;
	/** Only natural segments have these; null for others. */
	readonly natural: {
		/** Mean silhouette. */
		readonly silhouette: number;
		/** Mean Jaccard over bootstrap resamples, with the middle 95 %. */
		readonly jaccard: Interval;
		/** Mean best Jaccard under small changes; null while they have not been made. */
		readonly disturbed: { readonly noise: number; readonly subsample: number; readonly seed: number } | null;
		/** People who belong to no group. */
		readonly isNoise: boolean;
		/** False where customers stand apart no more than people without groups would, at any number of segments. */
		readonly hasGroups: boolean;
	} | null;
	/** What earlier days say; null for segments that are not asked of them, as RFM groups. */
	readonly overTime: OverTime | null;
	/** The worst four-fifths ratio of a feature's groups, and whether it is sure; null where nothing can be checked. */
	readonly fairness: { readonly label: string; readonly ratio: number; readonly isUneven: boolean } | null;
	readonly reach: Reach | null;
	readonly baseline: Baseline | null;
	/** The least rate that an experiment would find; null when none would. */
	readonly detectable: number | null;
	/** People without and with a message in that experiment. */
	readonly arms: readonly [control: number, treated: number];
	/** What will be done with it, in the user's words. */
	readonly plan: string | null;
}

/** One card per segment: what it is, every check with its rule, and the grade with the condition that failed first. */
export interface Passport extends PassportFacts {
	readonly checks: readonly Check[];
	readonly grade: Grade;
	/** The sentence of the condition that decides the grade, and what else falls short; for `trust` that of stability. Then advice. */
	readonly reason: string;
}
