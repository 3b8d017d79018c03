import type { Format } from '#lib/core/format.ts';
import { counted } from '#lib/core/words.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import type { NumberSpread } from '#lib/pipeline/features/spread.ts';
import type { Filter } from '#lib/session/filters.ts';
import type { ScaleKind } from '#lib/ui/charts/scatter-axis.ts';
import { featureAmount } from '../feature-words.ts';
import { tickText } from '../features/spread-chart.ts';

/** The components that an axis can show. */
export const COMPONENTS = ['pc1', 'pc2'] as const;

/** True for an axis that is a component. */
export function isComponent(column: string): boolean {
	return COMPONENTS.some((component) => component === column);
}

/** Units whose values lie between ends that are known: a logarithm would say nothing. */
const BOUNDED: readonly FeatureSummary['unit'][] = ['share', 'score', 'index', 'ratio'];
/** A largest value so many times the typical one leaves most people in a corner. */
const LOPSIDED = 5;

/** How an axis of a feature is drawn: by logarithms where a few values lie far beyond the typical one. */
export function scaleOf(
	{ unit }: Pick<FeatureSummary, 'unit'>,
	{ low, high, quantiles }: Pick<NumberSpread, 'low' | 'high' | 'quantiles'>
): ScaleKind {
	const median = quantiles[2] ?? 0;
	if (BOUNDED.includes(unit) || low < 0) return 'linear';
	return high > LOPSIDED * Math.max(median, 1e-9) ? 'log' : 'linear';
}

/** What an axis is called inside a sentence. */
export function axisName(column: string, features: readonly FeatureSummary[]): string {
	if (isComponent(column)) return `component ${column.slice(2)}`;
	return features.find(({ id }) => id === column)?.label.toLowerCase() ?? column;
}

/** A value of an axis, short. */
export function axisValue(
	column: string,
	value: number,
	format: Format,
	features: readonly FeatureSummary[]
): string {
	const feature = features.find(({ id }) => id === column);
	return feature === undefined ? format.decimal(value, 1) : tickText(feature, value, format);
}

/** What names things in the words of a filter. */
interface Named {
	readonly features: readonly FeatureSummary[];
	readonly format: Format;
	readonly nameOf: (cluster: number) => string;
}

/** A filter as the chip that takes it away says it. */
export function filterWords(filter: Filter, { features, format, nameOf }: Named): string {
	const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
	if (filter.kind === 'segment') return nameOf(filter.cluster);
	if (filter.kind === 'range') {
		const feature = features.find(({ id }) => id === filter.column);
		const amount = (value: number): string =>
			feature ? featureAmount(feature, shown(value), format) : format.decimal(value, 1);
		const name = capital(axisName(filter.column, features));
		if (filter.from === null && filter.to === null) return `${name}: any value`;
		if (filter.from === null) return `${name}: up to ${amount(filter.to as number)}`;
		if (filter.to === null) return `${name}: above ${amount(filter.from)}`;
		return `${name}: above ${amount(filter.from)}, up to ${amount(filter.to)}`;
	}
	const axes = `${axisName(filter.x.column, features)} and ${axisName(filter.y.column, features)}`;
	return filter.kind === 'box' ? `Rectangle: ${axes}` : `Outline: ${axes}`;
}

/** Bars of whole numbers end half a unit beside them: above 2.5 is above 2. */
function shown(value: number): number {
	return Number.isInteger(value * 2) ? Math.floor(value) : value;
}

/** The sentence of the screen, and the line below it. */
export function exploreWords(
	counts: { readonly customers: number; readonly segments: number; readonly picked: number | null },
	revenueShare: number | null,
	format: Format
): { readonly title: string; readonly sub: string } {
	const { customers, segments, picked } = counts;
	const sub = 'Drag over any chart to pick people: all other charts answer at once.';
	if (picked === null) {
		const people = counted(customers, 'customer', format);
		const many = counted(segments, 'segment', format);
		return { title: `${people} in ${many}, every one of them to look at.`, sub };
	}
	const share = format.percent(picked / Math.max(1, customers));
	const money = revenueShare === null ? '' : ` They bring ${format.percent(revenueShare)} of revenue.`;
	return { title: `${counted(picked, 'customer', format)} picked, ${share} of all.${money}`, sub };
}
