import { quantileSorted } from './quantile.ts';
import { spreadTies } from './spread-ties.ts';

/** A distribution with one peak: between neighbouring knots its density is constant, it rises to the peak and falls after it. */
export interface SinglePeak {
	/** Strictly ascending; twice the same where there is but one value. */
	readonly knots: readonly number[];
	/** Cumulative share at each knot, from 0 to 1. */
	readonly shares: readonly number[];
}

/** Neighbouring intervals that share one density. */
interface Block {
	readonly mass: number;
	readonly width: number;
	readonly intervals: number;
}

/** Intervals between quantiles, at most. */
const MOST_INTERVALS = 64;
/** Fewest values for each, so that chance does not make peaks. */
const VALUES_PER_INTERVAL = 8;
/** The least width of an interval, of the span of all: where values that stay apart are this near, a density is high enough. */
const LEAST_WIDTH = 1e-6;

/**
 * The most likely distribution with a single peak: on either side of the peak the density is that of neighbours pooled
 * until they are in order (Grenander 1956), and the peak is where that is most likely. Several humps come out with the
 * valleys between them filled, a uniform distribution stays uniform, and a long tail stays long. A value that several
 * share counts as spread halfway to its neighbours, as counts are of what lies between. O(n log n).
 *
 * @param values at least one, finite
 */
export function singlePeak(values: ArrayLike<number>): SinglePeak {
	const ascending = spreadTies(Float64Array.from(values).sort());
	const [first, last] = [ascending[0] as number, ascending.at(-1) as number];
	if (first === last) return { knots: [first, last], shares: [0, 1] };
	const knots = quantileKnots(ascending);
	const intervals = knots.slice(1).map((knot, i): Block => {
		return { mass: 1 / (knots.length - 1), width: knot - (knots[i] as number), intervals: 1 };
	});
	const peaked = mostLikely(intervals);
	const peak = { knots: [knots[0] as number], shares: [0] };
	let [at, share] = [0, 0];
	for (const block of peaked) {
		at += block.intervals;
		share += block.mass;
		peak.knots.push(knots[at] as number);
		peak.shares.push(share);
	}
	return peak;
}

/** The value with this share below it. O(knots). */
export function peakQuantile({ knots, shares }: SinglePeak, share: number): number {
	let at = 1;
	while (at < shares.length - 1 && (shares[at] as number) < share) at += 1;
	const [from, to] = [shares[at - 1] as number, shares[at] as number];
	const [low, high] = [knots[at - 1] as number, knots[at] as number];
	const along = Math.min(1, Math.max(0, (share - from) / (to - from)));
	return low + along * (high - low);
}

function quantileKnots(ascending: Float64Array): number[] {
	const count = Math.max(2, Math.min(MOST_INTERVALS, Math.floor(ascending.length / VALUES_PER_INTERVAL)));
	const [first, last] = [ascending[0] as number, ascending.at(-1) as number];
	const least = (last - first) * LEAST_WIDTH;
	const knots = [first];
	for (let i = 1; i <= count; i += 1) {
		knots.push(Math.max(quantileSorted(ascending, i / count), (knots[i - 1] as number) + least));
	}
	return knots;
}

/** Of all places for the peak the one under which the masses are most likely. */
function mostLikely(intervals: readonly Block[]): Block[] {
	let best: Block[] = [];
	let most = -Infinity;
	for (let peak = 0; peak <= intervals.length; peak += 1) {
		const rising = pooled(intervals.slice(0, peak));
		const falling = pooled(intervals.slice(peak).reverse()).reverse();
		const blocks = [...rising, ...falling];
		const likelihood = blocks.reduce((sum, { mass, width }) => sum + mass * Math.log(mass / width), 0);
		if (likelihood > most) [best, most] = [blocks, likelihood];
	}
	return best;
}

/** Neighbours pooled until densities rise (pool adjacent violators). */
function pooled(intervals: readonly Block[]): Block[] {
	const blocks: Block[] = [];
	for (const interval of intervals) {
		let block = interval;
		for (let before = blocks.at(-1); before !== undefined; before = blocks.at(-1)) {
			if (before.mass * block.width <= block.mass * before.width) break;
			blocks.pop();
			block = {
				mass: before.mass + block.mass,
				width: before.width + block.width,
				intervals: before.intervals + block.intervals
			};
		}
		blocks.push(block);
	}
	return blocks;
}
