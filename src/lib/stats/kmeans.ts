import type { Matrix } from '#lib/core/matrix.ts';
import { deriveSeed, seeded } from '#lib/core/random.ts';
import { lloyd, meanVariance, type KmeansFit } from './lloyd.ts';
import { seedCentroids } from './seeding.ts';
import { improveBySwaps } from './swap.ts';
import { summarize, type Summary } from './summary.ts';

export interface KmeansOptions {
	readonly clusterCount: number;
	readonly seed: number;
	/** Starts, 10 by default. When most of them disagree, four swaps of `improveBySwaps` for each follow. */
	readonly initCount?: number;
	/** As `lloyd`: 1e-4 by default, 0 for strict convergence. */
	readonly tolerance?: number;
	/** The leaf means of the same data, when they are at hand; see `needsSummary`. */
	readonly summary?: Summary;
	/** Told how much is done, 0 to 1, after each start and each pass over all rows. */
	readonly onProgress?: (share: number) => void;
}

/** Above this many rows the search runs on a summary. */
const SUMMARY_ABOVE_ROWS = 5000;
/** Swaps per start: measured on real purchase data, enough to come within 0.05 % of the best known inertia for k ≤ 10. */
const SWAPS_PER_START = 4;
/** Fewer rows than this get more swaps, up to ten times as many: they cost next to nothing there. */
const CHEAP_ROWS = 2000;
const MOST_EFFORT = 10;
/** At most so many end points of the search are polished on all rows, and of a summary only different ones … */
const POLISHED = 3;
/** … and only those whose inertia is this near to the least: more than a summary can mistake. */
const POLISH_WITHIN = 0.005;
/** Two end points whose inertias differ less than this, relative to the smaller, count as one. */
const SAME_INERTIA = 1e-4;

/** True when `kmeans` would make a summary of the data: make it once with `summarize` and share it between fits. */
export function needsSummary(data: Matrix): boolean {
	return data.rowCount > SUMMARY_ABOVE_ROWS;
}

/**
 * k-means from several greedy k-means++ starts, the best of them improved by swaps, the least inertia kept. Up to 5,000
 * rows the search runs on the rows; above that on their weighted leaf means (`summarize`), and the best three different
 * end points are polished by exact Lloyd on all rows, so that the answer is a true end point of Lloyd's algorithm on the
 * full data either way. With fewer different rows than clusters some clusters stay empty. O(n·k·d) per pass; same seed,
 * same answer.
 */
export function kmeans(data: Matrix, options: KmeansOptions): KmeansFit {
	const { tolerance = 1e-4, onProgress } = options;
	const summary = needsSummary(data) ? (options.summary ?? summarize(data)) : undefined;
	const searchShare = summary === undefined ? 0.9 : 0.5;
	const found = search(summary?.means ?? data, summary?.weights, {
		...options,
		onProgress: (share) => onProgress?.(share * searchShare)
	});
	const worthPolishing = (summary === undefined ? found : different(found)).slice(0, POLISHED);
	const polished = worthPolishing.map((fit, i, all) =>
		lloyd(data, {
			start: fit.centroids,
			tolerance,
			onIteration: (iterations) => {
				const share = (i + iterations / (iterations + 10)) / all.length;
				onProgress?.(searchShare + (1 - searchShare) * share);
			}
		})
	);
	onProgress?.(1);
	return leastInertia(polished);
}

/** The end points of the starts, and of swaps from the best of them when most disagree; least inertia first. */
function search(points: Matrix, weights: Float64Array | undefined, options: KmeansOptions): KmeansFit[] {
	const { clusterCount, seed, initCount = 10, onProgress } = options;
	const shared = { variance: meanVariance(points, weights), ...(weights !== undefined && { weights }) };
	const effort = Math.min(MOST_EFFORT, Math.ceil(CHEAP_ROWS / Math.max(1, points.rowCount)));
	const swaps = SWAPS_PER_START * initCount * effort;
	const fits: KmeansFit[] = [];
	for (let start = 0; start < initCount; start += 1) {
		const centroids = seedCentroids(points, clusterCount, seeded(deriveSeed(seed, start)), weights);
		fits.push(lloyd(points, { start: centroids, ...shared }));
		onProgress?.((start + 1) / (initCount + swaps));
	}
	fits.sort((a, b) => a.inertia - b.inertia);
	const best = fits[0] as KmeansFit;
	if (2 * fits.filter((fit) => within(fit, best, SAME_INERTIA)).length >= initCount) return fits;
	const random = seeded(deriveSeed(seed, initCount));
	const onSwap = (swap: number): void => onProgress?.((initCount + swap) / (initCount + swaps));
	const improved = improveBySwaps(points, best, { swaps, random, onSwap, ...shared });
	return improved === best ? fits : [improved, ...fits];
}

function leastInertia(fits: readonly KmeansFit[]): KmeansFit {
	return fits.reduce((best, fit) => (fit.inertia < best.inertia ? fit : best));
}

/** Of fits by rising inertia: those near the first, without those that ended where another did. */
function different(ascending: readonly KmeansFit[]): KmeansFit[] {
	const best = ascending[0] as KmeansFit;
	return ascending.filter((fit, i) => {
		const better = ascending[i - 1];
		const isNew = better === undefined || !within(fit, better, SAME_INERTIA);
		return isNew && within(fit, best, POLISH_WITHIN);
	});
}

function within(fit: KmeansFit, best: KmeansFit, relative: number): boolean {
	return fit.inertia - best.inertia <= relative * best.inertia;
}
