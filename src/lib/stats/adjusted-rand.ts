import { clusterSizes, contingency, type Labeling } from './labeling.ts';

/**
 * The adjusted Rand index: how well two labelings agree on which rows belong together, 1 for the same partition and 0 on
 * average for unrelated ones (Hubert & Arabie 1985; scikit-learn's `adjusted_rand_score`).
 *
 *   (Σ C(n_ab, 2) − E) / ((Σ C(a, 2) + Σ C(b, 2)) / 2 − E), E = Σ C(a, 2) · Σ C(b, 2) / C(n, 2)
 *
 * Two labelings that both put all rows together, or both apart, agree: 1. O(n + k·k).
 *
 * @throws RangeError when the labelings differ in length
 */
export function adjustedRand(first: Labeling, second: Labeling): number {
	const together = pairs(contingency(first, second));
	const inFirst = pairs(clusterSizes(first));
	const inSecond = pairs(clusterSizes(second));
	const rowCount = first.labels.length;
	const all = (rowCount * (rowCount - 1)) / 2;
	const expected = all === 0 ? 0 : (inFirst * inSecond) / all;
	const most = (inFirst + inSecond) / 2;
	return most === expected ? 1 : (together - expected) / (most - expected);
}

function pairs(counts: Int32Array): number {
	let sum = 0;
	for (const count of counts) sum += (count * (count - 1)) / 2;
	return sum;
}
