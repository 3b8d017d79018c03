/**
 * A quantile of ascending numbers, by linear interpolation between order statistics: type 7 of Hyndman & Fan (1996),
 * the default of NumPy, R and spreadsheets. With h = (n − 1)·p the value is x[⌊h⌋] + (h − ⌊h⌋)·(x[⌊h⌋ + 1] − x[⌊h⌋]).
 * O(1). Empty input gives NaN; one number is every quantile of itself.
 *
 * @throws RangeError when `probability` lies outside 0 … 1
 */
export function quantileSorted(ascending: ArrayLike<number>, probability: number): number {
	if (!(probability >= 0 && probability <= 1)) {
		throw new RangeError(`invalid probability: ${probability}, expected 0 to 1`);
	}
	const last = ascending.length - 1;
	if (last < 0) return NaN;
	const position = last * probability;
	const below = Math.floor(position);
	const low = ascending[below] as number;
	const high = ascending[Math.min(below + 1, last)] as number;
	return low + (position - below) * (high - low);
}

/** Quantiles of numbers in any order, as `quantileSorted`; the input is left alone. O(n log n). */
export function quantiles(values: ArrayLike<number>, probabilities: readonly number[]): number[] {
	const ascending = Float64Array.from(values).sort();
	return probabilities.map((probability) => quantileSorted(ascending, probability));
}

/**
 * The middle of the numbers, or the mean of the two middle ones: their 50 % quantile. The input is left alone.
 * O(n), by selection instead of sorting (Hoare 1961). Empty input gives NaN, and so does a NaN among the numbers.
 */
export function median(values: ArrayLike<number>): number {
	const copy = Float64Array.from(values);
	for (let i = 0; i < copy.length; i += 1) if (Number.isNaN(copy[i])) return NaN;
	if (copy.length === 0) return NaN;
	const middle = copy.length >> 1;
	select(copy, middle);
	const high = copy[middle] as number;
	if (copy.length % 2 === 1) return high;
	let low = -Infinity;
	for (let i = 0; i < middle; i += 1) low = Math.max(low, copy[i] as number);
	return low + (high - low) / 2;
}

/** Reorders so that the n-th number is in its sorted place, none larger before it. */
function select(values: Float64Array, n: number): void {
	let [low, high] = [0, values.length - 1];
	while (low < high) {
		const pivot = values[(low + high) >> 1] as number;
		let [i, j] = [low, high];
		while (i <= j) {
			while ((values[i] as number) < pivot) i += 1;
			while ((values[j] as number) > pivot) j -= 1;
			if (i > j) break;
			const value = values[i] as number;
			values[i++] = values[j] as number;
			values[j--] = value;
		}
		if (n <= j) high = j;
		else if (n >= i) low = i;
		else return;
	}
}
