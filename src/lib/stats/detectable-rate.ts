import { studentQuantile } from './student-t.ts';

/** Two arms of an experiment, and how sure it has to be. */
export interface TwoArms {
	/** Share of the arm without the message that does it. */
	readonly baseline: number;
	/** People without and with the message. */
	readonly control: number;
	readonly treated: number;
	/** Two-sided share of false alarms, such as 0.05. */
	readonly alpha: number;
	/** Share of true differences that are found, such as 0.8. */
	readonly power: number;
}

/**
 * The least share above the baseline that an experiment of two arms would find (Fleiss, Statistical Methods for Rates and
 * Proportions, without continuity correction): the difference p₂ − p₁ at which
 *
 *   z(1 − α/2)·√(p̄(1 − p̄)(1/n₁ + 1/n₂)) + z(power)·√(p₁(1 − p₁)/n₁ + p₂(1 − p₂)/n₂), p̄ pooled
 *
 * is reached, by halving. Null when even everybody doing it would not be found, everybody does it anyway, or an arm is empty.
 *
 * @throws RangeError when the baseline is not from 0 to 1
 */
export function detectableRate({ baseline, control, treated, alpha, power }: TwoArms): number | null {
	if (!(baseline >= 0 && baseline <= 1)) throw new RangeError(`a baseline of ${baseline}, needed 0 to 1`);
	if (baseline === 1 || control < 1 || treated < 1) return null;
	const [zAlpha, zPower] = [studentQuantile(1 - alpha / 2, Infinity), studentQuantile(power, Infinity)];
	const isFound = (rate: number): boolean => {
		const pooled = (control * baseline + treated * rate) / (control + treated);
		const same = pooled * (1 - pooled) * (1 / control + 1 / treated);
		const apart = (baseline * (1 - baseline)) / control + (rate * (1 - rate)) / treated;
		return rate - baseline >= zAlpha * Math.sqrt(same) + zPower * Math.sqrt(apart);
	};
	if (!isFound(1)) return null;
	let [low, high] = [baseline, 1];
	while (high - low > 1e-9) {
		const middle = (low + high) / 2;
		if (isFound(middle)) high = middle;
		else low = middle;
	}
	return high;
}
