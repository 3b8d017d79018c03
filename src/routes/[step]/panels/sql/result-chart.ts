import { extent, line, scaleLinear, scaleUtc } from 'd3';
import type { Format } from '#lib/core/format.ts';
import type { Column } from '#lib/engine/engine.ts';
import type { ResultColumn } from '#lib/pipeline/queries/workspace.ts';

export const CHART_KINDS = ['bars', 'line', 'points'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

/** What a chart draws, by the columns of the result. */
export interface ChartChoice {
	readonly kind: ChartKind;
	readonly x: number;
	readonly y: number;
}

/** One thing that is drawn: a bar, a point of a line, a point. */
export interface ChartMark {
	readonly label: string;
	/** Number or time of the x axis; the position for bars. */
	readonly x: number;
	readonly y: number;
}

/** Rows that a chart of a kind draws at most. */
export const MOST_MARKS: Readonly<Record<ChartKind, number>> = { bars: 20, line: 1_500, points: 2_000 };

/** Results of so few rows are about categories, also where these are numbers. */
const FEW_ROWS = 60;

/** The kinds of chart that a result has columns for, the best first; empty when it has no number. */
export function chartKinds(columns: readonly ResultColumn[], rowCount: number): ChartKind[] {
	const numbers = numbersOf(columns);
	if (numbers.length === 0 || rowCount < 2) return [];
	const kinds: ChartKind[] = [];
	if (columns.some(isTime)) kinds.push('line');
	if (columns.length > 1) kinds.push('bars');
	if (numbers.length > 1) kinds.push('points');
	const isMany = rowCount > FEW_ROWS && numbers.length > 1;
	return isMany && kinds[0] === 'bars' ? kinds.reverse() : kinds;
}

/** Columns that may stand on the x axis of a chart, and those on the y axis, by index. */
export function chartAxes(
	kind: ChartKind,
	columns: readonly ResultColumn[]
): { readonly x: readonly number[]; readonly y: readonly number[] } {
	const numbers = numbersOf(columns);
	if (kind === 'points') return { x: numbers, y: numbers };
	if (kind === 'line') return { x: indices(columns, isTime), y: numbers };
	const names = indices(columns, ({ isNumber }) => !isNumber);
	return { x: [...names, ...numbers], y: numbers };
}

/** The chart that fits a result; null when it has nothing to draw. */
export function chooseChart(
	columns: readonly ResultColumn[],
	rowCount: number,
	wanted: Partial<ChartChoice> = {}
): ChartChoice | null {
	const kinds = chartKinds(columns, rowCount);
	const kind = kinds.find((each) => each === wanted.kind) ?? kinds[0];
	if (kind === undefined) return null;
	const axes = chartAxes(kind, columns);
	const x = axes.x.find((each) => each === wanted.x) ?? axes.x[0] ?? 0;
	// The last number is most often what was worked out.
	const others = axes.y.filter((each) => each !== x);
	const y = others.find((each) => each === wanted.y) ?? (kind === 'points' ? others[0] : others.at(-1));
	return y === undefined ? null : { kind, x, y };
}

/** What is drawn of the values of both columns. Rows without a number or a time are left out. */
export function chartMarks(kind: ChartKind, xs: Column, ys: Column): ChartMark[] {
	const marks = Array.from(ys as ArrayLike<unknown>, (y, i): ChartMark => {
		const value = (xs as ArrayLike<unknown>)[i] ?? null;
		return { label: labelOf(value), x: kind === 'bars' ? i : placeOf(kind, value), y: Number(y ?? NaN) };
	}).filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
	return kind === 'line' ? marks.sort((a, b) => a.x - b.x) : marks;
}

function placeOf(kind: ChartKind, value: unknown): number {
	if (kind === 'points') return Number(value ?? NaN);
	// Times without a zone are those of the clock; the axis must not move them.
	return Date.parse(
		`${String(value)
			.replace(' ', 'T')
			.replace(/^([\d-]{10})$/, '$1T00:00')}Z`
	);
}

function labelOf(value: unknown): string {
	return value === null || Number.isNaN(value) ? '–' : String(value).replace(/ 00:00:00$/, '');
}

/** What a chart shows, as a sentence. */
export function chartFinding(
	{ kind, x, y }: ChartChoice,
	columns: readonly ResultColumn[],
	marks: readonly ChartMark[],
	{ rowCount, isCut }: { readonly rowCount: number; readonly isCut: boolean },
	number: (value: number) => string,
	format: Format
): string {
	const [xName, yName] = [columns[x]?.name ?? '', columns[y]?.name ?? ''];
	const highest = marks.reduce<ChartMark | null>(
		(best, mark) => (best && best.y >= mark.y ? best : mark),
		null
	);
	if (!highest) return `No row has both ${xName} and ${yName}`;
	if (kind === 'points') {
		const r = correlation(marks);
		const much = `${yName} against ${xName}`;
		return Number.isNaN(r) ? much : `${much}: correlation ${format.decimal(r, 2)}`;
	}
	const ties = marks.filter(({ y }) => y === highest.y);
	if (ties.length > 1) return tieWords(yName, ties, marks.length, number(highest.y), format);
	const sum = marks.reduce((total, mark) => total + mark.y, 0);
	const isWhole =
		kind === 'bars' && marks.length === rowCount && !isCut && marks.every((mark) => mark.y >= 0);
	const share = isWhole && sum > 0 ? `, ${format.percent(highest.y / sum)} of the sum` : '';
	return `${yName} is highest for ${highest.label}: ${number(highest.y)}${share}`;
}

/** What a chart shows where several marks are the highest: none of them is named alone. */
function tieWords(
	name: string,
	ties: readonly ChartMark[],
	count: number,
	value: string,
	format: Format
): string {
	if (ties.length === count) return `${count === 2 ? 'Both' : `All ${format.count(count)}`} are ${value}`;
	const [first, second] = ties;
	const labels =
		ties.length === 2
			? `${first?.label} and ${second?.label}`
			: `${format.count(ties.length)} of ${format.count(count)}`;
	return `${name} is highest for ${labels}: ${value} each`;
}

/**
 * Pearson's correlation of the places of marks; NaN where one of both does not vary.
 * Source: K. Pearson, Notes on regression and inheritance in the case of two parents, 1895.
 */
export function correlation(marks: readonly ChartMark[]): number {
	const mean = (of: (mark: ChartMark) => number) =>
		marks.reduce((sum, mark) => sum + of(mark), 0) / marks.length;
	const [xMean, yMean] = [mean(({ x }) => x), mean(({ y }) => y)];
	let [xx, yy, xy] = [0, 0, 0];
	for (const { x, y } of marks) {
		xx += (x - xMean) ** 2;
		yy += (y - yMean) ** 2;
		xy += (x - xMean) * (y - yMean);
	}
	return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : NaN;
}

/** Sizes in pixels of a chart with two axes. */
export interface AxesLayout {
	readonly height: number;
	readonly left: number;
	readonly bottom: number;
	readonly placeX: (value: number) => number;
	readonly placeY: (value: number) => number;
	readonly xTicks: readonly { readonly at: number; readonly text: string }[];
	readonly yTicks: readonly number[];
	readonly path: string;
}

const HEIGHT = 300;
const LEFT = 64;

/** Places marks of a line or of points in a width. Axes of numbers reach zero for lines. */
export function axesLayout(
	kind: ChartKind,
	marks: readonly ChartMark[],
	width: number,
	number: (value: number) => string
): AxesLayout {
	const bottom = HEIGHT - 28;
	const [least = 0, most = 1] = extent(marks, ({ y }) => y);
	const y = scaleLinear()
		.domain(kind === 'line' ? [Math.min(0, least), Math.max(0, most)] : [least, most])
		.nice(5)
		.range([bottom, 12]);
	const [first = 0, last = 1] = extent(marks, ({ x }) => x);
	const range = [LEFT + 6, width - 16];
	const count = Math.max(2, Math.floor(width / 90));
	const time = scaleUtc().domain([first, last]).range(range);
	const plain = scaleLinear().domain([first, last]).nice(count).range(range);
	const placeX = (value: number) => (kind === 'line' ? time(value) : plain(value));
	const timeText = time.tickFormat(count);
	return {
		height: HEIGHT,
		left: LEFT,
		bottom,
		placeX,
		placeY: (value) => y(value),
		xTicks:
			kind === 'line'
				? time.ticks(count).map((date) => ({ at: time(date), text: timeText(date) }))
				: plain.ticks(count).map((value) => ({ at: plain(value), text: number(value) })),
		yTicks: y.ticks(5),
		path:
			line<ChartMark>(
				(mark) => placeX(mark.x),
				(mark) => y(mark.y)
			)(marks) ?? ''
	};
}

/** Sizes in pixels of horizontal bars. */
export interface BarsLayout {
	readonly height: number;
	readonly step: number;
	/** Where bars of zero end. */
	readonly zero: number;
	readonly labelWidth: number;
	readonly placeValue: (value: number) => number;
}

/** Places bars in a width: labels on the left, values behind the bars. */
export function barsLayout(marks: readonly ChartMark[], width: number): BarsLayout {
	const step = 26;
	const labelWidth = Math.min(180, width * 0.34);
	const [least = 0, most = 0] = extent(marks, ({ y }) => y);
	const value = scaleLinear()
		.domain([Math.min(0, least), Math.max(0, most)])
		.range([labelWidth + 10, width - 86]);
	return {
		height: marks.length * step + 4,
		step,
		zero: value(0),
		labelWidth,
		placeValue: (each) => value(each)
	};
}

/** A label that fits in so many pixels of small text. */
export function shortLabel(label: string, pixels: number): string {
	const most = Math.max(4, Math.floor(pixels / 7));
	return label.length <= most ? label : `${label.slice(0, most - 1)}…`;
}

function numbersOf(columns: readonly ResultColumn[]): number[] {
	return indices(columns, ({ isNumber }) => isNumber);
}

function indices(columns: readonly ResultColumn[], test: (column: ResultColumn) => boolean): number[] {
	return columns.flatMap((column, i) => (test(column) ? [i] : []));
}

function isTime({ kind }: ResultColumn): boolean {
	return kind === 'date' || kind === 'time';
}
