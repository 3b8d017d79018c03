import { binValues, binWhole, type Bin } from '#lib/ui/charts/histogram.ts';
import { linearTicks } from '#lib/ui/charts/ticks.ts';

const BINS = 32;
/** Whole numbers are drawn to where nearly everyone is; the rest is counted in the last bin. */
const TAIL_SHARE = 0.02;
const MOST_TICKS = 7;

/** What a histogram of a feature needs: bins coloured by score, and ticks. */
export interface ScoreBins {
	readonly bins: readonly Bin[];
	readonly xScale: 'log' | 'linear';
	readonly ticks: readonly number[];
	readonly formatX: (value: number) => string;
}

/** What is scored: the values of all customers, their cut-points, and how a value is written. */
export interface Scored {
	readonly values: Float64Array;
	readonly cuts: readonly number[];
	/** Whole numbers of days or orders, or amounts on a logarithmic axis. */
	readonly kind: 'whole' | 'log';
	/** True where a lower value is better, as for recency. */
	readonly reversed: boolean;
	readonly write: (value: number) => string;
}

/** The histogram of a feature of all customers. */
export function scoreBins(scored: Scored): ScoreBins {
	return scored.kind === 'whole' ? wholeBins(scored) : logBins(scored);
}

/**
 * Cut-points of whole numbers as the highest value that still lies under each: a quantile of 2.4 orders parts
 * those with up to 2 from the others, and of 37.6 days those with up to 35 where nobody has 36 or 37.
 */
export function wholeCuts(values: Float64Array, cuts: readonly number[]): number[] {
	return cuts.map((cut) => {
		const highest = values.reduce((most, value) => (value <= cut && value > most ? value : most), -Infinity);
		return Number.isFinite(highest) ? highest : Math.floor(cut);
	});
}

function wholeBins({ values, cuts, reversed, write }: Scored): ScoreBins {
	const bins = binWhole(values, BINS, tailStart(values));
	const end = bins.at(-1)?.x1 ?? 1;
	const hasTail = highestOf(values) > end;
	const lastFrom = (bins.at(-1)?.x0 ?? 0) + 0.5;
	return {
		bins: bins.map((bin, i) => {
			const [from, to] = [bin.x0 + 0.5, bin.x1 - 0.5];
			const range = from === to ? write(from) : `${write(from)} to ${write(to)}`;
			const text = hasTail && i === bins.length - 1 ? `${write(from)} or more` : range;
			return { ...bin, text, score: scoreOf((from + to) / 2, cuts, reversed) };
		}),
		xScale: 'linear',
		ticks: linearTicks(bins[0]?.x0 ?? 0, end, MOST_TICKS).filter(Number.isInteger),
		formatX: (value) => (hasTail && value >= lastFrom ? `${write(value)}+` : write(value))
	};
}

function logBins({ values, cuts, reversed, write }: Scored): ScoreBins {
	const bins = binValues(values, BINS, 'log').map((bin) => ({
		...bin,
		score: scoreOf(Math.sqrt(bin.x0 * bin.x1), cuts, reversed)
	}));
	return {
		bins,
		xScale: 'log',
		ticks: powersOfTen(bins[0]?.x0 ?? 0, bins.at(-1)?.x1 ?? 1),
		formatX: write
	};
}

/** The shade of a value by its score: 1 the faintest, 5 the darkest, however many scores there are. */
function scoreOf(value: number, cuts: readonly number[], reversed: boolean): number {
	const below = cuts.filter((cut) => cut < value).length;
	const score = reversed ? cuts.length - below : below;
	return 1 + Math.round((4 * score) / Math.max(1, cuts.length));
}

/** The value that only the tail, at most `TAIL_SHARE` of the customers, exceeds. */
function tailStart(values: Float64Array): number {
	const sorted = Float64Array.from(values).sort();
	return sorted[Math.ceil((1 - TAIL_SHARE) * (sorted.length - 1))] ?? 0;
}

function highestOf(values: Float64Array): number {
	return values.reduce((most, value) => Math.max(most, value), -Infinity);
}

function powersOfTen(low: number, high: number): number[] {
	const first = Math.floor(Math.log10(Math.max(low, 1e-6)));
	const last = Math.ceil(Math.log10(Math.max(high, 1)));
	return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
}
