import { textWidth } from './labels.ts';

/** Where the seven colours of a correlation part: strong, clear and weak on either side, and next to nothing. */
export const CORRELATION_THRESHOLDS: readonly number[] = [-0.7, -0.4, -0.1, 0.1, 0.4, 0.7];

/** The colour class of a correlation, 1 (strongly opposed) … 7 (strongly alike); 4 for none, and where there is none. */
export function correlationClass(r: number): number {
	if (Number.isNaN(r)) return 4;
	return (
		1 + CORRELATION_THRESHOLDS.filter((threshold) => (threshold < 0 ? r > threshold : r >= threshold)).length
	);
}

/** What a correlation says, in words. */
export function correlationWords(r: number): string {
	if (Number.isNaN(r)) return 'not known';
	const size = Math.abs(r);
	if (size < 0.1) return 'next to nothing in common';
	const words =
		size >= 0.9 ? 'nearly the same' : size >= 0.7 ? 'strongly' : size >= 0.4 ? 'clearly' : 'a little';
	if (size >= 0.9) return r > 0 ? words : 'nearly the same, turned around';
	return r > 0 ? `rise together ${words}` : `one falls as the other rises, ${words}`;
}

/** Sizes of the picture in pixels. */
export interface CorrelationLayout {
	readonly isNarrow: boolean;
	readonly left: number;
	readonly top: number;
	readonly cell: number;
	readonly cellHeight: number;
	/** Characters of a name that fit beside its row. */
	readonly nameRoom: number;
	readonly hasFigures: boolean;
	readonly height: number;
}

const GAP = 2;
const NARROW = 560;
const MOST_CELL = 62;
const LEAST_FIGURE = 36;

/** Sizes in pixels for a width: names take what they need, at most two fifths; cells share the rest. */
export function correlationLayout(width: number, names: readonly string[]): CorrelationLayout {
	const count = Math.max(1, names.length);
	const isNarrow = width < NARROW;
	const widest = Math.max(0, ...names.map((name) => textWidth(name, 13))) + 34;
	const left = Math.min(Math.ceil(widest), Math.floor(width * (isNarrow ? 0.38 : 0.34)));
	const cell = Math.max(6, Math.min(MOST_CELL, (width - left) / count - GAP));
	const cellHeight = Math.max(22, Math.min(34, cell));
	return {
		isNarrow,
		left,
		top: 22,
		cell,
		cellHeight,
		nameRoom: left - 34,
		hasFigures: cell >= LEAST_FIGURE,
		height: 22 + count * (cellHeight + GAP) + 40
	};
}

/** The upper left corner of a cell. */
export function correlationCell(
	layout: CorrelationLayout,
	row: number,
	column: number
): { x: number; y: number } {
	return { x: layout.left + column * (layout.cell + GAP), y: layout.top + row * (layout.cellHeight + GAP) };
}

/** A name cut off where it does not fit. */
export function cutName(name: string, room: number): string {
	if (textWidth(name, 13) <= room) return name;
	let cut = name;
	while (cut.length > 1 && textWidth(`${cut}…`, 13) > room) cut = cut.slice(0, -1);
	return `${cut.trimEnd()}…`;
}
