import type { Matrix } from '#lib/core/matrix.ts';
import type { Random } from '#lib/core/random.ts';
import { rowAt, squaredDistances } from './distance.ts';
import { kernelDistances } from './kmeans-kernel.ts';

/** Three arrays of a squared distance per row, and the loop that fills them. */
export interface SeedDistances {
	/** The first is Infinity throughout. */
	readonly arrays: readonly [Float64Array, Float64Array, Float64Array];
	/**
	 * Writes to array `to` the lesser of array `from` and the distance to the given row. Answers the sum of all, each times
	 * its weight: row i counts in the (i mod 4)-th of four sums, which are then added in pairs.
	 */
	readonly cap: (row: number, from: number, to: number) => number;
}

/**
 * Starting centroids by greedy k-means++ (Arthur & Vassilvitskii 2007, with the local trials of scikit-learn): the first
 * is a row drawn by weight, each further one the best of 2 + ⌊ln k⌋ rows drawn by weight × squared distance to the
 * nearest centroid so far, best being the one that leaves the least inertia. Rows may repeat only when there are fewer
 * different rows than centroids. O(n·k·d·ln k).
 *
 * @param plain true for plain TypeScript also where the kernel can run; the answer is the same
 * @returns k × d, row-major
 */
export function seedCentroids(
	data: Matrix,
	clusterCount: number,
	random: Random,
	weights?: Float64Array,
	plain = false
): Float64Array {
	const { rowCount, columnCount } = data;
	const centroids = new Float64Array(clusterCount * columnCount);
	const trials = 2 + Math.floor(Math.log(clusterCount));
	const masses = new Float64Array(rowCount);
	addUp(undefined, weights, masses);
	const first = drawIndex(masses, random);
	centroids.set(rowAt(data, first));
	const distances = (plain ? null : kernelDistances(data, weights)) ?? plainDistances(data, weights);
	let [best, nearest, trial] = [0, 1, 2];
	distances.cap(first, best, nearest);
	for (let cluster = 1; cluster < clusterCount; cluster += 1) {
		addUp(distances.arrays[nearest], weights, masses);
		let [least, chosen] = [Infinity, 0];
		for (let t = 0; t < trials; t += 1) {
			const candidate = drawIndex(masses, random);
			const left = distances.cap(candidate, nearest, trial);
			if (left >= least) continue;
			[least, chosen] = [left, candidate];
			[best, trial] = [trial, best];
		}
		[nearest, best] = [best, nearest];
		centroids.set(rowAt(data, chosen), cluster * columnCount);
	}
	return centroids;
}

function plainDistances(data: Matrix, weights: Float64Array | undefined): SeedDistances {
	const { rowCount } = data;
	const infinite = new Float64Array(rowCount).fill(Infinity);
	const arrays = [infinite, new Float64Array(rowCount), new Float64Array(rowCount)] as const;
	return {
		arrays,
		cap: (row, from, to) => {
			const out = arrays[to] as Float64Array;
			squaredDistances(data, rowAt(data, row), out);
			return capped(out, arrays[from] as Float64Array, weights);
		}
	};
}

/** An index drawn with the probability of its mass, from the running sums of the masses; never one without mass unless all are. */
function drawIndex(runningSums: Float64Array, random: Random): number {
	const sum = runningSums.at(-1) as number;
	const drawn = random() * sum;
	// The first whose sum is more; where rounding has reached the end, the last with mass.
	const isPast = drawn < sum ? (value: number) => value > drawn : (value: number) => value >= sum;
	let [low, high] = [0, runningSums.length - 1];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (isPast(runningSums[middle] as number)) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Lowers `distances` to `cap` where that is smaller; answers the weighted sum. */
function capped(distances: Float64Array, cap: Float64Array, weights: Float64Array | undefined): number {
	const sums = new Float64Array(4);
	for (let i = 0; i < distances.length; i += 1) {
		const value = Math.min(distances[i] as number, cap[i] as number);
		distances[i] = value;
		sums[i & 3]! += weights === undefined ? value : value * (weights[i] as number);
	}
	return (sums[0] as number) + (sums[1] as number) + ((sums[2] as number) + (sums[3] as number));
}

/** Writes the running sums of distance × weight, of which what is not given is 1. */
function addUp(
	distances: Float64Array | undefined,
	weights: Float64Array | undefined,
	runningSums: Float64Array
): void {
	let sum = 0;
	for (let i = 0; i < runningSums.length; i += 1) {
		const distance = distances === undefined ? 1 : (distances[i] as number);
		sum += weights === undefined ? distance : distance * (weights[i] as number);
		runningSums[i] = sum;
	}
}
