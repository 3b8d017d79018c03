import type { NumberTest } from './schema.ts';

/** Whether a number passes a test; null: there is none. The same as `numberTestSql` says. */
export function numberPasses(value: number | null, test: NumberTest): boolean {
	switch (test.op) {
		case 'known':
			return value !== null;
		case 'unknown':
			return value === null;
		case 'between':
			return value !== null && value >= test.from && value <= test.to;
		case 'ne':
			return value !== test.value;
		default:
			return value !== null && COMPARISONS[test.op](value, test.value);
	}
}

const COMPARISONS = {
	eq: (a: number, b: number) => a === b,
	lt: (a: number, b: number) => a < b,
	le: (a: number, b: number) => a <= b,
	gt: (a: number, b: number) => a > b,
	ge: (a: number, b: number) => a >= b
} as const;
