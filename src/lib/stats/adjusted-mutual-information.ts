import { clusterSizes, contingency, type Labeling } from './labeling.ts';

/**
 * How much two labelings tell of each other beyond chance: 1 for the same partition, 0 on average for unrelated ones of
 * the same sizes (Vinh, Epps & Bailey 2010; scikit-learn's `adjusted_mutual_info_score`).
 *
 *   (I − E) / ((H(a) + H(b)) / 2 − E)
 *
 * E is the mean information of labelings with these sizes. Two labelings with one cluster each agree: 1.
 * O(n · least number of clusters) at worst.
 *
 * @throws RangeError when the labelings differ in length
 */
export function adjustedMutualInformation(first: Labeling, second: Labeling): number {
	const counts = contingency(first, second);
	const rowCount = first.labels.length;
	const ofFirst = clusterSizes(first);
	const ofSecond = clusterSizes(second);
	const [h1, h2] = [entropy(ofFirst, rowCount), entropy(ofSecond, rowCount)];
	if (h1 === 0 && h2 === 0) return 1;
	const information = Math.max(0, h1 + h2 - entropy(counts, rowCount));
	const expected = expectedInformation(ofFirst, ofSecond, rowCount);
	const most = (h1 + h2) / 2 - expected;
	// Rounding may leave a little of either sign where there is nothing.
	return Math.abs(most) < 1e-15 ? 0 : (information - expected) / most;
}

/** −Σ p · ln p over the occupied cells. */
function entropy(counts: Int32Array, rowCount: number): number {
	let sum = 0;
	for (const count of counts) if (count > 0) sum -= (count / rowCount) * Math.log(count / rowCount);
	return sum;
}

/** The mean of the information over all tables with these margins: each cell is hypergeometric. */
function expectedInformation(ofFirst: Int32Array, ofSecond: Int32Array, n: number): number {
	const logFactorials = new Float64Array(n + 1);
	for (let i = 1; i <= n; i += 1) logFactorials[i] = (logFactorials[i - 1] as number) + Math.log(i);
	const ln = (i: number): number => logFactorials[i] as number;
	let sum = 0;
	for (const a of ofFirst) {
		for (const b of ofSecond) {
			const margins = ln(a) + ln(b) + ln(n - a) + ln(n - b) - ln(n);
			for (let both = Math.max(1, a + b - n); both <= Math.min(a, b); both += 1) {
				const chance = Math.exp(margins - ln(both) - ln(a - both) - ln(b - both) - ln(n - a - b + both));
				sum += (both / n) * Math.log((n * both) / (a * b)) * chance;
			}
		}
	}
	return sum;
}
