import { quantileSorted } from './quantile.ts';

/**
 * Where numbers are cut into bins of about equal size: type-7 quantiles at 1/`binCount`, 2/`binCount` …, each once and
 * above the least number, ascending. Ties can make it fewer bins than asked. Numbers that are not finite do not count.
 * O(n log n).
 */
export function quantileEdges(values: Float64Array, binCount: number): Float64Array {
	const ascending = values.filter(Number.isFinite).sort();
	const edges: number[] = [];
	for (let bin = 1; bin < binCount && ascending.length > 0; bin += 1) {
		const edge = quantileSorted(ascending, bin / binCount);
		if (edge > (edges.at(-1) ?? (ascending[0] as number))) edges.push(edge);
	}
	return Float64Array.from(edges);
}

/**
 * The bin of each number: how many edges are not above it, so equal numbers are always together. Numbers that are not
 * finite have a bin of their own, the last: `edges.length + 1`. O(n log edges).
 *
 * @throws RangeError when there are more than 255 bins
 */
export function binByEdges(values: Float64Array, edges: Float64Array): Uint8Array {
	if (edges.length > 253) throw new RangeError(`${edges.length + 2} bins, expected at most 255`);
	const bins = new Uint8Array(values.length);
	for (let i = 0; i < values.length; i += 1) {
		const value = values[i] as number;
		bins[i] = Number.isFinite(value) ? edgesUpTo(edges, value) : edges.length + 1;
	}
	return bins;
}

function edgesUpTo(edges: Float64Array, value: number): number {
	let [low, high] = [0, edges.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((edges[middle] as number) <= value) low = middle + 1;
		else high = middle;
	}
	return low;
}
