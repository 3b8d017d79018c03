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
	const mass = weights?.slice() ?? new Float64Array(rowCount).fill(1);
	const first = draw(mass, total(mass), random);
	centroids.set(rowAt(data, first));
	const distances = (plain ? null : kernelDistances(data, weights)) ?? plainDistances(data, weights);
	let [best, nearest, trial] = [0, 1, 2];
	distances.cap(first, best, nearest);
	let potential = weigh(distances.arrays[nearest] as Float64Array, weights, mass);
	for (let cluster = 1; cluster < clusterCount; cluster += 1) {
		let [least, chosen] = [Infinity, 0];
		for (let t = 0; t < trials; t += 1) {
			const candidate = draw(mass, potential, random);
			const left = distances.cap(candidate, nearest, trial);
			if (left >= least) continue;
			[least, chosen] = [left, candidate];
			[best, trial] = [trial, best];
		}
		[nearest, best] = [best, nearest];
		potential = weigh(distances.arrays[nearest] as Float64Array, weights, mass);
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

function total(values: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < values.length; i += 1) sum += values[i] as number;
	return sum;
}

/** An index drawn with probability `mass[i] / sum`; the last one with mass when rounding runs past the end. */
function draw(mass: Float64Array, sum: number, random: Random): number {
	let left = random() * sum;
	let last = 0;
	for (let i = 0; i < mass.length; i += 1) {
		const own = mass[i] as number;
		if (own === 0) continue;
		last = i;
		left -= own;
		if (left < 0) return i;
	}
	return last;
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

/** Writes distance × weight to `mass`; answers its sum. */
function weigh(distances: Float64Array, weights: Float64Array | undefined, mass: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < distances.length; i += 1) {
		const value =
			weights === undefined ? (distances[i] as number) : (distances[i] as number) * (weights[i] as number);
		mass[i] = value;
		sum += value;
	}
	return sum;
}
