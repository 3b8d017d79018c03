import { readFileSync } from 'node:fs';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';

interface Run {
	readonly tolerance: number;
	readonly iterations: number;
	readonly inertia: number;
	readonly centroids: readonly (readonly number[])[];
	readonly labels: readonly number[];
}

interface Indices {
	readonly silhouette: number;
	readonly calinskiHarabasz: number;
	readonly daviesBouldin: number;
}

/** What `make.py` stored of one small table, 120 rows of four overlapping blobs. */
export interface SmallOracle {
	readonly rows: readonly (readonly number[])[];
	readonly weights: readonly number[];
	readonly start: readonly (readonly number[])[];
	readonly runs: readonly Run[];
	readonly weightedRun: Run;
	readonly indices: Indices;
	readonly silhouetteSamples: readonly number[];
	readonly otherLabels: readonly number[];
	readonly otherIndices: Indices;
	readonly adjustedRand: number;
	readonly probabilities: readonly number[];
	readonly quantiles: readonly number[];
	readonly standard: readonly (readonly number[])[];
	readonly log1pStandard: readonly (readonly number[])[];
	readonly pca: {
		readonly eigenvalues: readonly number[];
		readonly ratios: readonly number[];
		readonly loadings: readonly (readonly number[])[];
	};
}

export const small = JSON.parse(
	readFileSync(new URL('clustering-small.json', import.meta.url), 'utf8')
) as SmallOracle;

/** A matrix from rows of equal length. */
export function fromRows(rows: readonly (readonly number[])[]): Matrix {
	return fromColumns((rows[0] ?? []).map((_, c) => rows.map((row) => row[c] as number)));
}

/** The largest absolute difference between two lists of numbers. */
export function farthest(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
	if (actual.length !== expected.length) return Infinity;
	return Array.from(actual).reduce(
		(most, value, i) => Math.max(most, Math.abs(value - (expected[i] as number))),
		0
	);
}
