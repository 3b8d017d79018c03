/** The bars of a histogram: which one each customer is counted in. */
export interface Dimension {
	readonly column: string;
	/** By `idx`; `NO_BAR` for who has no value. */
	readonly bars: Uint8Array;
	readonly barCount: number;
}

/** The bar of who has no value. */
export const NO_BAR = 255;

/**
 * The bar of each value: above the lower edge and not above the upper one; what lies beyond the edges is in the bar at that
 * end.
 *
 * @param edges rising, one more than there are bars; at most 255 of those
 */
export function barsOf(values: ArrayLike<number>, edges: readonly number[]): Uint8Array {
	const barCount = Math.max(1, edges.length - 1);
	const bars = new Uint8Array(values.length);
	for (let row = 0; row < values.length; row += 1) {
		const value = values[row] as number;
		bars[row] = Number.isNaN(value) ? NO_BAR : barOf(value, edges, barCount);
	}
	return bars;
}

function barOf(value: number, edges: readonly number[], barCount: number): number {
	let [low, high] = [0, barCount - 1];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (value <= (edges[middle + 1] as number)) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Who passes one filter: 1, else 0; by `idx`. */
export type Passes = Uint8Array;

/** How many of some filters each customer fails. */
export function failuresOf(count: number, filters: readonly Passes[]): Uint8Array {
	const failures = new Uint8Array(count);
	for (const passes of filters) {
		for (let row = 0; row < count; row += 1)
			failures[row] = (failures[row] as number) + 1 - (passes[row] as number);
	}
	return failures;
}

/** Who fails none: 1, else 0. */
export function passingAll(failures: Uint8Array): Uint8Array {
	const mask = new Uint8Array(failures.length);
	for (let row = 0; row < failures.length; row += 1) mask[row] = failures[row] === 0 ? 1 : 0;
	return mask;
}

/**
 * Customers in each bar who pass all filters but those on the bars themselves: what a histogram shows while it is brushed, so
 * that its brush can be moved to where people are.
 *
 * @param own the filters, among those that `failures` counts, that were drawn on this histogram
 */
export function countBars(
	{ bars, barCount }: Dimension,
	failures: Uint8Array,
	own: readonly Passes[] = []
): number[] {
	const counts = new Uint32Array(NO_BAR + 1);
	for (let row = 0; row < bars.length; row += 1) {
		let failed = failures[row] as number;
		for (const passes of own) failed += (passes[row] as number) - 1;
		if (failed === 0) counts[bars[row] as number] = (counts[bars[row] as number] as number) + 1;
	}
	return Array.from(counts.subarray(0, barCount));
}
