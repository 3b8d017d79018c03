import { midRanks } from './correlation.ts';
import { Z_95, type Interval } from './wilson.ts';

/**
 * The area under the ROC curve: how often a row of outcome 1 scores higher than one of outcome 0, ties counting half
 * (Mann & Whitney 1947). 0.5 is chance, 1 is perfect; NaN where all outcomes are alike. O(n log n).
 */
export function auc(scores: Float64Array, outcomes: ArrayLike<number>): number {
	return placedMean(placements(scores, outcomes), outcomes);
}

/** `auc` with its 95 % interval (DeLong, DeLong & Clarke-Pearson 1988), cut off at 0 and 1. O(n log n). */
export function aucInterval(scores: Float64Array, outcomes: ArrayLike<number>): Interval {
	const { value, low, high } = placedInterval(placements(scores, outcomes), outcomes);
	return { value, low: Math.max(0, low), high: Math.min(1, high) };
}

/**
 * What each row adds to the area: for outcome 1, the share of rows of outcome 0 that score lower; for outcome 0, the share
 * of rows of outcome 1 that score higher; ties count half. By ranks (Sun & Xu 2014). O(n log n).
 */
export function placements(scores: Float64Array, outcomes: ArrayLike<number>): Float64Array {
	const all = midRanks(scores);
	const own = [0, 1].map((outcome) =>
		midRanks(scores.map((score, i) => (outcomes[i] === outcome ? score : NaN)))
	);
	const counts = [0, 0];
	for (let i = 0; i < scores.length; i += 1) counts[outcomes[i] as number]! += 1;
	return Float64Array.from(all, (rank, i) => {
		const outcome = outcomes[i] as number;
		const below = (rank - (own[outcome]?.[i] as number)) / (counts[1 - outcome] as number);
		return outcome === 1 ? below : 1 - below;
	});
}

/** The mean of what the rows of outcome 1 add. For differences of placements this is the difference of the areas. */
export function placedMean(placed: Float64Array, outcomes: ArrayLike<number>): number {
	let [sum, count] = [0, 0];
	for (let i = 0; i < placed.length; i += 1) {
		if (outcomes[i] !== 1) continue;
		sum += placed[i] as number;
		count += 1;
	}
	return count === placed.length ? NaN : sum / count;
}

/**
 * The area that placements stand for, or the difference of two areas over the same rows where they are differences, with its
 * 95 % interval: the variance is that of the placements of each outcome, divided by how many there are (DeLong 1988).
 * With fewer than two rows of an outcome nothing is known: ± 1. O(n).
 */
export function placedInterval(placed: Float64Array, outcomes: ArrayLike<number>): Interval {
	const value = placedMean(placed, outcomes);
	let squaredError = 0;
	for (const outcome of [0, 1]) {
		const own = placed.filter((_, i) => outcomes[i] === outcome);
		const mean = own.reduce((sum, each) => sum + each, 0) / own.length;
		const squares = own.reduce((sum, each) => sum + (each - mean) ** 2, 0);
		squaredError += squares / (own.length - 1) / own.length;
	}
	const half = Number.isFinite(squaredError) ? Z_95 * Math.sqrt(squaredError) : 1;
	return { value, low: value - half, high: value + half };
}
