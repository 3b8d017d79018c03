import type { Interval } from './wilson.ts';

/** More degrees of freedom than this count as this: it is the normal distribution to seven digits. */
const NORMAL_FROM = 1e8;
const MOST_STEPS = 10_000;
const TINY = 1e-300;

/**
 * A mean with its 95 % interval: mean ± t·s/√n with n − 1 degrees of freedom (Student 1908). It leans on the means of
 * many such samples being normal, which for the long-tailed money of a few people is only nearly so. Below two values
 * there is no interval: both ends are NaN. O(1).
 *
 * @param deviation of the sample: divided by n − 1
 */
export function meanInterval(count: number, mean: number, deviation: number): Interval {
	if (count < 2) return { value: mean, low: NaN, high: NaN };
	const half = (studentQuantile(0.975, count - 1) * deviation) / Math.sqrt(count);
	return { value: mean, low: mean - half, high: mean + half };
}

/**
 * The point below which a share `p` of Student's t distribution lies, by halving: exact to about 1e-12.
 * @param p above 0 and below 1
 */
export function studentQuantile(p: number, freedom: number): number {
	if (!(p > 0 && p < 1) || !(freedom > 0)) throw new RangeError(`no t quantile for ${p} and ${freedom}`);
	if (p < 0.5) return -studentQuantile(1 - p, freedom);
	let high = 1;
	while (studentCdf(high, freedom) < p) high *= 2;
	let low = high === 1 ? 0 : high / 2;
	while (high - low > 1e-13 * high) {
		const middle = (low + high) / 2;
		if (middle === low || middle === high) break;
		if (studentCdf(middle, freedom) < p) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

/**
 * The share of Student's t distribution below `t`: 1 − I(ν/(ν + t²); ν/2, 1/2)/2 for t ≥ 0, with I the regularized
 * incomplete beta function (NIST Digital Library of Mathematical Functions, §8.17).
 */
export function studentCdf(t: number, freedom: number): number {
	const square = t * t;
	const kept = Math.min(freedom, NORMAL_FROM);
	const tails = betaShare(kept / 2, square / (kept + square));
	return t < 0 ? tails / 2 : 1 - tails / 2;
}

/** I(1 − y; a, 1/2): `y` is given in place of x, for it keeps its digits where x is close to 1. */
function betaShare(a: number, y: number): number {
	if (y <= 0) return 1;
	if (y >= 1) return 0;
	const front = Math.exp(logGammaStep(a) - 0.5 * Math.log(Math.PI) + a * Math.log1p(-y) + 0.5 * Math.log(y));
	// The fraction converges fast on one side of the mean, and the other side follows from it.
	if (y > 1.5 / (a + 2.5)) return (front * betaFraction(a, 0.5, 1 - y)) / a;
	return 1 - (front * betaFraction(0.5, a, y)) / 0.5;
}

/** The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method. */
function betaFraction(a: number, b: number, x: number): number {
	let c = 1;
	let d = 1 / away(1 - ((a + b) * x) / (a + 1));
	let value = d;
	for (let m = 1; m <= MOST_STEPS; m += 1) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / away(1 + even * d);
		c = away(1 + even / c);
		value *= d * c;
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / away(1 + odd * d);
		c = away(1 + odd / c);
		value *= d * c;
		if (Math.abs(d * c - 1) < 1e-15) break;
	}
	return value;
}

/** Away from 0, by which Lentz's method divides. */
function away(value: number): number {
	return Math.abs(value) < TINY ? TINY : value;
}

/** ln Γ(a + 1/2) − ln Γ(a), by its series in 1/a (DLMF 5.11.13) after moving a up to 20. */
function logGammaStep(a: number): number {
	let at = a;
	let moved = 0;
	for (; at < 20; at += 1) moved += Math.log(at / (at + 0.5));
	const inverse = 1 / (at * at);
	return (
		moved +
		0.5 * Math.log(at) -
		(1 / 8 - inverse * (1 / 192 - inverse * (1 / 640 - inverse * (17 / 14_336)))) / at
	);
}
