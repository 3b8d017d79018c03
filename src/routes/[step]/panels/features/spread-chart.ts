import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import type { NumberSpread } from '#lib/pipeline/features/spread.ts';
import type { Selection } from '#lib/session/customers.ts';
import type { Format } from '#lib/core/format.ts';
import type { BinRange } from '#lib/ui/charts/bin-range.ts';
import type { Bin } from '#lib/ui/charts/histogram.ts';
import { linearTicks, logTicks } from '#lib/ui/charts/ticks.ts';
import { featureAmount, featureValue } from '../feature-words.ts';

const MOST_TICKS = 6;
const LARGE = 1000;

/** The bins of a spread as a chart has them, with words for what is in them. */
export function chartBins(
	feature: Pick<FeatureSummary, 'id' | 'unit'>,
	{ bins, isWhole, high }: NumberSpread,
	format: Format
): Bin[] {
	const value = (at: number) => featureValue(feature.id, at, format, [feature]);
	const amount = (at: number) => featureAmount(feature, at, format);
	return bins.map(({ from, to, customers }, i) => {
		// Edges of whole numbers lie half a unit beside them. A zero is made of −0, which is written with its sign.
		const [first, last] = isWhole ? [Math.ceil(from) + 0, Math.floor(to) + 0] : [from, to];
		const isTail = i === bins.length - 1 && high > to;
		const text = isTail
			? `${value(first)} to ${amount(high)}`
			: first === last
				? amount(first)
				: `${value(first)} to ${amount(last)}`;
		return { x0: from, x1: to, count: customers, text };
	});
}

/** A tick of an axis, short: `£10`, `1.5k`; days are written out. */
export function tickText(
	feature: Pick<FeatureSummary, 'id' | 'unit'>,
	value: number,
	format: Format
): string {
	if (feature.unit === 'money') return format.compactMoney(value);
	if (feature.unit === 'days' || Math.abs(value) < LARGE)
		return featureValue(feature.id, value, format, [feature]);
	return format.compact(value);
}

/** Round ticks inside the bins. */
export function chartTicks({ bins, scale, isWhole }: NumberSpread): number[] {
	const [low, high] = [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1];
	const ticks = scale === 'log' ? logTicks(low, high, MOST_TICKS) : linearTicks(low, high, MOST_TICKS);
	return isWhole ? ticks.filter((tick) => Number.isInteger(tick)) : ticks;
}

/** Picks the customers of some bins. A bin begins just above its lower edge; the first and the last one hold all beyond. */
export function brushOf(column: string, { bins, low, high }: NumberSpread, range: BinRange): Selection {
	const from = range.first === 0 ? low : justAbove(bins[range.first]?.from ?? low);
	const to = range.last === bins.length - 1 ? high : (bins[range.last]?.to ?? high);
	const axis = { column, from, to };
	return { kind: 'brush', x: axis, y: axis };
}

/** The bins that a selection picks the customers of; null where it is another one. */
export function rangeOf(column: string, spread: NumberSpread, selection: Selection | null): BinRange | null {
	if (selection?.kind !== 'brush' || selection.x.column !== column || selection.y.column !== column)
		return null;
	const { from, to } = selection.x;
	const { bins, high } = spread;
	const first = bins.findLastIndex((bin) => bin.from <= from);
	const last = to >= high ? bins.length - 1 : bins.findIndex((bin) => bin.to >= to);
	return last < 0 ? null : { first: Math.max(0, first), last };
}

const RELATIVE_STEP = 2 ** -44;

function justAbove(value: number): number {
	return value + Math.max(Math.abs(value), 1e-6) * RELATIVE_STEP;
}
