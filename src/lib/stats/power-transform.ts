import { minimize } from './brent.ts';
import { mean, variance } from './moments.ts';

/*
 * Power transforms that make a skewed column more even, and their exponents by maximum likelihood: Box & Cox (1964),
 * Yeo & Johnson (2000), as SciPy and scikit-learn's PowerTransformer (without standardising) have them.
 */

/** Transforms that make a skewed column even. */
export const POWER_TRANSFORMS = ['log1p', 'box_cox', 'yeo_johnson'] as const;
export type PowerTransform = (typeof POWER_TRANSFORMS)[number];

/** (x^λ − 1) / λ, and ln x for λ = 0. Only for x > 0; NaN otherwise. */
export function boxCox(value: number, lambda: number): number {
	return value > 0 ? power(Math.log(value), lambda) : NaN;
}

/** Box-Cox of 1 + x with λ for x ≥ 0, and minus Box-Cox of 1 − x with 2 − λ below. Rises everywhere. NaN stays NaN. */
export function yeoJohnson(value: number, lambda: number): number {
	return value < 0 ? -power(Math.log1p(-value), 2 - lambda) : power(Math.log1p(value), lambda);
}

/** (e^(λ·l) − 1) / λ, which loses no digits near λ = 0. */
function power(logarithm: number, lambda: number): number {
	return lambda === 0 ? logarithm : Math.expm1(lambda * logarithm) / lambda;
}

/**
 * The exponent of Box-Cox for which −n/2 · ln var(y) + (λ − 1) · Σ ln x is largest, by Brent's search from −2 and 2, as
 * `scipy.stats.boxcox_normmax(method='mle')`. Powers are taken of x over its geometric mean, which changes nothing but
 * the size of the numbers. 1 when no two numbers differ. O(n) for each of some 30 steps.
 *
 * @throws RangeError when a number is not positive and finite
 */
export function boxCoxLambda(values: ArrayLike<number>): number {
	return evenLambda(
		Float64Array.from(values, (value) => {
			if (value > 0 && value < Infinity) return Math.log(value);
			throw new RangeError(`invalid value for Box-Cox: ${value}, expected a positive number`);
		})
	);
}

/**
 * The exponent of Yeo-Johnson for which −n/2 · ln var(y) + (λ − 1) · Σ sign(x) · ln(1 + |x|) is largest, by Brent's search
 * from −2 and 2, as scikit-learn's PowerTransformer. 1 when no two numbers differ. O(n) for each of some 30 steps.
 *
 * @throws RangeError when a number is not finite
 */
export function yeoJohnsonLambda(values: ArrayLike<number>): number {
	const logarithms = Float64Array.from(values, (value) => {
		if (Number.isFinite(value)) return value < 0 ? -Math.log1p(-value) : Math.log1p(value);
		throw new RangeError(`invalid value for Yeo-Johnson: ${value}, expected a finite number`);
	});
	// Of one sign it is Box-Cox of 1 + |x|, which stays exact where all numbers are large.
	if (logarithms.every((l) => l >= 0)) return evenLambda(logarithms);
	if (logarithms.every((l) => l <= 0)) return 2 - evenLambda(logarithms.map((l) => -l));
	const slope = 2 * mean(logarithms);
	const transformed = new Float64Array(logarithms.length);
	return minimize(
		(lambda) => {
			const largest = Math.max(0, largestExponent(logarithms, lambda, lambda - 2));
			logarithms.forEach((l, i) => {
				transformed[i] = l < 0 ? -powerOver(-l, 2 - lambda, largest) : powerOver(l, lambda, largest);
			});
			return logVariance(transformed, largest) - slope * (lambda - 1);
		},
		-2,
		2
	);
}

/** The exponent of Box-Cox for numbers given by their logarithms, which are changed. */
function evenLambda(logarithms: Float64Array): number {
	if (logarithms.every((l) => l === logarithms[0])) return 1;
	const centre = mean(logarithms);
	for (let i = 0; i < logarithms.length; i += 1) logarithms[i]! -= centre;
	const transformed = new Float64Array(logarithms.length);
	// Over the geometric mean the sum of logarithms is 0, and with it the second part of the likelihood.
	return minimize(
		(lambda) => {
			const largest = Math.max(0, largestExponent(logarithms, lambda, lambda));
			logarithms.forEach((l, i) => (transformed[i] = powerOver(l, lambda, largest)));
			return logVariance(transformed, largest);
		},
		-2,
		2
	);
}

/** The largest of `above`·l over l ≥ 0 and `below`·l over l < 0. */
function largestExponent(logarithms: Float64Array, above: number, below: number): number {
	let largest = -Infinity;
	for (let i = 0; i < logarithms.length; i += 1) {
		const l = logarithms[i] as number;
		largest = Math.max(largest, l < 0 ? below * l : above * l);
	}
	return largest;
}

/** From this exponent on powers are taken over the largest one, so that none is infinite. */
const LARGE_EXPONENT = 200;

/** `power`, over e^largest where that is large. */
function powerOver(logarithm: number, lambda: number, largest: number): number {
	if (largest < LARGE_EXPONENT) return power(logarithm, lambda);
	const unit = Math.exp(-largest);
	return lambda === 0 ? logarithm * unit : (Math.exp(lambda * logarithm - largest) - unit) / lambda;
}

/** Half of −2 / n times the first part of the likelihood: ln var, doubled back to the size it had before `powerOver`. */
function logVariance(transformed: Float64Array, largest: number): number {
	return Math.log(variance(transformed)) + (largest < LARGE_EXPONENT ? 0 : 2 * largest);
}
