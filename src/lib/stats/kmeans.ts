import type { Matrix } from '#lib/core/matrix.ts';
import { deriveSeed, seeded } from '#lib/core/random.ts';
import { lloyd, type KmeansFit, type LloydOptions } from './lloyd.ts';
import { seedCentroids } from './seeding.ts';
import { improveBySwaps, type SwapOptions } from './swap.ts';
import { itself, summaryLevels, type Summary, type SummaryLevels } from './summary.ts';

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

/** Above this many rows the search begins on a summary: of fewer its mistakes are too large to be made good for less. */
const SUMMARY_ABOVE_ROWS = 5000;
/** Swaps per start: measured on real purchase data, enough to come within 0.05 % of the best known for k ≤ 10 … */
const SWAPS_PER_START = 4;
/** … though fewer rows than this get more, up to ten times as many: they cost next to nothing there. */
const CHEAP_ROWS = 2000;
const MOST_EFFORT = 10;
/** On a summary and behind it a search ends early, when so many swaps for each start and cluster have not helped in a row … */
const PATIENCE = 0.25;
/** … or so many behind a summary on which most starts agree. */
const PATIENCE_AGREED = 0.07;
/** At most so many different end points of a search are looked at more closely … */
const CANDIDATES = 5;
/** … and only those whose inertia is this near to the least: more than the coarse summary mistakes … */
const COARSE_NEARNESS = 0.01;
/** … or the fine one. */
const FINE_NEARNESS = 0.0015;
/** Two end points whose inertias differ less than this, relative to the smaller, count as one. */
const SAME_INERTIA = 1e-4;
/** The part of the progress that is searching. */
const SEARCH_SHARE = 0.5;
const SEARCH_SHARE_OF_FEW = 0.9;

/** True when `kmeans` would make a summary of the data: make it once with `summaryLevels` and share it between fits. */
export function needsSummary(data: Matrix): boolean {
	return data.rowCount > SUMMARY_ABOVE_ROWS;
}

/**
 * k-means from several greedy k-means++ starts, the best of them improved by swaps, the least inertia kept. Up to 5,000 rows
 * the search runs on the rows. Above that starts and swaps run on their weighted leaf means (`summaryLevels`); different end
 * points that are about as good settle and the best of them is improved on finer leaf means, or on the rows where they are
 * few; and what is best on all rows is polished there by exact Lloyd, so that the answer is a true end point of Lloyd's
 * algorithm on the full data either way. With fewer different rows than clusters some clusters stay empty. O(n·k·d) per
 * pass; same seed, same answer.
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
	const rows = itself(data);
	const starts = runStarts(rows, options, startShare);
	const found = improve(rows, starts, { ...options, swaps: agree(starts) ? 0 : swaps }, (share) =>
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
	const startShare = SEARCH_SHARE / 4;
	const starts = runStarts(coarse, options, startShare);
	const search = (patience: number) => ({
		...options,
		swaps: SWAPS_PER_START * initCount,
		patience: patience * initCount * options.clusterCount
	});
	const found = improve(coarse, starts, search(PATIENCE), (share) =>
		onProgress?.(startShare + share * startShare)
	);
	const settled = different(found, COARSE_NEARNESS)
		.map(({ centroids }) => lloyd(fine.means, { start: centroids, ...searchOf(fine, options) }))
		.sort((a, b) => a.inertia - b.inertia);
	const patience = agree(starts) ? PATIENCE_AGREED : PATIENCE;
	const improved = improve(fine, settled, search(patience), (share) =>
		onProgress?.(2 * startShare + share * (SEARCH_SHARE - 2 * startShare))
	);
	return polish(data, different(improved, FINE_NEARNESS), options);
}

/** How Lloyd runs on a summary. */
function searchOf(
	{ weights, variance }: Summary,
	{ plain = false }: KmeansOptions
): Omit<LloydOptions, 'start'> {
	return { variance, plain, ...(weights && { weights }) };
}

/** The end points of several starts, least inertia first. */
function runStarts(summary: Summary, options: KmeansOptions, progressShare: number): KmeansFit[] {
	const { clusterCount, seed, initCount = 10, plain = false, onProgress } = options;
	const { means, weights } = summary;
	const fits: KmeansFit[] = [];
	for (let start = 0; start < initCount; start += 1) {
		const random = seeded(deriveSeed(seed, start));
		const centroids = seedCentroids(means, clusterCount, random, weights, plain);
		fits.push(lloyd(means, { start: centroids, ...searchOf(summary, options) }));
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
	summary: Summary,
	ascending: readonly KmeansFit[],
	options: KmeansOptions & Pick<SwapOptions, 'swaps' | 'patience'>,
	onShare: (share: number) => void
): readonly KmeansFit[] {
	const { seed, initCount = 10, swaps, patience = swaps } = options;
	const best = ascending[0] as KmeansFit;
	const improved = improveBySwaps(summary.means, best, {
		...{ swaps, patience, ...searchOf(summary, options) },
		random: seeded(deriveSeed(seed, initCount)),
		onSwap: (swap) => onShare(swap / swaps)
	});
	return improved === best ? ascending : [improved, ...ascending];
}

/**
 * Lloyd on all rows from the end points of the search: one move of each tells which of them is best, and only that one is
 * carried on to the end.
 */
function polish(data: Matrix, candidates: readonly KmeansFit[], options: KmeansOptions): KmeansFit {
	const { tolerance = 1e-4, plain = false, onProgress } = options;
	const onIteration = (iterations: number): void =>
		onProgress?.(SEARCH_SHARE + (1 - SEARCH_SHARE) * (iterations / (iterations + 10)));
	const moved =
		candidates.length === 1
			? candidates
			: candidates.map(({ centroids }) => lloyd(data, { start: centroids, plain, maxIterations: 1 }));
	return lloyd(data, { start: leastInertia(moved).centroids, tolerance, plain, onIteration });
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
