import type { Day } from '#lib/core/days.ts';
import type { Matrix } from '#lib/core/matrix.ts';
import type { FeatureFamily, FeatureUnit } from '#lib/pipeline/features/schema.ts';
import type { Interval } from '#lib/stats/wilson.ts';

/** What customers can do after a past day: buy again, spend, click in a message that was sent to them. */
export const OUTCOMES = ['repeat', 'value', 'response'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How many days customers are followed. */
export const HORIZONS = [30, 60, 90] as const;
export type Horizon = (typeof HORIZONS)[number];

/** A feature whose value is missing for more than this share of customers is not trusted to speak for all. */
export const MOST_MISSING = 0.2;
/** From this |Spearman| on, features are near-copies. */
export const COPY_AT = 0.9;
/** A feature that tells an outcome this well on its own (area under the ROC curve, or |Spearman|) tells too much. */
export const LEAK_AT = 0.95;
/** Of more customers than this a sample is weighed. */
export const MOST_ROWS = 50_000;
/** Fewer customers than this on either side of an outcome tell nothing. */
export const LEAST_EACH = 20;
/** Most features of a short list. */
export const SHORT_LIST = 6;

/** A request for how well columns tell an outcome. */
export interface ImportanceInput {
	/** One row per customer, one column per feature; NaN is missing. */
	readonly data: Matrix;
	/** What is to be told, per row: 0 and 1, or a number. */
	readonly outcome: Float64Array;
	/** The outcome as it is shown by tenths: money, where `outcome` is its logarithm. */
	readonly shown: Float64Array;
	readonly isBinary: boolean;
	/** Of more rows a sample is taken. */
	readonly mostRows: number;
	readonly seed: number;
}

/** Customers whose value of a feature lies in a tenth of all values, and their outcome. */
export interface Tenth {
	/** Least and largest value; null for those who have none. */
	readonly from: number | null;
	readonly to: number | null;
	readonly customers: number;
	/** Share with the outcome (Wilson) or mean of the number, with its 95 % interval. */
	readonly outcome: Interval;
}

/** What a column tells of the outcome. */
export interface ColumnImportance {
	/** Share of rows without a value. */
	readonly missing: number;
	readonly isConstant: boolean;
	/** On its own: area under the ROC curve of an outcome of 0 and 1, at least 0.5; else |Spearman|. NaN when constant. */
	readonly alone: number;
	/** It tells too much on its own: it took no part in the forest. */
	readonly isLeak: boolean;
	readonly pearson: Interval;
	readonly spearman: Interval;
	/** Of its tenths and the outcome, or tenths of the outcome. */
	readonly information: { readonly bits: number; readonly share: number };
	/** What is lost when its values are dealt out anew; null where it took no part. */
	readonly importance: Interval | null;
	readonly tenths: readonly Tenth[];
}

export interface ImportanceOutput {
	/** Rows that were weighed: all, or the sample. */
	readonly rows: number;
	/** Rows that predictions were judged on. */
	readonly judged: number;
	/** AUC, or R². */
	readonly skill: Interval;
	readonly columns: readonly ColumnImportance[];
	/** Near-copies, two or more columns each, shuffled together. */
	readonly copies: readonly { readonly columns: readonly number[]; readonly importance: Interval }[];
	/** The importance of a column of random numbers. */
	readonly probe: Interval;
	/** Correlations of all pairs of columns. */
	readonly pearson: Matrix;
	readonly spearman: Matrix;
}

/** Why a feature is on the short list, or not. */
export type Verdict =
	| { readonly kind: 'listed' }
	| {
			/** `shared`: alone it tells something, beside the others nothing more; `chance`: alone it tells nothing either. */
			readonly kind: 'leak' | 'constant' | 'chance' | 'shared' | 'sensitive' | 'missing' | 'beyond';
	  }
	/** Another of the near-copies speaks for it. */
	| { readonly kind: 'copy'; readonly of: string };

/** A feature and what it tells. */
export interface Driver extends ColumnImportance {
	readonly id: string;
	readonly label: string;
	readonly unit: FeatureUnit;
	readonly family: FeatureFamily;
	readonly isSensitive: boolean;
	readonly verdict: Verdict;
}

/** Features that say the same, or one that stands alone. */
export interface DriverUnit {
	/** The one that speaks for them comes first. */
	readonly features: readonly string[];
	/** Why it does: it tells most, or those that tell more are missing for many, or sensitive; null where it stands alone. */
	readonly because: 'tells-most' | 'less-missing' | 'not-sensitive' | null;
	readonly importance: Interval;
	/** It is lost for certain, and more than the random column could be. */
	readonly isAboveChance: boolean;
}

/** Why a feature took no part. */
export interface LeftOut {
	readonly id: string;
	readonly label: string;
	readonly why: 'constant' | 'own' | 'text' | 'unavailable';
	/** What the files lack; empty where that is not why. */
	readonly needs: readonly string[];
}

/** Why nothing can be said. */
export type DriversLack =
	| {
			readonly kind: 'history';
			readonly first: Day;
			readonly last: Day;
			readonly days: number;
			readonly needed: number;
	  }
	| { readonly kind: 'amounts' }
	| { readonly kind: 'sends' }
	/** Too few customers had the outcome, or had it not. */
	| {
			readonly kind: 'few';
			readonly customers: number;
			readonly withOutcome: number;
			readonly needed: number;
	  }
	/** No feature differs between customers. */
	| { readonly kind: 'features' };

/** Days of a look back: features as known at the start of `day`, outcomes from then until the day before `until`. */
export interface LookBack {
	readonly outcome: Outcome;
	readonly horizon: Horizon;
	readonly day: Day;
	readonly until: Day;
}

/** What matters for an outcome. Plain data. */
export interface DriversResult extends LookBack {
	readonly kind: 'found';
	/** People with an order before `day`; of response, those of them who were sent a message. */
	readonly customers: number;
	readonly withOutcome: number;
	/** Share with the outcome (Wilson), or the mean spend. */
	readonly base: Interval;
	readonly weighed: number;
	readonly judged: number;
	readonly isBinary: boolean;
	readonly skill: Interval;
	readonly probe: Interval;
	/** By falling importance; those that took no part last. */
	readonly drivers: readonly Driver[];
	/** By falling importance. */
	readonly units: readonly DriverUnit[];
	/** Ids of features. */
	readonly shortList: readonly string[];
	readonly leftOut: readonly LeftOut[];
	/** Correlations of the most important features: their ids, and both matrices. */
	readonly top: { readonly ids: readonly string[]; readonly pearson: Matrix; readonly spearman: Matrix };
}

export type DriversAnswer =
	DriversResult | { readonly kind: 'lacking'; readonly outcome: Outcome; readonly lack: DriversLack };

/*
 * features.drivers  one row per customer with an order before the day of the look back: idx, customer_id, and a column for
 *                   every feature that the files could tell then
 */
