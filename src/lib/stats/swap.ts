import type { Matrix } from '#lib/core/matrix.ts';
import { below, type Random } from '#lib/core/random.ts';
import { rowAt } from './distance.ts';
import { lloyd, type KmeansFit } from './lloyd.ts';

export interface SwapOptions {
	readonly swaps: number;
	readonly random: Random;
	/** As `lloyd`. */
	readonly weights?: Float64Array;
	readonly variance?: number;
	readonly plain?: boolean;
	/** Told after each swap how many there have been. */
	readonly onSwap?: (swaps: number) => void;
}

/** Passes after which a swap is judged … */
const GLIMPSE_ITERATIONS = 6;
/** … and given up when its inertia is this far above the best: few such runs would still get below it. */
const PROMISING = 1.01;

/**
 * Random swap (Fränti 2018; the draw as in Lattanzi & Sohler 2019): move one centroid, drawn evenly, to a row drawn by
 * weight × squared distance from its centroid, run Lloyd, keep the result when its inertia is less. It leaves the local
 * optima that further starts fall into again. Most swaps are given up after a few passes. O(swaps · n·k·d) per pass.
 */
export function improveBySwaps(data: Matrix, fit: KmeansFit, options: SwapOptions): KmeansFit {
	const { swaps, random, onSwap, ...shared } = options;
	const { columnCount } = data;
	const clusterCount = fit.centroids.length / columnCount;
	let best = fit;
	for (let swap = 1; swap <= swaps && best.inertia > 0; swap += 1) {
		const start = best.centroids.slice();
		const row = drawFarRow(data, best, random, shared.weights);
		start.set(rowAt(data, row), below(random, clusterCount) * columnCount);
		const glimpse = lloyd(data, { start, maxIterations: GLIMPSE_ITERATIONS, ...shared });
		if (glimpse.inertia < PROMISING * best.inertia) {
			const tried = lloyd(data, { start: glimpse.centroids, ...shared });
			if (tried.inertia < best.inertia) best = tried;
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
