import { readFileSync } from 'node:fs';

/** What `make-drivers.py` stored. */
export interface DriversOracle {
	readonly pairs: {
		readonly x: readonly number[];
		readonly y: readonly number[];
		readonly outcome: readonly number[];
		readonly pearson: number;
		readonly spearman: number;
		readonly ranks: readonly number[];
		readonly bins: readonly number[];
		readonly mutualInformation: number;
		readonly mutualInformationOfNumbers: number;
		readonly auc: number;
	};
	readonly forests: {
		readonly columns: readonly (readonly number[])[];
		readonly answer: readonly number[];
		readonly number: readonly number[];
		/** Least and most over five seeds. */
		readonly auc: readonly [number, number];
		readonly accuracy: readonly [number, number];
		readonly r2: readonly [number, number];
		/** Columns by falling importance. */
		readonly order: { readonly answer: readonly number[]; readonly number: readonly number[] };
	};
}

export const { pairs, forests } = JSON.parse(
	readFileSync(new URL('drivers.json', import.meta.url), 'utf8')
) as DriversOracle;
