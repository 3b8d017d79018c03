import { binValues, type Bin, type Cut } from '#lib/ui/charts/histogram.ts';

const BINS = 32;
/** Linear axes end where nearly everyone is; the rest is counted in the last bin. */
const TAIL_SHARE = 0.02;

/** What a histogram of a feature needs: bins coloured by score, cut-points and ticks. */
export interface ScoreBins {
	readonly bins: readonly Bin[];
	readonly cuts: readonly Cut[];
	readonly xScale: 'log' | 'linear';
	readonly ticks: readonly number[];
}

/** The bins of a feature of all customers. `reversed`: a lower value is better, as for recency. */
export function scoreBins(
	values: Float64Array,
	cuts: readonly number[],
	xScale: 'log' | 'linear',
	reversed: boolean,
	write: (value: number) => string
): ScoreBins {
	const shown = xScale === 'linear' ? clipped(values) : values;
	const bins = binValues(shown, Math.min(BINS, spread(shown)), xScale).map((bin) => {
		const middle = xScale === 'log' ? Math.sqrt(bin.x0 * bin.x1) : (bin.x0 + bin.x1) / 2;
		const below = cuts.filter((cut) => cut < middle).length;
		return { ...bin, score: reversed ? 5 - below : 1 + below };
	});
	const ends = [bins[0]?.x0 ?? 0, bins.at(-1)?.x1 ?? 1] as const;
	return {
		bins,
		xScale,
		cuts: [...new Set(cuts)].map((value) => ({ value, label: write(value) })),
		ticks: xScale === 'log' ? powersOfTen(...ends) : linearTicks(...ends)
	};
}

/** Values with the far tail moved to where it begins. */
function clipped(values: Float64Array): Float64Array {
	const sorted = Float64Array.from(values).sort();
	const end = sorted[Math.floor((1 - TAIL_SHARE) * (sorted.length - 1))] ?? 0;
	return values.map((value) => Math.min(value, end));
}

/** How many whole values there are between the ends, so that whole numbers get a bin each. */
function spread(values: Float64Array): number {
	let low = Infinity;
	let high = -Infinity;
	for (const value of values) {
		if (value < low) low = value;
		if (value > high) high = value;
	}
	const range = Math.ceil(high - low);
	return Number.isFinite(range) ? Math.max(4, range) : BINS;
}

function powersOfTen(low: number, high: number): number[] {
	const first = Math.floor(Math.log10(Math.max(low, 1e-6)));
	const last = Math.ceil(Math.log10(Math.max(high, 1)));
	return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
}

function linearTicks(low: number, high: number): number[] {
	const step =
		[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((size) => (high - low) / size <= 6) ?? (high - low) / 5;
	const first = Math.ceil(low / step) * step;
	return Array.from({ length: Math.floor((high - first) / step) + 1 }, (_, i) => first + i * step);
}
