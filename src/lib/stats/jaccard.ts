import { clusterSizes, contingency, type Labeling } from './labeling.ts';

/**
 * For each cluster of the first labeling, its best Jaccard similarity with a cluster of the second: shared rows divided
 * by rows in either, from 0 to 1 (Hennig 2007, the similarity of `clusterboot` in the R package fpc). NaN for a cluster
 * of the first without rows. O(n + k·k).
 *
 * @throws RangeError when the labelings differ in length
 */
export function bestJaccard(first: Labeling, second: Labeling): Float64Array {
	const shared = contingency(first, second);
	const own = clusterSizes(first);
	const other = clusterSizes(second);
	return Float64Array.from(own, (size, a) => {
		if (size === 0) return NaN;
		let best = 0;
		for (let b = 0; b < second.clusterCount; b += 1) {
			const both = shared[a * second.clusterCount + b] as number;
			best = Math.max(best, both / (size + (other[b] as number) - both));
		}
		return best;
	});
}
