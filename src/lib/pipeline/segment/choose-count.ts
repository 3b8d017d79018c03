import type { Candidate, Recommendation, SegmentStability } from './schema.ts';

export interface ChooseOptions {
	readonly customers: number;
	/** Fewest customers a segment may have in a large shop. */
	readonly floor?: number;
	/** Least mean Jaccard of a stable segment. */
	readonly stableAt?: number;
}

/** The line of the size and of the stability that a segment must reach. */
export const SIZE_FLOOR = 100;
export const STABLE_AT = 0.7;

/**
 * Fewest customers of a segment that is worth acting on: 100, the size below which ad platforms refuse lists; in a shop
 * of fewer than 5,000 customers 2 % of them, because there 100 would rule out real groups; and never fewer than 5.
 */
export function sizeFloor(customers: number, floor = SIZE_FLOOR): number {
	return Math.min(floor, Math.max(5, Math.ceil(customers * 0.02)));
}

/**
 * The recommended number of segments: the best silhouette among k ≥ 3 whose segments all reach the size floor and are all
 * stable. Two say only “active” and “lapsed”, so 2 is taken only when nothing above it holds, and then it must hold as
 * well; when nothing holds at all, 2 is the least harmful (`nothing-holds`). Candidates are tried by falling silhouette
 * (ties: fewer segments) and stability is asked for only until one holds. The runner-up is the next best silhouette of
 * those not refused; its stability has not been asked for.
 *
 * @param stabilityOf the stability of the segments of a k
 * @throws RangeError without candidates
 */
export async function chooseClusterCount(
	candidates: readonly Candidate[],
	stabilityOf: (k: number) => Promise<readonly SegmentStability[]>,
	{ customers, floor = SIZE_FLOOR, stableAt = STABLE_AT }: ChooseOptions
): Promise<Recommendation> {
	const least = sizeFloor(customers, floor);
	const ranked = candidates.toSorted((a, b) => b.silhouette - a.silhouette || a.k - b.k);
	const finer = ranked.filter(({ k }) => k > 2);
	const coarse = ranked.filter(({ k }) => k <= 2);
	const refused: Recommendation['refused'] = [];
	for (const candidate of [...finer, ...coarse]) {
		const refusal = await refusalOf(candidate, stabilityOf, least, stableAt);
		if (refusal === null) return recommended(candidate, ranked, refused, least);
		refused.push({ k: candidate.k, ...refusal });
	}
	const fallback = coarse[0] ?? ranked[0];
	if (fallback === undefined) throw new RangeError('no candidates to choose from');
	return { k: fallback.k, reason: 'nothing-holds', runnerUp: null, refused };
}

type Refusal = Omit<Recommendation['refused'][number], 'k'>;

async function refusalOf(
	{ k, sizes }: Candidate,
	stabilityOf: (k: number) => Promise<readonly SegmentStability[]>,
	least: number,
	stableAt: number
): Promise<Refusal | null> {
	const smallest = Math.min(...sizes);
	if (smallest < least) return { because: 'too-small', value: smallest };
	const weakest = Math.min(...(await stabilityOf(k)).map(({ jaccard }) => jaccard));
	return weakest < stableAt ? { because: 'unstable', value: weakest } : null;
}

function recommended(
	{ k }: Candidate,
	ranked: readonly Candidate[],
	refused: Recommendation['refused'],
	least: number
): Recommendation {
	const others = ranked.filter(
		(other) =>
			other.k !== k && !refused.some((entry) => entry.k === other.k) && Math.min(...other.sizes) >= least
	);
	return { k, reason: k > 2 ? 'clearest' : 'only-two-hold', runnerUp: others[0]?.k ?? null, refused };
}
