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
/** Silhouettes that differ by less are about as good. */
const NEAR_BEST = 0.05;
/** Groups have a gap between them when fewer than half as many people stand there as in either. */
export const GAP_BELOW = 0.5;

/**
 * Fewest customers of a segment that is worth acting on: 100, the size below which ad platforms refuse lists; in a shop
 * of fewer than 5,000 customers 2 % of them, because there 100 would rule out real groups; and never fewer than 5.
 */
export function sizeFloor(customers: number, floor = SIZE_FLOOR): number {
	return Math.min(floor, Math.max(5, Math.ceil(customers * 0.02)));
}

/**
 * The recommended number of segments: of those that stand out whose segments all reach the size floor and are all stable,
 * first the number at which the gap statistic stops rising, where its silhouette is about as good as any; then the best
 * silhouette among k ≥ 3. A k stands out above chance (what customers without groups reach at that k) and with a gap between
 * its segments, a saddle under 0.5: slices of a disc, of an arc or of a long tail have none. Two say only “active” and
 * “lapsed”, so that without the gap statistic 2 is taken only when nothing above it holds, and then it must hold as well;
 * when nothing holds at all, 2 is the least harmful (`nothing-holds`). When no k stands out there are no groups: slices to
 * look at are chosen in the same way without asking for it (`no-groups`). Ties go to fewer segments, and stability is asked
 * for only until one holds. The runner-up is the next best silhouette of those not refused; its stability has not been asked
 * for.
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
	if (candidates.length > 0 && !candidates.some(standsOut)) {
		const unasked = candidates.map((candidate) => ({ ...candidate, chance: null, saddle: null, gap: null }));
		const { k } = await chooseClusterCount(unasked, stabilityOf, { customers, floor, stableAt });
		return { k, reason: 'no-groups', runnerUp: null, refused: [] };
	}
	const ranked = candidates.toSorted((a, b) => b.silhouette - a.silhouette || a.k - b.k);
	const finer = ranked.filter(({ k }) => k > 2);
	const coarse = ranked.filter(({ k }) => k <= 2);
	const refused: Recommendation['refused'] = [];
	const first = byGap(candidates);
	const tried = new Set([...(first === undefined ? [] : [first]), ...finer, ...coarse]);
	for (const candidate of tried) {
		const refusal = await refusalOf(candidate, stabilityOf, least, stableAt);
		if (refusal === null) return recommended(candidate, ranked, refused, least);
		refused.push({ k: candidate.k, ...refusal });
	}
	const fallback = coarse[0] ?? ranked[0];
	if (fallback === undefined) throw new RangeError('no candidates to choose from');
	return { k: fallback.k, reason: 'nothing-holds', runnerUp: null, refused };
}

/** True when customers stand apart more than those without groups would, with a gap; and where that was not asked. */
function standsOut(candidate: Candidate): boolean {
	return isAboveChance(candidate) && hasGap(candidate);
}

function isAboveChance({ silhouette, chance }: Candidate): boolean {
	return chance === null || silhouette > chance;
}

function hasGap({ saddle }: Candidate): boolean {
	return saddle === null || saddle < GAP_BELOW;
}

/**
 * The number at which the gap first stops rising (Tibshirani, Walther & Hastie 2001), of those that stand out, where its
 * silhouette is about as good as any: 0.7 and 0.69 are no difference, and then the gap knows better.
 */
function byGap(candidates: readonly Candidate[]): Candidate | undefined {
	const ascending = candidates.toSorted((a, b) => a.k - b.k);
	const best = Math.max(...candidates.filter(standsOut).map(({ silhouette }) => silhouette));
	const first = ascending.find((candidate, i) => {
		const next = ascending[i + 1]?.gap;
		return standsOut(candidate) && candidate.gap && next && candidate.gap.value >= next.value - next.error;
	});
	return first && first.silhouette >= best - NEAR_BEST ? first : undefined;
}

type Refusal = Omit<Recommendation['refused'][number], 'k'>;

async function refusalOf(
	candidate: Candidate,
	stabilityOf: (k: number) => Promise<readonly SegmentStability[]>,
	least: number,
	stableAt: number
): Promise<Refusal | null> {
	const { k, sizes, chance, saddle } = candidate;
	const smallest = Math.min(...sizes);
	if (smallest < least) return { because: 'too-small', value: smallest };
	if (chance !== null && !isAboveChance(candidate)) return { because: 'chance', value: chance };
	if (saddle !== null && !hasGap(candidate)) return { because: 'no-gap', value: saddle };
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
