/** Where the values of a feature lie. */
export interface ValueRange {
	readonly low: number;
	readonly high: number;
	/** True when all of them are whole. */
	readonly isWhole: boolean;
}

/** How values are put into bins. */
export interface BinPlan {
	readonly scale: 'linear' | 'log';
	/** Rising; one more than there are bins. What lies above the last one counts in the last bin. */
	readonly edges: readonly number[];
}

const MOST_BINS = 24;
/** A tail that reaches so many times further than the middle half of the values would leave them a sliver. */
const LONG_TAIL = 10;

/**
 * Bins for a histogram: one for each whole number where there are few, else at most 24 equally wide ones. Where a few values
 * lie far beyond the others, the bins are equally wide on a logarithmic scale; with values of zero or less there is none, so
 * the last bin holds the tail.
 * @param quantiles at 5, 25, 50, 75 and 95 %
 */
export function binEdges(
	range: ValueRange,
	[q5, q25, , q75, q95]: readonly [number, number, number, number, number]
): BinPlan {
	const { low, high, isWhole } = range;
	if (low === high) return { scale: 'linear', edges: [low - 0.5, low + 0.5] };
	const reach = q75 - q25 || (q95 - q5) / 2;
	const fits = isWhole && high - low < MOST_BINS;
	const isLopsided = !fits && reach > 0 && high - low > LONG_TAIL * reach;
	if (isLopsided && low > 0) return { scale: 'log', edges: logEdges(range) };
	const end = isLopsided ? Math.min(high, q95 + (q95 - q5)) : high;
	const edges = isWhole ? wholeEdges(low, Math.ceil(end)) : rising(evenEdges(low, end));
	return { scale: 'linear', edges: edges.length > 1 ? edges : [low, high] };
}

/** Without edges that rounding made equal to the one before. */
function rising(edges: readonly number[]): number[] {
	return edges.filter((edge, i) => i === 0 || edge > (edges[i - 1] as number));
}

/** Edges half a unit beside whole numbers, each bin of equally many of them. */
function wholeEdges(low: number, end: number): number[] {
	const width = Math.ceil((end - low + 1) / MOST_BINS);
	const count = Math.ceil((end - low + 1) / width);
	return Array.from({ length: count + 1 }, (_, i) => low - 0.5 + i * width);
}

function evenEdges(low: number, end: number): number[] {
	return Array.from({ length: MOST_BINS + 1 }, (_, i) =>
		i === MOST_BINS ? end : low + (i * (end - low)) / MOST_BINS
	);
}

/** Edges equally far apart by their logarithms; those of whole numbers lie half a unit beside them. */
function logEdges({ low, high, isWhole }: ValueRange): number[] {
	const [start, end] = isWhole ? [low - 0.5, high + 0.5] : [low, high];
	const step = (Math.log(end) - Math.log(start)) / MOST_BINS;
	const edges = Array.from({ length: MOST_BINS + 1 }, (_, i) => {
		if (i === MOST_BINS) return end;
		const edge = start * Math.exp(i * step);
		return isWhole ? Math.round(edge - 0.5) + 0.5 : edge;
	});
	return rising(edges);
}
