import { LOYALTY_PARTS, weighRanks, type LoyaltyWeights } from '#lib/pipeline/features/loyalty.ts';

const TENTHS = 10;

/** The order that weights give: who comes first, and in which tenth everybody is. */
export interface Ranking {
	/** By `idx`. */
	readonly scores: Float64Array;
	/** By `idx`, 0 for the highest tenth. Equal scores are in the same tenth. */
	readonly tenths: Uint8Array;
	/** The `idx` of the first ones; equal scores in the order of `idx`. */
	readonly first: readonly number[];
}

/** Ranks everybody by weights that are being tried. */
export function rankBy(
	ranks: ReadonlyMap<string, Float64Array>,
	weights: LoyaltyWeights,
	firstCount: number
): Ranking {
	const scores = weighRanks(ranks, weights);
	return { scores, tenths: tenthsOf(scores), first: firstOf(scores, firstCount) };
}

/** How two orders differ. */
export interface RankingChange {
	/** Customers who are in another tenth. */
	readonly moved: number;
	/** Customers among the first of `next` who are not among the first of `now`. */
	readonly fresh: number;
	/** The place of each of the first of `next` in `now`, from 0; null for those who were not among the first. */
	readonly before: readonly (number | null)[];
}

/** What changes from one order to the next. */
export function compareRankings(now: Ranking, next: Ranking): RankingChange {
	let moved = 0;
	now.tenths.forEach((tenth, i) => {
		if (tenth !== next.tenths[i]) moved += 1;
	});
	const places = new Map(now.first.map((idx, place) => [idx, place]));
	const before = next.first.map((idx) => places.get(idx) ?? null);
	return { moved, fresh: before.filter((place) => place === null).length, before };
}

/** True when two sets of weights give the same order: every part counts the same share. */
export function isSameWeights(a: LoyaltyWeights, b: LoyaltyWeights): boolean {
	const [totalA, totalB] = [totalOf(a), totalOf(b)];
	if (totalA === 0 || totalB === 0) return totalA === totalB;
	return LOYALTY_PARTS.every(({ id }) => (a[id] ?? 0) / totalA === (b[id] ?? 0) / totalB);
}

function totalOf(weights: LoyaltyWeights): number {
	return LOYALTY_PARTS.reduce((sum, { id }) => sum + (weights[id] ?? 0), 0);
}

function tenthsOf(scores: Float64Array): Uint8Array {
	const sorted = scores.toSorted();
	const cuts = Array.from(
		{ length: TENTHS - 1 },
		(_, i) => sorted[Math.ceil((sorted.length * (TENTHS - 1 - i)) / TENTHS)] ?? -Infinity
	);
	return Uint8Array.from(scores, (score) => {
		const tenth = cuts.findIndex((cut) => score >= cut);
		return tenth < 0 ? TENTHS - 1 : tenth;
	});
}

function firstOf(scores: Float64Array, count: number): number[] {
	const first: number[] = [];
	const scoreAt = (place: number) => scores[first[place] as number] as number;
	scores.forEach((score, idx) => {
		if (first.length === count && score <= scoreAt(count - 1)) return;
		let place = first.length;
		while (place > 0 && scoreAt(place - 1) < score) place -= 1;
		first.splice(place, 0, idx);
		if (first.length > count) first.pop();
	});
	return first;
}
