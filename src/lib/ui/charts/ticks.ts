import { ticks } from 'd3';

/** Ages people think in: a day, a week, a month, a quarter, half a year, … Candidates for an axis of days. */
export const DAY_TICKS: readonly number[] = [1, 7, 30, 90, 180, 365, 730, 1095, 1825, 3650];

/** Round ticks of a linear axis, at most `most`. */
export function linearTicks(lo: number, hi: number, most = 6): number[] {
	for (let count = most; count > 0; count -= 1) {
		const found = ticks(lo, hi, count);
		if (found.length <= most) return found;
	}
	return [];
}

/** Ticks of an axis of counts from 0, at most `most`: whole numbers, for there is no half a row. */
export function countTicks(hi: number, most = 6): number[] {
	return linearTicks(0, hi, most).filter((tick) => Number.isInteger(tick));
}

/**
 * Round ticks of a logarithmic axis, at most `most`: powers of ten; with fewer than three of those, also
 * their 2 and 5 fold; within less than that, the ticks of a linear axis.
 */
export function logTicks(lo: number, hi: number, most = 6): number[] {
	if (!(lo > 0) || !(hi > lo)) return [];
	const decades = multiples(lo, hi, [1]);
	if (decades.length >= 3) return every(decades, Math.ceil(decades.length / most));
	for (const steps of [
		[1, 2, 5],
		[1, 3]
	]) {
		const found = multiples(lo, hi, steps);
		if (found.length >= 3 && found.length <= most) return found;
	}
	return decades.length === 2 ? decades : linearTicks(lo, hi, most);
}

/**
 * The ticks whose places lie at least `gap` pixels apart, the first always kept; given in rising order of
 * place.
 */
export function spaced(
	candidates: readonly number[],
	place: (value: number) => number,
	gap: number
): number[] {
	const kept: number[] = [];
	let last = -Infinity;
	for (const value of candidates) {
		const at = place(value);
		if (at - last < gap) continue;
		kept.push(value);
		last = at;
	}
	return kept;
}

function multiples(lo: number, hi: number, steps: readonly number[]): number[] {
	const found: number[] = [];
	for (let power = Math.floor(Math.log10(lo)); power <= Math.ceil(Math.log10(hi)); power += 1) {
		for (const step of steps) {
			// Dividing by a whole power keeps 0.001 exact, where 10 ** -3 may not be.
			const value = power < 0 ? step / 10 ** -power : step * 10 ** power;
			if (value >= lo && value <= hi) found.push(value);
		}
	}
	return found;
}

function every(values: readonly number[], step: number): number[] {
	return values.filter((_, i) => i % step === 0);
}
