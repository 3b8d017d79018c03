/**
 * The largest value of each class but the last when ascending numbers are parted into classes of least squared distance
 * to the class means: optimal classes of one variable (Fisher 1958, Journal of the American Statistical Association 53),
 * known from maps as Jenks natural breaks. Exact, by dynamic programming whose rows are filled by divide and conquer,
 * since the best last class never begins further left for a longer prefix (Wang & Song 2011, The R Journal 3/2).
 * O(classes · n · log n). Among equally good classes those with the lower breaks win.
 *
 * @param values ascending, each once
 * @param weights how many times each value counts, over 0; without them once
 * @returns `classes − 1` breaks, or fewer where there are fewer values than classes
 * @throws RangeError unless there is at least one class
 */
export function naturalBreaks(
	values: ArrayLike<number>,
	classes: number,
	weights?: ArrayLike<number>
): number[] {
	if (!(classes >= 1)) throw new RangeError(`invalid classes: ${classes}, expected at least 1`);
	const n = values.length;
	const rows = Math.min(classes, n);
	if (rows <= 1) return [];
	const spread = squaredDistances(values, weights);
	let costs = Float64Array.from({ length: n }, (_, last) => spread(0, last));
	/** `starts[k][i]`: where the last of k + 2 classes of the values up to i begins. */
	const starts: Int32Array[] = [];
	for (let k = 1; k < rows; k += 1) {
		const row = { costs: new Float64Array(n).fill(Infinity), starts: new Int32Array(n) };
		fillRow(row, costs, spread, { from: k, to: n - 1, low: k, high: n - 1 });
		costs = row.costs;
		starts.push(row.starts);
	}
	const breaks: number[] = [];
	let last = n - 1;
	for (const row of starts.toReversed()) {
		last = (row[last] as number) - 1;
		breaks.unshift(values[last] as number);
	}
	return breaks;
}

/** The least cost and the start of the last class, for the values up to each index. */
interface CostRow {
	readonly costs: Float64Array;
	readonly starts: Int32Array;
}

/** Indices still to be filled, and between which the last class of each begins. */
interface Range {
	readonly from: number;
	readonly to: number;
	readonly low: number;
	readonly high: number;
}

/** Fills a row: the middle of a range first, whose start bounds those of both halves. */
function fillRow(
	row: CostRow,
	before: Float64Array,
	spread: (from: number, to: number) => number,
	{ from, to, low, high }: Range
): void {
	if (from > to) return;
	const middle = (from + to) >> 1;
	let best = low;
	let cost = Infinity;
	for (let start = low; start <= Math.min(middle, high); start += 1) {
		const candidate = (before[start - 1] as number) + spread(start, middle);
		if (candidate < cost) [best, cost] = [start, candidate];
	}
	row.costs[middle] = cost;
	row.starts[middle] = best;
	fillRow(row, before, spread, { from, to: middle - 1, low, high: best });
	fillRow(row, before, spread, { from: middle + 1, to, low: best, high });
}

/** The squared distances to the mean of the values between two indices, from running sums around the mean of all. */
function squaredDistances(
	values: ArrayLike<number>,
	weights: ArrayLike<number> | undefined
): (from: number, to: number) => number {
	const n = values.length;
	const weightOf = (i: number) => weights?.[i] ?? 1;
	let [total, sum] = [0, 0];
	for (let i = 0; i < n; i += 1) {
		total += weightOf(i);
		sum += weightOf(i) * (values[i] as number);
	}
	const mean = sum / total;
	const [counts, sums, squares] = [new Float64Array(n + 1), new Float64Array(n + 1), new Float64Array(n + 1)];
	for (let i = 0; i < n; i += 1) {
		const value = (values[i] as number) - mean;
		counts[i + 1] = (counts[i] as number) + weightOf(i);
		sums[i + 1] = (sums[i] as number) + weightOf(i) * value;
		squares[i + 1] = (squares[i] as number) + weightOf(i) * value * value;
	}
	const between = (running: Float64Array, from: number, to: number) =>
		(running[to + 1] as number) - (running[from] as number);
	return (from, to) => {
		const inClass = between(sums, from, to);
		return Math.max(0, between(squares, from, to) - (inClass * inClass) / between(counts, from, to));
	};
}
