import type { Matrix } from '#lib/core/matrix.ts';
import { below, type Random } from '#lib/core/random.ts';
import { rowAt } from './distance.ts';
import { lloyd, type KmeansFit } from './lloyd.ts';

export interface SwapOptions {
	readonly swaps: number;
	/** Ends the search after so many swaps in a row that did not help; without it all are made. */
	readonly patience?: number;
	readonly random: Random;
	/** As `lloyd`. */
	readonly weights?: Float64Array;
	readonly variance?: number;
	readonly plain?: boolean;
	/** Told after each swap how many there have been. */
	readonly onSwap?: (swaps: number) => void;
}

/** Passes after which a swap is judged … */
const GLIMPSE_ITERATIONS = 4;
/** … and given up when its inertia is this far above the best: few such runs would still get below it. */
const PROMISING = 1.01;
/** An inertia that is less by no more than this, relative to it, is the same end point. */
const SAME = 1e-5;

/**
 * Random swap (Fränti 2018; the draw as in Lattanzi & Sohler 2019): move one centroid to a row drawn by weight × squared
 * distance from its centroid, run Lloyd, keep the result when its inertia is less. The centroid is drawn so that one is
 * the likelier the less its loss costs, which leads down more often than one drawn evenly. This leaves the local optima that further starts
 * fall into again. Most swaps are given up after a few passes. O(swaps · n·k·d) per pass.
 */
export function improveBySwaps(data: Matrix, fit: KmeansFit, options: SwapOptions): KmeansFit {
	const { swaps, patience = swaps, random, onSwap, ...shared } = options;
	const { columnCount } = data;
	const clusterCount = fit.centroids.length / columnCount;
	let best = fit;
	let sizes = clusterWeights(best, clusterCount, shared.weights);
	for (let swap = 1, helped = 0; swap <= swaps && swap - helped <= patience && best.inertia > 0; swap += 1) {
		const start = best.centroids.slice();
		const to = rowAt(data, drawFarRow(data, best, random, shared.weights));
		start.set(to, drawSpared(best.centroids, sizes, to, random) * columnCount);
		const glimpse = lloyd(data, { start, maxIterations: GLIMPSE_ITERATIONS, ...shared });
		if (glimpse.inertia < PROMISING * best.inertia) {
			const tried = lloyd(data, { start: glimpse.centroids, ...shared });
			if (tried.inertia < (1 - SAME) * best.inertia) {
				[best, helped] = [tried, swap];
				sizes = clusterWeights(best, clusterCount, shared.weights);
			}
		}
		onSwap?.(swap);
	}
	return best;
}

/** A row drawn with probability proportional to what it adds to the inertia. */
function drawFarRow(
	data: Matrix,
	{ labels, centroids, inertia }: KmeansFit,
	random: Random,
	weights: Float64Array | undefined
): number {
	const { values, rowCount, columnCount } = data;
	let left = random() * inertia;
	for (let row = 0; row < rowCount; row += 1) {
		const centroid = (labels[row] as number) * columnCount;
		let sum = 0;
		for (let c = 0; c < columnCount; c += 1) {
			sum += ((values[row * columnCount + c] as number) - (centroids[centroid + c] as number)) ** 2;
		}
		left -= weights === undefined ? sum : sum * (weights[row] as number);
		if (left < 0) return row;
	}
	return rowCount - 1;
}

function clusterWeights(
	{ labels }: KmeansFit,
	clusterCount: number,
	weights: Float64Array | undefined
): Float64Array {
	const weightOf = new Float64Array(clusterCount);
	for (let row = 0; row < labels.length; row += 1) weightOf[labels[row] as number]! += weights?.[row] ?? 1;
	return weightOf;
}

/**
 * A cluster, the likelier the less its loss costs: joined with another, by Ward's formula, or moved as a whole to the point.
 */
function drawSpared(centroids: Float64Array, sizes: Float64Array, to: Float64Array, random: Random): number {
	const clusterCount = centroids.length / to.length;
	const losses = new Float64Array(clusterCount);
	for (let own = 0; own < clusterCount; own += 1) {
		const size = sizes[own] as number;
		let least = size * squaredDistance(centroids, own * to.length, to, 0, to.length);
		for (let other = 0; other < clusterCount; other += 1) {
			if (other === own) continue;
			const apart = squaredDistance(centroids, own * to.length, centroids, other * to.length, to.length);
			const share = (sizes[other] as number) / (size + (sizes[other] as number));
			least = Math.min(least, size * share * apart);
		}
		losses[own] = least;
	}
	const byLoss = Array.from(losses, (_, cluster) => cluster).sort(
		(a, b) => (losses[a] as number) - (losses[b] as number)
	);
	return byLoss[below(random, 1 + below(random, clusterCount))] as number;
}

function squaredDistance(a: Float64Array, atA: number, b: Float64Array, atB: number, length: number): number {
	let sum = 0;
	for (let c = 0; c < length; c += 1) sum += ((a[atA + c] as number) - (b[atB + c] as number)) ** 2;
	return sum;
}
