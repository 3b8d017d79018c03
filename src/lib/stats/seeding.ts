import type { Matrix } from '#lib/core/matrix.ts';
import type { Random } from '#lib/core/random.ts';
import { rowAt, squaredDistances } from './distance.ts';

/**
 * Starting centroids by greedy k-means++ (Arthur & Vassilvitskii 2007, with the local trials of scikit-learn): the first
 * is a row drawn by weight, each further one the best of 2 + ⌊ln k⌋ rows drawn by weight × squared distance to the
 * nearest centroid so far, best being the one that leaves the least inertia. Rows may repeat only when there are fewer
 * different rows than centroids. O(n·k·d·ln k).
 *
 * @returns k × d, row-major
 */
export function seedCentroids(
	data: Matrix,
	clusterCount: number,
	random: Random,
	weights?: Float64Array
): Float64Array {
	const { rowCount, columnCount } = data;
	const centroids = new Float64Array(clusterCount * columnCount);
	const trials = 2 + Math.floor(Math.log(clusterCount));
	const mass = weights?.slice() ?? new Float64Array(rowCount).fill(1);
	const first = draw(mass, total(mass), random);
	centroids.set(rowAt(data, first));
	let nearest = new Float64Array(rowCount);
	let trial = new Float64Array(rowCount);
	let best = new Float64Array(rowCount);
	squaredDistances(data, rowAt(data, first), nearest);
	let potential = weigh(nearest, weights, mass);
	for (let cluster = 1; cluster < clusterCount; cluster += 1) {
		let [least, chosen] = [Infinity, 0];
		for (let t = 0; t < trials; t += 1) {
			const candidate = draw(mass, potential, random);
			squaredDistances(data, rowAt(data, candidate), trial);
			const left = capped(trial, nearest, weights);
			if (left >= least) continue;
			[least, chosen] = [left, candidate];
			[best, trial] = [trial, best];
		}
		[nearest, best] = [best, nearest];
		potential = weigh(nearest, weights, mass);
		centroids.set(rowAt(data, chosen), cluster * columnCount);
	}
	return centroids;
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
	let sum = 0;
	for (let i = 0; i < distances.length; i += 1) {
		const value = Math.min(distances[i] as number, cap[i] as number);
		distances[i] = value;
		sum += weights === undefined ? value : value * (weights[i] as number);
	}
	return sum;
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
