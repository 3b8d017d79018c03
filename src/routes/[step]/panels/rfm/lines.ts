import type { Format } from '#lib/core/format.ts';
import { decimalMarkOf, readPlainNumber } from '#lib/core/plain-number.ts';
import type { RfmCutPoints, RfmParams, RfmResult } from '#lib/pipeline/segment/schema.ts';
import { betweenNeighbours, type CutLine } from '#lib/ui/charts/cut-lines.ts';
import { wholeCuts } from './bins.ts';

/** A feature whose lines are drawn. */
export interface LinedFeature {
	readonly key: keyof RfmCutPoints;
	/** Id of the feature. */
	readonly id: 'recency_days' | 'frequency' | 'monetary_total';
	readonly title: string;
	/** What its numbers count, beside the fields of its lines. */
	readonly unit: string;
	/** Whole numbers of days or orders, or amounts on a logarithmic axis. */
	readonly kind: 'whole' | 'log';
	/** True where a lower value is better, as for recency. */
	readonly reversed: boolean;
	/** The lowest and the highest value a line may have. */
	readonly least: number;
	readonly most: number;
}

const MOST_WHOLE = 1_000_000;
const MOST_AMOUNT = 1e11;

/** The three features that are scored, as the screen shows them. */
export const LINED_FEATURES: readonly LinedFeature[] = [
	{
		key: 'recencyDays',
		id: 'recency_days',
		title: 'Last order',
		unit: 'days ago',
		kind: 'whole',
		reversed: true,
		least: 0,
		most: MOST_WHOLE
	},
	{
		key: 'frequency',
		id: 'frequency',
		title: 'Orders',
		unit: 'number of orders',
		kind: 'whole',
		reversed: false,
		least: 1,
		most: MOST_WHOLE
	},
	{
		key: 'monetaryTotal',
		id: 'monetary_total',
		title: 'Total spend',
		unit: 'amount, log scale',
		kind: 'log',
		reversed: false,
		least: 0,
		most: MOST_AMOUNT
	}
];

/**
 * The lines in use as they are shown and moved: those between whole numbers at the highest value under
 * them, which parts the same customers. Lines the user drew stay as they were drawn.
 */
export function shownCuts(
	{ scheme, cutPoints }: Pick<RfmResult, 'scheme' | 'cutPoints'>,
	features: ReadonlyMap<string, Float64Array>,
	own: RfmParams['cutPoints']
): RfmCutPoints {
	if (scheme === FIXED && own !== null) return cutPoints;
	const whole = (id: string, cuts: readonly number[]) => {
		const values = features.get(id) ?? new Float64Array(0);
		return cuts.map((cut) => (Number.isInteger(cut) ? cut : (wholeCuts(values, [cut])[0] ?? cut)));
	};
	return {
		recencyDays: whole('recency_days', cutPoints.recencyDays),
		frequency: whole('frequency', cutPoints.frequency),
		monetaryTotal: cutPoints.monetaryTotal
	};
}

/** Id of the scheme whose lines the user draws. */
export const FIXED = 'fixed';

/** The cut-points with one line moved; it stops at the lines beside it. */
export function movedLine(
	cuts: RfmCutPoints,
	{ key, least, most }: Pick<LinedFeature, 'key' | 'least' | 'most'>,
	line: number,
	value: number
): RfmCutPoints {
	const values = cuts[key];
	if (values === null || Number.isNaN(value)) return cuts;
	// Lines that were found stand where customers are, which may be further up.
	const highest = Math.max(most, ...values);
	return { ...cuts, [key]: values.with(line, betweenNeighbours(values, line, value, [least, highest])) };
}

/** The value of a line at a place on the axis: a whole number, or an amount to three digits. */
export function valueAt({ kind, least }: Pick<LinedFeature, 'kind' | 'least'>, at: number): number {
	return kind === 'whole' ? Math.max(least, Math.round(at - 0.5)) : roundTo(at, stepAt(at) / 5);
}

/** The value so many steps away: by ones, or for amounts by the second digit. Without end: the neighbour's. */
export function steppedValue(
	{ kind, most }: Pick<LinedFeature, 'kind' | 'most'>,
	values: readonly number[],
	line: number,
	steps: number,
	highest: number
): number {
	if (steps === Infinity) return values[line + 1] ?? highest;
	if (steps === -Infinity) return values[line - 1] ?? 0;
	const value = Math.min(values[line] ?? 0, Math.max(most, highest));
	if (kind === 'whole') return Math.round(value) + steps;
	const step = stepAt(value);
	const rounded = roundTo(value, step);
	// A value between two steps goes to the nearer of them in that direction first.
	const isPast = steps > 0 ? rounded > value : rounded < value;
	return roundTo(rounded + (steps - (isPast ? Math.sign(steps) : 0)) * step, step);
}

/** What a line typed as text would be, or what is wrong with it: what was found, and what is allowed. */
export function typedLine(
	text: string,
	feature: Pick<LinedFeature, 'key' | 'kind' | 'least' | 'most'>,
	values: readonly number[],
	line: number,
	format: Format
): { readonly value: number } | { readonly problem: string } {
	const { kind, least, most } = feature;
	const said = `“${clipped(text.trim(), LONGEST_SAID)}”`;
	const write = (value: number) => withUnit(feature, value, format);
	const mark = decimalMarkOf(format);
	const read = readPlainNumber(text, mark);
	if (read.kind === 'none') {
		const examples = kind === 'whole' ? '30' : `215 or 215${mark}50`;
		return { problem: `${said} is not a number. Use plain digits, such as ${examples}.` };
	}
	if (read.kind === 'ambiguous') {
		return { problem: `${said} can be read two ways. Write ${read.readings.join(' or ')}.` };
	}
	const { value } = read;
	if (kind === 'whole' && !Number.isInteger(value))
		return { problem: `${said} is not whole. A whole number is needed.` };
	const [below, above] = [values[line - 1], values[line + 1]];
	if (value < least) return { problem: `${said} is too low. At least ${write(least)} is needed.` };
	if (value > most) return { problem: `${said} is too high. At most ${write(most)} is allowed.` };
	if (below !== undefined && value < below)
		return { problem: `Line ${line + 1} cannot lie at ${said}, below line ${line} at ${write(below)}.` };
	if (above !== undefined && value > above)
		return { problem: `Line ${line + 1} cannot lie at ${said}, above line ${line + 2} at ${write(above)}.` };
	return { value };
}

/** The value of a line as its field has it: whole, or an amount with cents. */
export function fieldText({ kind }: Pick<LinedFeature, 'kind'>, value: number, format: Format): string {
	if (kind === 'whole') return String(Math.floor(value));
	const cents = Math.round(value * 100);
	return String(Number.isSafeInteger(cents) ? cents / 100 : value).replace('.', decimalMarkOf(format));
}

/** The value of a line in the room that a label has. */
export function lineLabel({ kind }: Pick<LinedFeature, 'kind'>, value: number, format: Format): string {
	const label = kind === 'whole' ? format.count(value) : format.compactMoney(value);
	return label.length <= LONGEST_LABEL ? label : clipped(format.compact(value), LONGEST_LABEL);
}

const LONGEST_SAID = 24;
const LONGEST_LABEL = 10;

function clipped(text: string, most: number): string {
	return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** The lines of a feature for its chart. */
export function cutLines(feature: LinedFeature, cuts: readonly number[], format: Format): CutLine[] {
	const levels = cuts.length + 1;
	return cuts.map((value, i) => {
		const [below, above] = feature.reversed ? [levels - i, levels - i - 1] : [i + 1, i + 2];
		return {
			value,
			at: feature.kind === 'whole' ? Math.floor(value) + 0.5 : value,
			label: lineLabel(feature, value, format),
			name: `${feature.title}: line between score ${below} and score ${above}`,
			text: `up to ${withUnit(feature, value, format)}`
		};
	});
}

/** A value with its unit: `21 days`, `1 order`, `£215`. */
export function withUnit({ key }: Pick<LinedFeature, 'key'>, value: number, format: Format): string {
	if (key === 'recencyDays') return format.days(value);
	if (key === 'frequency') return `${format.count(value)} ${value === 1 ? 'order' : 'orders'}`;
	return format.money(value);
}

/** Half of the second digit of an amount: 5 at 215, 50 at 1,638. */
function stepAt(value: number): number {
	return 5 * 10 ** (Math.floor(Math.log10(Math.max(value, 1))) - 2);
}

function roundTo(value: number, step: number): number {
	// Cents at the finest; the division keeps 0.1 exact.
	const per = Math.round(1 / Math.max(step, 0.01));
	return step >= 1 ? Math.round(value / step) * step : Math.round(value * per) / per;
}
