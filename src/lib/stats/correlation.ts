import { Z_95, type Interval } from './wilson.ts';

/** The order of the numbers, ascending, as indices; numbers that are not finite are left out. O(n log n). */
export function ascendingOrder(values: Float64Array): Int32Array {
	const known: number[] = [];
	for (let i = 0; i < values.length; i += 1) if (Number.isFinite(values[i])) known.push(i);
	return Int32Array.from(known).sort((a, b) => (values[a] as number) - (values[b] as number));
}

/**
 * Mid-ranks from 1: equal numbers share the mean of their ranks, as `scipy.stats.rankdata` and R's `rank` have it. Numbers
 * that are not finite have NaN. O(n log n).
 */
export function midRanks(values: Float64Array): Float64Array {
	return ranksInOrder(values, ascendingOrder(values));
}

/**
 * Mid-ranks of numbers whose order is known, counting only those that `other`, another column of the same rows, has too.
 * The others have NaN. O(n).
 */
export function ranksInOrder(values: Float64Array, order: Int32Array, other?: Float64Array): Float64Array {
	const ranks = new Float64Array(values.length).fill(NaN);
	const counted = other === undefined ? order : order.filter((row) => Number.isFinite(other[row]));
	for (let from = 0; from < counted.length;) {
		const value = values[counted[from] as number];
		let to = from + 1;
		while (to < counted.length && values[counted[to] as number] === value) to += 1;
		for (let i = from; i < to; i += 1) ranks[counted[i] as number] = (from + 1 + to) / 2;
		from = to;
	}
	return ranks;
}

/**
 * The correlation of two columns (Pearson 1895): covariance divided by both deviations, from −1 to 1. Rows where either is
 * not finite are left out. Two passes, so that large means cost no digits. NaN where a column does not vary. O(n).
 */
export function pearson(x: Float64Array, y: Float64Array): number {
	const n = countPairs(x, y);
	let [meanX, meanY] = [0, 0];
	for (let i = 0; i < x.length; i += 1) {
		if (!isPair(x, y, i)) continue;
		meanX += (x[i] as number) / n;
		meanY += (y[i] as number) / n;
	}
	let [xx, yy, xy] = [0, 0, 0];
	for (let i = 0; i < x.length; i += 1) {
		if (!isPair(x, y, i)) continue;
		const dx = (x[i] as number) - meanX;
		const dy = (y[i] as number) - meanY;
		xx += dx * dx;
		yy += dy * dy;
		xy += dx * dy;
	}
	return xx > 0 && yy > 0 ? Math.min(1, Math.max(-1, xy / Math.sqrt(xx) / Math.sqrt(yy))) : NaN;
}

/**
 * The correlation of ranks (Spearman 1904), from −1 to 1: Pearson's of the mid-ranks of the rows where both are finite. It
 * asks only whether one rises with the other, so far-off values and curves do no harm. O(n log n).
 */
export function spearman(x: Float64Array, y: Float64Array): number {
	return pearson(ranksInOrder(x, ascendingOrder(x), y), ranksInOrder(y, ascendingOrder(y), x));
}

/** Rows where both columns are finite. O(n). */
export function countPairs(x: Float64Array, y: Float64Array): number {
	let count = 0;
	for (let i = 0; i < x.length; i += 1) if (isPair(x, y, i)) count += 1;
	return count;
}

/** The 95 % interval of Pearson's correlation: z = artanh r has deviation 1/√(n − 3) (Fisher 1921). */
export function pearsonInterval(r: number, pairs: number): Interval {
	return fisher(r, 1 / (pairs - 3));
}

/** The 95 % interval of Spearman's correlation: z = artanh r has variance (1 + r²/2)/(n − 3) (Bonett & Wright 2000). */
export function spearmanInterval(r: number, pairs: number): Interval {
	return fisher(r, (1 + r ** 2 / 2) / (pairs - 3));
}

/** Three pairs or fewer tell nothing: −1 … 1. */
function fisher(value: number, squaredError: number): Interval {
	if (!(squaredError > 0 && Number.isFinite(squaredError))) return { value, low: -1, high: 1 };
	if (Math.abs(value) === 1) return { value, low: value, high: value };
	const half = Z_95 * Math.sqrt(squaredError);
	return { value, low: Math.tanh(Math.atanh(value) - half), high: Math.tanh(Math.atanh(value) + half) };
}

function isPair(x: Float64Array, y: Float64Array, row: number): boolean {
	return Number.isFinite(x[row]) && Number.isFinite(y[row]);
}
