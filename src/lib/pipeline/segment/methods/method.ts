import type { z } from 'zod';
import type { Notice } from '#lib/core/errors.ts';
import type { Matrix } from '#lib/core/matrix.ts';

/** What every method returns: plain data, so that it can cross a worker boundary. */
export interface Clustering {
	/** One label per row, 0 … clusterCount − 1. */
	readonly labels: Uint8Array;
	/** At most what was asked for; less when there are fewer different rows. Every cluster has rows. */
	readonly clusterCount: number;
	/** clusterCount × d. */
	readonly centroids: Matrix;
	/** Sum of squared distances of the rows to their centroids. */
	readonly inertia: number;
	readonly iterations: number;
	readonly notices: readonly Notice[];
}

export interface FitContext {
	readonly seed: number;
	/** Told how much is done, rising from 0 to 1 and ending at 1. */
	readonly onProgress: (share: number) => void;
}

/**
 * Learns a clustering from scaled rows: the same arguments give the same labels.
 *
 * @throws `segment.missing-values` when a value is not a finite number, `segment.too-few-customers` without rows
 */
export type Fit<Params> = (
	data: Matrix,
	params: Params,
	context: FitContext
) => Clustering | Promise<Clustering>;

interface MethodWords {
	/** Stable: recipes carry it. */
	readonly id: string;
	readonly label: string;
	/** One or two sentences in plain words. */
	readonly explain: string;
}

interface MethodDefinition<Schema extends z.ZodType> extends MethodWords {
	/** Has a default for everything; knows at least `clusterCount`, ignores what it does not know. */
	readonly params: Schema;
	/** The numeric code, a chunk of its own: forms and recipes read `params` without it. */
	readonly load: () => Promise<Fit<z.output<Schema>>>;
}

/** A clustering method as the registry lists it. */
export interface Method extends MethodWords {
	readonly params: z.ZodType;
	/** Loads the numeric code, checks the parameters, fits. */
	readonly fit: (data: Matrix, params: unknown, context: FitContext) => Promise<Clustering>;
}

/** Makes a method: its parameters are typed inside and checked at the border. */
export function defineMethod<Schema extends z.ZodType>(definition: MethodDefinition<Schema>): Method {
	const { load, ...words } = definition;
	return {
		...words,
		fit: async (data, params, context) => (await load())(data, definition.params.parse(params), context)
	};
}
