import { AppError } from '#lib/core/errors.ts';
import { below, deriveSeed, seeded } from '#lib/core/random.ts';
import { gapStatistic, type GapStatistic } from '#lib/stats/gap.ts';
import { mean, variance } from '#lib/stats/moments.ts';
import { drawGroupFree, fitGroupFree, type GroupFree } from '#lib/stats/reference-sets.ts';
import { silhouetteSamples } from '#lib/stats/silhouette.ts';
import type { CategoryColumn, ClusterData, Clustering, Method } from './methods/method.ts';

/** Made customers, as many as there are but at most this many, and how many times they are made. */
const MOST_ROWS = 2000;
/** Of customers with texts fewer are made, and from one start: a fit of theirs takes many times as long. */
const MOST_ROWS_WITH_TEXTS = 500;
const SETS = 20;
/** The real silhouette is of at most about so many customers. */
const MOST_SAMPLED = 5000;
/** Starts for each: enough, as they follow no clustering that has to be found again. */
const SET_STARTS = 4;
/**
 * Deviations above the mean that count as more than chance: 99 of 100 stay under at one number of segments, by Student's
 * distribution with 19 degrees of freedom, so that about 19 of 20 do at all that are tried together.
 */
const CHANCE_DEVIATIONS = 2.5;
/** The least that counts, from 1,000 customers on; more with fewer, by the root of their number. */
const LEAST_EXCESS = 0.025;
const LEAST_EXCESS_ROWS = 1000;

/** What made customers without groups come to at one number of segments. */
export interface GroupFreeIndices {
	readonly gap: GapStatistic;
	/** The silhouette that they stay under in 19 of 20 cases at all numbers, and at least 0.025 above their mean: nearer is no difference to act on. */
	readonly chance: number;
}

export interface GroupFreeOptions {
	readonly method: Method;
	/** The method's own parameters. */
	readonly options: Readonly<Record<string, unknown>>;
	readonly seed: number;
	/** Told before each fit how much is done, 0 to 1; it may throw to stop. */
	readonly onShare: (share: number) => void;
}

/**
 * Clusters made customers without groups (`stats/reference-sets.ts`) in the same way as the real ones, at the same numbers
 * of segments, and compares: each number of segments with the same sets, whatever others are asked for. Texts are dealt out
 * anew among the made customers. A number at which the method refuses them all has no answer.
 *
 * @param like the rows that they are made like: all customers, or a sample of them
 * @param clusterings of the real customers
 */
export async function compareWithGroupFree(
	like: ClusterData,
	clusterings: readonly Pick<Clustering, 'clusterCount' | 'inertia' | 'labels'>[],
	{ method, options, seed, onShare }: GroupFreeOptions
): Promise<(GroupFreeIndices | null)[]> {
	const found = clusterings.map(() => ({ silhouettes: [] as number[], inertias: [] as number[] }));
	const free = fitGroupFree(like.numbers);
	for (let set = 0; set < SETS; set += 1) {
		const made = makeSet(free, like, deriveSeed(seed, set));
		const fits: { fit: Clustering; at: number }[] = [];
		for (const [at, { clusterCount }] of clusterings.entries()) {
			onShare((set + at / clusterings.length) / SETS);
			const stream = deriveSeed(deriveSeed(seed, SETS + set), clusterCount);
			const fit = await bestFit(method, made, { ...options, clusterCount, initCount: 1 }, stream);
			if (fit !== null) fits.push({ fit, at });
		}
		const samples = silhouetteSamples(
			made.numbers,
			fits.map(({ fit: { labels, clusterCount } }) => ({ labels, clusterCount }))
		);
		fits.forEach(({ fit, at }, i) => {
			found[at]?.silhouettes.push(mean(samples[i] ?? []));
			found[at]?.inertias.push(fit.inertia / made.numbers.rowCount);
		});
	}
	onShare(1);
	return clusterings.map(({ inertia, labels }, i) => {
		const { silhouettes = [], inertias = [] } = found[i] ?? {};
		if (silhouettes.length < 2) return null;
		const rows = Math.min(labels.length, MOST_SAMPLED);
		const spread = (variance(silhouettes) * silhouettes.length) / (silhouettes.length - 1);
		// The real customers are one more draw, of more rows than the made ones have.
		const deviation = Math.sqrt(spread * (Math.min(rows, mostRows(like)) / rows + 1 / silhouettes.length));
		const least = LEAST_EXCESS * Math.sqrt(Math.max(1, LEAST_EXCESS_ROWS / rows));
		return {
			gap: gapStatistic(inertia / labels.length, inertias),
			chance: mean(silhouettes) + Math.max(CHANCE_DEVIATIONS * deviation, least)
		};
	});
}

function mostRows({ categories }: Pick<ClusterData, 'categories'>): number {
	return categories.length > 0 ? MOST_ROWS_WITH_TEXTS : MOST_ROWS;
}

function makeSet(free: GroupFree, { numbers, categories }: ClusterData, seed: number): ClusterData {
	const random = seeded(seed);
	const rowCount = Math.min(numbers.rowCount, mostRows({ categories }));
	const dealt = (column: CategoryColumn): CategoryColumn => ({
		...column,
		codes: Int32Array.from(
			{ length: rowCount },
			() => column.codes[below(random, numbers.rowCount)] as number
		)
	});
	return { numbers: drawGroupFree(free, rowCount, random), categories: categories.map(dealt) };
}

/** Of a few single starts the one with the least inertia: quicker than a search that goes on where they disagree. */
async function bestFit(
	method: Method,
	data: ClusterData,
	params: object,
	seed: number
): Promise<Clustering | null> {
	const starts = method.hasStarts && data.categories.length === 0 ? SET_STARTS : 1;
	let best: Clustering | null = null;
	for (let start = 0; start < starts; start += 1) {
		const fit = await fitOrNull(method, data, params, deriveSeed(seed, start));
		if (fit !== null && !(fit.inertia >= (best?.inertia ?? Infinity))) best = fit;
	}
	return best;
}

async function fitOrNull(
	method: Method,
	data: ClusterData,
	params: object,
	seed: number
): Promise<Clustering | null> {
	try {
		return await method.fit(data, params, { seed, onProgress: () => undefined });
	} catch (error) {
		if (error instanceof AppError && error.code === 'segment.method-refused') return null;
		throw error;
	}
}
