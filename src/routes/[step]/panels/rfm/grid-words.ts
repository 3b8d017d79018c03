import type { Format } from '#lib/core/format.ts';
import { BASE_HORIZON, type CellRate, type PastDay } from '#lib/pipeline/segment/past/schema.ts';
import type { RfmResult } from '#lib/pipeline/segment/schema.ts';
import { SHARE_THRESHOLDS, type HeatCell } from '#lib/ui/charts/heat.ts';

/** What the grid of scores shows. */
export const METRICS = ['revenue', 'customers', 'again'] as const;
export type Metric = (typeof METRICS)[number];

/** How many days after a past day it is looked who bought again. */
export const AGAIN_DAYS = BASE_HORIZON;

/** Where the seven colours of the share who bought again part. */
const AGAIN_THRESHOLDS: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.55, 0.7];
/** As `SHARE_THRESHOLDS`, for grids of nine cells: each has 11 % where all are alike. */
const FEW_CELLS_THRESHOLDS: readonly number[] = [0.02, 0.05, 0.08, 0.12, 0.3, 0.5];
const MANY_CELLS = 20;
/** Under so many people a share is said to rest on few. */
const FEW = 100;
/** A cell that carries more than this stands out. */
const STANDS_OUT = 0.2;

/** What there is of everyone. */
export interface Totals {
	readonly customers: number;
	/** Null without amounts. */
	readonly revenue: number | null;
}

/** The place of scores in the grid: the best recency at the top, the best frequency at the right. */
export function placeOf(levels: number, { r, f }: { readonly r: number; readonly f: number }) {
	return { row: levels - r, col: f - 1 };
}

/** The scores at a place of the grid. */
export function scoresAt(levels: number, { row, col }: { readonly row: number; readonly col: number }) {
	return { r: levels - row, f: col + 1 };
}

/** The cells of the grid by a share of today's customers or revenue. */
export function shareCells(
	{ cells, levels }: Pick<RfmResult, 'cells' | 'levels'>,
	metric: Exclude<Metric, 'again'>,
	{ customers, revenue }: Totals
): HeatCell[] {
	const isMoney = metric === 'revenue' && revenue !== null && revenue > 0;
	return cells.map((cell) => ({
		...placeOf(levels, cell),
		customers: cell.customers,
		share: isMoney ? cell.revenue / revenue : cell.customers / Math.max(1, customers)
	}));
}

/** The cells of the grid by the share of people of a past day who bought again, with its interval. */
export function againCells(rates: readonly CellRate[], levels: number, format: Format): HeatCell[] {
	return rates.map((rate) => ({
		...placeOf(levels, rate),
		customers: rate.customers,
		share: rate.share.value,
		isFew: rate.customers < FEW,
		notes: [
			rate.customers === 0
				? 'Nobody was here on that day'
				: `95% interval ${format.percent(rate.share.low)} to ${format.percent(rate.share.high)}${rate.customers < FEW ? ' (few)' : ''}`
		]
	}));
}

/** The cells of a past day with who bought again; null while that time is not over, or where its grid is another one. */
export function seenCells(
	{ outcomes, levels, axes }: Pick<PastDay, 'outcomes' | 'levels' | 'axes'>,
	grid: Pick<RfmResult, 'levels' | 'axes'>
): readonly CellRate[] | null {
	if (levels !== grid.levels || axes.join() !== grid.axes.join()) return null;
	return outcomes.find(({ horizon }) => horizon === AGAIN_DAYS)?.seen?.cells ?? null;
}

/** Where the seven colours part. */
export function thresholdsOf(metric: Metric, cellCount: number): readonly number[] {
	if (metric === 'again') return AGAIN_THRESHOLDS;
	return cellCount >= MANY_CELLS ? SHARE_THRESHOLDS : FEW_CELLS_THRESHOLDS;
}

/** What the grid says, in a sentence with its number. */
export function gridTitle(
	cells: readonly HeatCell[],
	metric: Metric,
	hasMoney: boolean,
	format: Format
): string {
	const known = cells.filter(({ share }) => Number.isFinite(share));
	if (metric === 'again') {
		const enough = known.filter(({ customers }) => customers >= FEW).map(({ share }) => share);
		if (enough.length < 2) return 'Too few people in each cell to say who bought again';
		const [low, high] = [Math.min(...enough), Math.max(...enough)];
		return `From ${format.percent(low)} to ${format.percent(high)} bought again within ${AGAIN_DAYS} days`;
	}
	const best = Math.max(0, ...known.map(({ share }) => share));
	const of = metric === 'revenue' && hasMoney ? 'the revenue' : 'the customers';
	const verb = of === 'the revenue' ? 'carries' : 'holds';
	return best > STANDS_OUT ? `One cell ${verb} ${format.percent(best)} of ${of}` : 'No cell stands out';
}
