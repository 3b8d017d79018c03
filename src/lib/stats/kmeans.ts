import type { Matrix } from '#lib/core/matrix.ts';
import { deriveSeed, seeded } from '#lib/core/random.ts';
import { lloyd, meanVariance, type KmeansFit } from './lloyd.ts';
import { seedCentroids } from './seeding.ts';
import { improveBySwaps } from './swap.ts';
import { summaryLevels, type SummaryLevels } from './summary.ts';

export interface KmeansOptions {
	readonly clusterCount: number;
	readonly seed: number;
	/** Starts, 10 by default. Some swaps of `improveBySwaps` for each follow, more of them when most starts disagree. */
	readonly initCount?: number;
	/** As `lloyd`: 1e-4 by default, 0 for strict convergence. */
	readonly tolerance?: number;
	/** The leaf means of the same data, when they are at hand; see `needsSummary`. */
	readonly summary?: SummaryLevels;
	/** As `lloyd`. */
	readonly plain?: boolean;
	/** Told how much is done, 0 to 1, after each start and each pass over all rows. */
	readonly onProgress?: (share: number) => void;
}

/** Above this many rows the search runs on a summary. */
const SUMMARY_ABOVE_ROWS = 5000;
/** Swaps per start on rows: measured on real purchase data, enough to come within 0.05 % of the best known for k ≤ 10. */
const SWAPS_PER_START = 4;
/** Fewer rows than this get more swaps, up to ten times as many: they cost next to nothing there. */
const CHEAP_ROWS = 2000;
const MOST_EFFORT = 10;
/** On a coarse summary, whose end points are a little off, there is one also where starts agree; on a fine one it is dear. */
const SWAPS_PER_START_AGREED = 1;
const SWAPS_PER_START_ON_FINE = 1;
/** At most so many end points of a search are looked at more closely, and of a summary only different ones … */
const CANDIDATES = 5;
/** … and only those whose inertia is this near to the least: more than the coarse summary mistakes … */
const COARSE_NEARNESS = 0.01;
/** … or the fine one. */
const FINE_NEARNESS = 0.0015;
/** Two end points whose inertias differ less than this, relative to the smaller, count as one. */
const SAME_INERTIA = 1e-4;
/** Up to so many rows every candidate is polished to the end, and the best one until nothing moves. */
const CHEAP_POLISH_ROWS = 30_000;
/** The part of the progress that is searching. */
const SEARCH_SHARE = 0.5;
const SEARCH_SHARE_OF_FEW = 0.9;

/** True when `kmeans` would make a summary of the data: make it once with `summaryLevels` and share it between fits. */
export function needsSummary(data: Matrix): boolean {
	return data.rowCount > SUMMARY_ABOVE_ROWS;
}

/**
 * k-means from several greedy k-means++ starts, the best of them improved by swaps when most disagree, the least inertia
 * kept. Up to 5,000 rows the search runs on the rows. Above that starts and swaps run on their weighted leaf means
 * (`summaryLevels`), the best of them on finer ones, and what is best on all rows is polished there by exact Lloyd, so that the answer is a true end point of Lloyd's algorithm on the full data either way. With fewer different rows
 * than clusters some clusters stay empty. O(n·k·d) per pass; same seed, same answer.
 */
export function kmeans(data: Matrix, options: KmeansOptions): KmeansFit {
	const fit = needsSummary(data) ? kmeansOfMany(data, options) : kmeansOfFew(data, options);
	options.onProgress?.(1);
	return fit;
}

function kmeansOfFew(data: Matrix, options: KmeansOptions): KmeansFit {
	const { tolerance = 1e-4, plain = false, initCount = 10, onProgress } = options;
	const effort = Math.min(MOST_EFFORT, Math.ceil(CHEAP_ROWS / Math.max(1, data.rowCount)));
	const swaps = SWAPS_PER_START * initCount * effort;
	const startShare = (SEARCH_SHARE_OF_FEW * initCount) / (initCount + swaps);
	const starts = runStarts(data, undefined, options, startShare);
	const found = improve(data, undefined, starts, { ...options, swaps: agree(starts) ? 0 : swaps }, (share) =>
		onProgress?.(startShare + share * (SEARCH_SHARE_OF_FEW - startShare))
	);
	const polished = found
		.slice(0, CANDIDATES)
		.map(({ centroids }) => lloyd(data, { start: centroids, tolerance, plain }));
	return leastInertia(polished);
}

function kmeansOfMany(data: Matrix, options: KmeansOptions): KmeansFit {
	const { plain = false, initCount = 10, onProgress } = options;
	const { coarse, fine } = options.summary ?? summaryLevels(data, plain);
	const startShare = SEARCH_SHARE / 2;
	const starts = runStarts(coarse.means, coarse.weights, options, startShare);
	const isAgreed = agree(starts);
	const swaps = initCount * (isAgreed ? SWAPS_PER_START_AGREED : SWAPS_PER_START);
	const found = improve(coarse.means, coarse.weights, starts, { ...options, swaps }, (share) =>
		onProgress?.(startShare + share * (SEARCH_SHARE - startShare))
	);
	const settled = different(found, COARSE_NEARNESS)
		.map(({ centroids }) => lloyd(fine.means, { start: centroids, weights: fine.weights, plain }))
		.sort((a, b) => a.inertia - b.inertia);
	const swapsOnFine = isAgreed ? 0 : SWAPS_PER_START_ON_FINE * initCount;
	const improved = improve(
		fine.means,
		fine.weights,
		settled,
		{ ...options, swaps: swapsOnFine },
		() => undefined
	);
	return polish(data, different(improved, FINE_NEARNESS), options);
}

/** The end points of several starts, least inertia first. */
function runStarts(
	points: Matrix,
	weights: Float64Array | undefined,
	{ clusterCount, seed, initCount = 10, plain = false, onProgress }: KmeansOptions,
	progressShare: number
): KmeansFit[] {
	const shared = {
		variance: meanVariance(points, weights),
		plain,
		...(weights !== undefined && { weights })
	};
	const fits: KmeansFit[] = [];
	for (let start = 0; start < initCount; start += 1) {
		const random = seeded(deriveSeed(seed, start));
		const centroids = seedCentroids(points, clusterCount, random, weights, plain);
		fits.push(lloyd(points, { start: centroids, ...shared }));
		onProgress?.((progressShare * (start + 1)) / initCount);
	}
	return fits.sort((a, b) => a.inertia - b.inertia);
}

/** True when most starts ended where the best did, so that there is little to look for. */
function agree(ascending: readonly KmeansFit[]): boolean {
	const best = ascending[0] as KmeansFit;
	return 2 * ascending.filter((fit) => within(fit, best, SAME_INERTIA)).length >= ascending.length;
}

/** The fits, and before them what swaps make of the best, when they help. */
function improve(
	points: Matrix,
	weights: Float64Array | undefined,
	ascending: readonly KmeansFit[],
	{ seed, initCount = 10, plain = false, swaps }: KmeansOptions & { readonly swaps: number },
	onShare: (share: number) => void
): readonly KmeansFit[] {
	const best = ascending[0] as KmeansFit;
	const improved = improveBySwaps(points, best, {
		...{ swaps, plain, variance: meanVariance(points, weights) },
		random: seeded(deriveSeed(seed, initCount)),
		onSwap: (swap) => onShare(swap / swaps),
		...(weights !== undefined && { weights })
	});
	return improved === best ? ascending : [improved, ...ascending];
}

/**
 * Lloyd on all rows from the end points of the search. Where passes over all rows are dear, one move of each tells which of
 * them is best, and only that one is carried on to the end.
 */
function polish(data: Matrix, candidates: readonly KmeansFit[], options: KmeansOptions): KmeansFit {
	const { tolerance = 1e-4, plain = false, onProgress } = options;
	const onIteration = (iterations: number): void =>
		onProgress?.(SEARCH_SHARE + (1 - SEARCH_SHARE) * (iterations / (iterations + 10)));
	const run = ({ centroids }: KmeansFit, maxIterations?: number): KmeansFit =>
		lloyd(data, {
			...{ start: centroids, tolerance, plain },
			...(maxIterations === undefined ? {} : { maxIterations })
		});
	const isCheap = data.rowCount <= CHEAP_POLISH_ROWS;
	const tried =
		candidates.length === 1 ? candidates : candidates.map((fit) => run(fit, isCheap ? undefined : 1));
	const best = leastInertia(tried);
	return lloyd(data, { start: best.centroids, tolerance: isCheap ? 0 : tolerance, plain, onIteration });
}

function leastInertia(fits: readonly KmeansFit[]): KmeansFit {
	return fits.reduce((best, fit) => (fit.inertia < best.inertia ? fit : best));
}

/** Of fits by rising inertia: a few near the first, without those that ended where another did. */
function different(ascending: readonly KmeansFit[], nearness: number): KmeansFit[] {
	const best = ascending[0] as KmeansFit;
	const kept = ascending.filter((fit, i) => {
		const better = ascending[i - 1];
		const isNew = better === undefined || !within(fit, better, SAME_INERTIA);
		return isNew && within(fit, best, nearness);
	});
	return kept.slice(0, CANDIDATES);
}

function within(fit: KmeansFit, best: KmeansFit, relative: number): boolean {
	return fit.inertia - best.inertia <= relative * best.inertia;
}
