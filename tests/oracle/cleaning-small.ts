import { readFileSync } from 'node:fs';

type Numbers = readonly (number | null)[];

/** What `make.py` stored for the operations on numbers; null is missing. */
export interface CleaningOracle {
	readonly neighbors: readonly {
		readonly name: string;
		readonly neighborCount: number;
		readonly rows: readonly Numbers[];
		readonly filled: readonly (readonly number[])[];
	}[];
	readonly powers: readonly {
		readonly name: string;
		readonly values: readonly number[];
		readonly skew: number;
		readonly yeoJohnson: { readonly lambda: number; readonly values: readonly number[] };
		readonly boxCox?: { readonly lambda: number; readonly values: readonly number[]; readonly skew: number };
	}[];
	readonly outliers: readonly {
		readonly name: string;
		readonly values: readonly number[];
		/** At 1, 5, 50, 95 and 99 %. */
		readonly quantiles: readonly number[];
		/** Cut at 5 and 95 %. */
		readonly clipped: readonly number[];
		/** By 1.5 quartile ranges. */
		readonly outsideQuartiles: readonly boolean[];
		readonly robustZ: readonly number[];
	}[];
}

export const cleaning = JSON.parse(
	readFileSync(new URL('cleaning-small.json', import.meta.url), 'utf8')
) as CleaningOracle;
