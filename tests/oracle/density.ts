import { readFileSync } from 'node:fs';

/** What `make-density.py` stored of one table: labels are −1 for noise. */
export interface DensityOracle {
	readonly rows: readonly (readonly number[])[];
	readonly dbscan: readonly {
		readonly eps: number;
		readonly minPoints: number;
		readonly labels: readonly number[];
	}[];
	readonly hdbscan: readonly {
		readonly minPoints: number;
		readonly minClusterSize: number;
		readonly labels: readonly number[];
		readonly strengths: readonly number[];
		readonly stabilities: readonly number[];
	}[];
}

export const densities = JSON.parse(
	readFileSync(new URL('density.json', import.meta.url), 'utf8')
) as Readonly<Record<string, DensityOracle>>;
