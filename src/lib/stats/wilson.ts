/** An estimate with its interval. */
export interface Interval {
	readonly value: number;
	readonly low: number;
	readonly high: number;
}

/** The 97.5 % point of the normal distribution: 95 % lie within as many deviations. */
export const Z_95 = 1.959963984540054;

/**
 * A share with its 95 % score interval (Wilson 1927), which holds for few trials and for shares near 0 and 1:
 * (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n). No trials give 0 … 1 around NaN. O(1).
 *
 * @throws RangeError when there are more successes than trials
 */
export function wilson(successes: number, trials: number): Interval {
	if (successes < 0 || successes > trials) throw new RangeError(`${successes} successes of ${trials} trials`);
	if (trials === 0) return { value: NaN, low: 0, high: 1 };
	const value = successes / trials;
	const share = Z_95 ** 2 / trials;
	const centre = (value + share / 2) / (1 + share);
	const half = (Z_95 * Math.sqrt((value * (1 - value)) / trials + share / (4 * trials))) / (1 + share);
	return {
		value,
		low: successes === 0 ? 0 : centre - half,
		high: successes === trials ? 1 : centre + half
	};
}
