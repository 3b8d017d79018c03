import { MOST_FOR_NAMES, textWidth } from './labels.ts';
import { linearTicks } from './ticks.ts';

/** An estimate for a group of people, with its interval. */
export interface IntervalItem {
	readonly id: string;
	readonly name: string;
	/** Position in the palette, from 0; null for everyone without a colour of their own. */
	readonly index: number | null;
	readonly customers: number;
	/** NaN where there is nobody. */
	readonly value: number;
	/** Ends of the interval; NaN where it is not known. */
	readonly low: number;
	readonly high: number;
}

/** Sizes of the picture in pixels. */
export interface IntervalsLayout {
	readonly isNarrow: boolean;
	readonly left: number;
	readonly right: number;
	/** Room for a name, in pixels; longer ones are to be cut. */
	readonly nameRoom: number;
	readonly top: number;
	readonly rowHeight: number;
	readonly bottom: number;
	readonly height: number;
	readonly ticks: readonly number[];
	/** Pixels of a value, kept inside. */
	readonly place: (value: number) => number;
	/** Middle of the line of a row. */
	readonly rowY: (row: number) => number;
	/** Right edges of the two columns of figures. */
	readonly valueX: number;
	readonly countX: number;
}

/** What stands beside each line. */
export interface IntervalTexts {
	readonly value: (item: IntervalItem) => string;
	readonly count: (item: IntervalItem) => string;
}

const NARROW = 560;
export const NAME_START = 22;
const NAME_GAP = 16;
const COLUMN_GAP = 14;

/**
 * Sizes in pixels for a width; in narrow plots names and figures stand above their line. The axis holds every interval, 0
 * and the value of everyone; an interval that would leave four fifths of the axis empty is cut off at its end.
 *
 * @param most the end of the axis where there is one, such as 1 for shares
 */
export function intervalsLayout(
	width: number,
	items: readonly IntervalItem[],
	everyone: number,
	texts: IntervalTexts,
	most = Infinity
): IntervalsLayout {
	const isNarrow = width < NARROW;
	const widest = (textsOf: readonly string[], size: number) =>
		Math.ceil(Math.max(0, ...textsOf.map((text) => textWidth(text, size))));
	const names = widest(
		items.map(({ name }) => name),
		13
	);
	const counts = widest(items.map(texts.count), 12);
	const values = widest(items.map(texts.value), 13);
	const figures = counts + values + 2 * COLUMN_GAP;
	const nameRoom = isNarrow
		? Math.max(0, width - NAME_START - figures)
		: Math.min(names, Math.floor(width * MOST_FOR_NAMES));
	const left = isNarrow ? 0 : NAME_START + nameRoom + NAME_GAP;
	const right = Math.max(left + 1, isNarrow ? width - 8 : width - figures);
	const [low, high] = spanOf(items, everyone, most);
	const rowHeight = isNarrow ? 46 : 32;
	const top = 30;
	const bottom = top + items.length * rowHeight + 4;
	return {
		isNarrow,
		left,
		right,
		nameRoom,
		top,
		rowHeight,
		bottom,
		height: bottom + 24,
		ticks: linearTicks(low, high, isNarrow ? 4 : 6),
		place: (value) => left + ((Math.min(Math.max(value, low), high) - low) / (high - low)) * (right - left),
		rowY: (row) => top + (row + 0.5) * rowHeight + (isNarrow ? 11 : 2),
		valueX: width - counts - COLUMN_GAP,
		countX: width
	};
}

function spanOf(items: readonly IntervalItem[], everyone: number, most: number): [number, number] {
	const finite = (values: readonly number[]) => values.filter(Number.isFinite);
	const values = finite([0, everyone, ...items.map(({ value }) => value)]);
	const [least, largest] = [Math.min(...values), Math.max(...values)];
	const room = 4 * (largest - least);
	const ends = finite(items.flatMap(({ low, high }) => [low, high]));
	const low = Math.max(Math.min(least, ...ends), least - room);
	const high = Math.min(Math.max(largest, ...ends), largest + room, most);
	return high > low ? [low, high] : [low, low + 1];
}

/** The place of the words over the line of everyone: above it, kept inside. */
export function everyoneX(place: number, words: string, width: number): number {
	const half = textWidth(words, 12) / 2;
	return Math.max(half, Math.min(place, width - half));
}
