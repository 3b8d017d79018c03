import { ascendingOrder } from './correlation.ts';
import type { Labeling } from './labeling.ts';
import { Z_95, type Interval } from './wilson.ts';

/**
 * How far the values of each cluster lie from those of everyone else: the chance that a member has more than somebody else, less
 * the chance of having less, from −1 to 1 (Cliff 1993); of a column of 0 and 1 it is the difference of the two shares. With its
 * 95 % interval by the variance of placements (DeLong, DeLong & Clarke-Pearson 1988), cut off at −1 and 1. Rows whose
 * value is not finite are left out. NaN within −1 … 1 where a side has nobody; one person alone tells nothing: −1 … 1.
 * O(n log n + n·k).
 */
export function cliffsDeltas(values: Float64Array, { labels, clusterCount }: Labeling): Interval[] {
	const order = ascendingOrder(values);
	const sizes = new Float64Array(clusterCount);
	for (const row of order) sizes[labels[row] as number]! += 1;
	const sums = Array.from({ length: clusterCount }, () => new Moments());
	const below = new Float64Array(clusterCount);
	const tied = new Float64Array(clusterCount);
	for (let from = 0; from < order.length;) {
		const value = values[order[from] as number];
		let to = from;
		tied.fill(0);
		while (to < order.length && values[order[to] as number] === value) {
			tied[labels[order[to] as number] as number]! += 1;
			to += 1;
		}
		for (let cluster = 0; cluster < clusterCount; cluster += 1) {
			const [size, own, before] = [sizes[cluster], tied[cluster], below[cluster]] as [number, number, number];
			const [others, otherTied] = [order.length - size, to - from - own];
			const sum = sums[cluster] as Moments;
			sum.members(own, (from - before + otherTied / 2) / others);
			sum.others(otherTied, (size - before - own / 2) / size);
		}
		for (let cluster = 0; cluster < clusterCount; cluster += 1) below[cluster]! += tied[cluster] as number;
		from = to;
	}
	return sums.map((sum, cluster) => sum.delta(sizes[cluster] as number, order.length));
}

/** Sums of the placements of members and of all others: how many of the other side lie below, or above. */
class Moments {
	#member = 0;
	#memberSquares = 0;
	#other = 0;
	#otherSquares = 0;

	members(count: number, placement: number): void {
		if (count === 0) return;
		this.#member += count * placement;
		this.#memberSquares += count * placement * placement;
	}

	others(count: number, placement: number): void {
		if (count === 0) return;
		this.#other += count * placement;
		this.#otherSquares += count * placement * placement;
	}

	delta(size: number, everyone: number): Interval {
		const rest = everyone - size;
		if (size === 0 || rest === 0) return { value: NaN, low: -1, high: 1 };
		const value = 2 * (this.#member / size) - 1;
		if (size === 1 || rest === 1) return { value, low: -1, high: 1 };
		const variance =
			spread(this.#member, this.#memberSquares, size) / size +
			spread(this.#other, this.#otherSquares, rest) / rest;
		const half = 2 * Z_95 * Math.sqrt(variance);
		return { value, low: Math.max(-1, value - half), high: Math.min(1, value + half) };
	}
}

function spread(sum: number, squares: number, count: number): number {
	return Math.max(0, (squares - (sum * sum) / count) / (count - 1));
}
