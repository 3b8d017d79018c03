import { z } from 'zod';
import type { Notice } from '#lib/core/errors.ts';
import type { Matrix } from '#lib/core/matrix.ts';
import type { MethodDetails } from '../method-details.ts';

export type { MethodDetails };

/** A text feature: the level of each row, such as the favourite category. */
export interface CategoryColumn {
	/** Id of the feature. */
	readonly feature: string;
	/** One per row: an index into `levels`. */
	readonly codes: Int32Array;
	/** The different texts, by falling count, then by text. Customers without a value have the level “”. */
	readonly levels: readonly string[];
}

/** What is clustered: the same customers in the same order. */
export interface ClusterData {
	/** Scaled features, or their components: one row per customer. */
	readonly numbers: Matrix;
	/** Empty for methods that compare numbers alone. */
	readonly categories: readonly CategoryColumn[];
}

/** What every method returns: plain data, so that it can cross a worker boundary. */
export interface Clustering {
	/** One label per row, 0 … clusterCount − 1. */
	readonly labels: Uint8Array;
	/** At most what was asked for, less when there are fewer different rows; every cluster has rows. With noise one more. */
	readonly clusterCount: number;
	/** True when the last cluster is of rows that belong to none. */
	readonly hasNoise: boolean;
	/** clusterCount × d: the mean of the rows of each cluster. */
	readonly centroids: Matrix;
	/** Per cluster its level of each category column, as an index; empty without categories. */
	readonly modes: readonly (readonly number[])[];
	/** Sum of squared distances of the rows to their centroids. */
	readonly inertia: number;
	readonly iterations: number;
	/** How surely each row belongs to its own cluster, 0 to 1; null where the method does not say. */
	readonly confidence: Float64Array | null;
	/** What only this method knows. */
	readonly details: MethodDetails;
	readonly notices: readonly Notice[];
}

export interface FitContext {
	readonly seed: number;
	/** Told how much is done, rising from 0 to 1 and ending at 1. */
	readonly onProgress: (share: number) => void;
	/** True where more is wanted than labels need, such as the criterion of other shapes; most fits are for the labels alone. */
	readonly inDetail?: boolean;
	/**
	 * Which part of the rows these are, where they were drawn at random of more: parameters that count rows mean all of
	 * them. 1 by default.
	 */
	readonly share?: number;
}

/**
 * Learns a clustering from scaled rows: the same arguments give the same labels.
 *
 * @throws as `requireRows`; `segment.method-refused` where the method cannot work, with the reason
 */
export type Fit<Params> = (
	data: ClusterData,
	params: Params,
	context: FitContext
) => Clustering | Promise<Clustering>;

/** The parameter of methods that are told how many clusters to make; labels have room for no more. */
export const ClusterCount = z.int().min(1).max(250).default(4);

/** The parameter of methods that try different starts, of which the best is kept. */
export const InitCount = z.int().min(1).max(100).default(10);

interface MethodWords {
	/** Stable: recipes carry it. */
	readonly id: string;
	readonly label: string;
	/** One or two sentences in plain words. */
	readonly explain: string;
	/** `given`: it makes as many clusters as it is told, so that several numbers are tried; `found`: it finds the number. */
	readonly clusterCount: 'given' | 'found';
	/** True where several starts end in different places, of which the best is kept. */
	readonly hasStarts: boolean;
	/** What it makes of text features: nothing, compares them, or clusters inside each level of the first. */
	readonly categories: 'none' | 'compared' | 'stages';
}

interface MethodDefinition<Schema extends z.ZodType> extends MethodWords {
	/**
	 * Has a default for everything; ignores what it does not know. Methods that are given a number know `clusterCount`.
	 * What else it has is offered to the user, in words that its `meta({ title, description })` gives.
	 */
	readonly params: Schema;
	/** The numeric code, a chunk of its own: forms and recipes read `params` without it. */
	readonly load: () => Promise<{ readonly fit: Fit<z.output<Schema>> }>;
}

/** A clustering method as the registry lists it. */
export interface Method extends MethodWords {
	readonly params: z.ZodType;
	/** Loads the numeric code, checks the parameters, fits. */
	readonly fit: (data: ClusterData, params: unknown, context: FitContext) => Promise<Clustering>;
}

/** Makes a method: its parameters are typed inside and checked at the border. */
export function defineMethod<Schema extends z.ZodType>(definition: MethodDefinition<Schema>): Method {
	const { load, ...words } = definition;
	return {
		...words,
		fit: async (data, params, context) => (await load()).fit(data, definition.params.parse(params), context)
	};
}
