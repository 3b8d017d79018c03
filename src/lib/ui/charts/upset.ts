import { MOST_FOR_NAMES, textWidth } from './labels.ts';

/** A set of people, such as a segment. */
export interface UpSetSet {
	readonly id: string;
	readonly name: string;
	/** Position in the palette, from 0; null for a set without a mark of its own. */
	readonly index: number | null;
	readonly count: number;
	/** Its size as it is written beside its bar. */
	readonly figure: string;
}

/** People in exactly these sets: bit i of `mask` stands for the i-th set. */
export interface UpSetColumn {
	readonly mask: number;
	readonly count: number;
	/** Its size as it is written over its bar. */
	readonly figure: string;
	/** Lines of the tooltip: sizes, money. */
	readonly lines: readonly string[];
}

/** Sizes of the picture in pixels. */
export interface UpSetLayout {
	/** Names stand above their row, and there are no bars beside them. */
	readonly isNarrow: boolean;
	/** Room for a name. */
	readonly nameRoom: number;
	/** The ends of the bars of the sets; both 0 in narrow plots. */
	readonly barsFrom: number;
	readonly barsTo: number;
	/** Where the columns begin, and how far they are from each other. */
	readonly left: number;
	readonly step: number;
	/** Columns that there is room for; the others, which are smaller, are in the table. */
	readonly shown: number;
	readonly top: number;
	readonly base: number;
	readonly rowHeight: number;
	readonly height: number;
	/** Middle of a column, and of the marks of a row. */
	readonly columnX: (column: number) => number;
	readonly rowY: (row: number) => number;
}

const NARROW = 560;
const LEAST_STEP = 38;
const MOST_STEP = 64;
/** Where names begin beside their mark. */
export const NAME_START = 20;
const NAME_SIZE = 13;
const SET_BAR = 84;
const GAP = 12;

/** Sizes in pixels for a width. */
export function upsetLayout(
	width: number,
	sets: readonly Pick<UpSetSet, 'name' | 'figure'>[],
	columnCount: number
): UpSetLayout {
	const isNarrow = width < NARROW;
	const nameWidth = Math.ceil(Math.max(0, ...sets.map(({ name }) => textWidth(name, NAME_SIZE))));
	const figureWidth = Math.ceil(Math.max(0, ...sets.map(({ figure }) => textWidth(figure, 12))));
	const nameRoom = isNarrow
		? width - NAME_START - figureWidth - GAP
		: Math.min(nameWidth, Math.floor(width * MOST_FOR_NAMES) - SET_BAR);
	const barsFrom = isNarrow ? 0 : NAME_START + nameRoom + 2 * GAP + figureWidth;
	const barsTo = isNarrow ? 0 : barsFrom + SET_BAR;
	const left = isNarrow ? 0 : barsTo + GAP;
	const room = Math.max(width - left, LEAST_STEP);
	const shown = Math.min(columnCount, Math.floor(room / LEAST_STEP));
	const step = Math.min(MOST_STEP, room / Math.max(1, shown));
	const rowHeight = isNarrow ? 48 : 30;
	const base = isNarrow ? 132 : 172;
	const rowsTop = base + 14;
	return {
		isNarrow,
		nameRoom,
		barsFrom,
		barsTo,
		left,
		step,
		shown,
		top: 22,
		base,
		rowHeight,
		height: rowsTop + rowHeight * sets.length,
		columnX: (column) => left + step * (column + 0.5),
		rowY: (row) => rowsTop + rowHeight * row + (isNarrow ? 32 : rowHeight / 2)
	};
}

/** The places of the sets of a mask, ascending. */
export function setsOf(mask: number, setCount: number): number[] {
	return Array.from({ length: setCount }, (_, place) => place).filter((place) => (mask & (1 << place)) !== 0);
}

/** The names of the sets of a mask: `A`, `A and B`, `A, B and C`. */
export function namesOf(mask: number, sets: readonly Pick<UpSetSet, 'name'>[]): string {
	const names = setsOf(mask, sets.length).map((place) => sets[place]?.name ?? '');
	const last = names.pop() ?? '';
	return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
