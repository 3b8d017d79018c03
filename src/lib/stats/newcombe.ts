import { wilson, type Interval } from './wilson.ts';

/**
 * The difference of two independent shares with its 95 % interval, from their score intervals (Newcombe 1998, Statistics in
 * Medicine 17, 873–890, method 10): d − √((p₁ − l₁)² + (u₂ − p₂)²) to d + √((u₁ − p₁)² + (p₂ − l₂)²). NaN without trials. O(1).
 *
 * @throws RangeError when there are more successes than trials
 */
export function shareDifference(first: Counted, second: Counted): Interval {
	const a = wilson(first.successes, first.trials);
	const b = wilson(second.successes, second.trials);
	const value = a.value - b.value;
	return {
		value,
		low: value - Math.hypot(a.value - a.low, b.high - b.value),
		high: value + Math.hypot(a.high - a.value, b.value - b.low)
	};
}

/** How many of how many. */
export interface Counted {
	readonly successes: number;
	readonly trials: number;
}
