import type { Matrix } from '#lib/core/matrix.ts';
import type { DecisionTree } from '#lib/stats/decision-tree.ts';
import type { Interval } from '#lib/stats/wilson.ts';
import type { Scaler, Projection } from '../../segment/schema.ts';

/** How far a tree of rules may grow. */
export interface RuleLimits {
	readonly maxDepth: number;
	readonly maxLeaves: number;
	/** Splits that take away less impurity than this share are cut off. */
	readonly pruning: number;
}

/** A request for the tree that tells clusters apart. */
export interface RuleTreeInput {
	/** One row per customer, one finite column for each thing that rules may ask. */
	readonly data: Matrix;
	readonly labels: Uint8Array;
	readonly clusterCount: number;
	readonly limits: RuleLimits;
	/** Of more customers a sample is learned from; all of them are counted. */
	readonly mostRows: number;
	readonly seed: number;
}

/** A tree of rules, and how it does. */
export interface RuleTree {
	readonly tree: DecisionTree;
	/** The cluster whose rule holds of each customer. */
	readonly predicted: Uint8Array;
	/** Customers that it was learned from. */
	readonly learned: number;
	/** Of customers whom a tree like it had not seen, how many it gave their own cluster. */
	readonly unseen: { readonly right: number; readonly of: number };
}

/** A request for how far clusters lie from everyone else, column by column. */
export interface DistinctInput {
	/** The same customers in each; NaN is missing. */
	readonly columns: readonly Float64Array[];
	readonly labels: Uint8Array;
	readonly clusterCount: number;
}

/** How a column lies in one cluster. */
export interface DistinctValue {
	/** The chance that a member has more than somebody else, less the chance of having less: −1 to 1. */
	readonly delta: Interval;
	/** Median of those who have a value; of 0 and 1 the mean, which is a share. NaN where nobody has one. */
	readonly typical: number;
	readonly typicalOthers: number;
	/** Members with a value. */
	readonly told: number;
}

/** A request for the cluster that each customer is nearest to besides their own. */
export interface NeighboursInput {
	/** Unscaled: one row per customer, one column per feature that was compared. */
	readonly data: Matrix;
	readonly scaler: Scaler;
	readonly projection: Projection | null;
	/** Per cluster its centre in the space that was compared; null for the people of no group. */
	readonly centres: readonly (readonly number[] | null)[];
	readonly labels: Uint8Array;
}

export interface Neighbours {
	/** The nearest cluster that is not their own; 255 where there is none. */
	readonly next: Uint8Array;
	/** 1 where it is at most a tenth farther than the own one. */
	readonly isBetween: Uint8Array;
}
