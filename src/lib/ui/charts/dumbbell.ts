import { MOST_FOR_NAMES, textWidth } from './labels.ts';
import { linearTicks } from './ticks.ts';

/** One group: its part of the customers against its part of the revenue. */
export interface ShareItem {
	readonly id: string;
	readonly name: string;
	/** Position in the palette, from 0; null for everyone without a segment of their own. */
	readonly index: number | null;
	/** Shares of all, 0 … 1; of the revenue null without amounts. */
	readonly customersShare: number;
	readonly revenueShare: number | null;
	readonly customers: number;
	readonly revenue: number;
}

/** Sizes of the picture in pixels. */
export interface DumbbellLayout {
	readonly isNarrow: boolean;
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly rowHeight: number;
	readonly bottom: number;
	readonly height: number;
	readonly ticks: readonly number[];
	/** Pixels of a share. */
	readonly place: (share: number) => number;
	/** Middle of a row. */
	readonly rowY: (row: number) => number;
	/** Room for a name, in pixels. */
	readonly nameRoom: number;
}

const NARROW = 440;

/** Where names begin beside their mark, and what is left free after them. */
export const NAME_START = 22;
const NAME_GAP = 12;
/** A figure's distance from its mark, and its font size. */
const FIGURE_GAP = 12;
const FIGURE_SIZE = 13;

/**
 * Sizes in pixels for a width; in narrow plots names stand above their line. The line of zero lies so far
 * right that no figure on the left of its mark runs into a name or out of the plot.
 *
 * @param write a share as it stands beside its mark
 */
export function dumbbellLayout(
	width: number,
	items: readonly ShareItem[],
	write: (share: number) => string
): DumbbellLayout {
	const isNarrow = width < NARROW;
	const nameWidth = Math.ceil(Math.max(0, ...items.map(({ name }) => textWidth(name, FIGURE_SIZE))));
	const nameRoom = isNarrow ? width : Math.min(nameWidth, Math.floor(width * MOST_FOR_NAMES));
	const edge = isNarrow ? 0 : NAME_START + nameRoom + NAME_GAP;
	const most = 1.02 * Math.max(0.05, ...items.map(largestShare));
	const figures = items.filter(isLabelled);
	const room = (share: number) => FIGURE_GAP + textWidth(write(share), FIGURE_SIZE);
	const right = width - Math.max(44, ...figures.map((item) => room(largestShare(item))));
	const onTheLeft = figures.flatMap(({ customersShare, revenueShare }) =>
		revenueShare === null ? [] : [Math.min(customersShare, revenueShare)]
	);
	const left = Math.max(edge, ...onTheLeft.map((share) => zeroFor(share / most, edge + room(share), right)));
	const top = 28;
	const rowHeight = isNarrow ? 44 : 40;
	const bottom = top + items.length * rowHeight + 6;
	const ticks = linearTicks(0, most, 6);
	const place = (share: number) => left + (share / most) * (right - left);
	const rowY = (row: number) => top + (row + 0.5) * rowHeight + (isNarrow ? 10 : 6);
	return { isNarrow, nameRoom, left, right, top, rowHeight, bottom, height: bottom + 24, ticks, place, rowY };
}

/** The place of zero at which a mark at a part of the way to `right` stands at `from`; never right of that. */
function zeroFor(part: number, from: number, right: number): number {
	return (from - part * right) / (1 - part);
}

function largestShare({ customersShare, revenueShare }: ShareItem): number {
	return Math.max(customersShare, revenueShare ?? 0);
}

/** A text beside a mark. */
export interface SideLabel {
	readonly x: number;
	readonly anchor: 'start' | 'end';
}

/** Figures stand outside the line, on the side of their mark; right of a ring without a dot. */
export function sideLabels(ring: number, dot: number | null): { ring: SideLabel; dot: SideLabel | null } {
	if (dot === null) return { ring: { x: ring + 10, anchor: 'start' }, dot: null };
	const isDotRight = dot >= ring;
	return {
		ring: { x: ring + (isDotRight ? -10 : 10), anchor: isDotRight ? 'end' : 'start' },
		dot: { x: dot + (isDotRight ? 12 : -11), anchor: isDotRight ? 'start' : 'end' }
	};
}

/** The place of one heading: above its mark, kept inside. */
export function heading(mark: number, width: number, [from, to]: readonly [number, number]): number {
	return Math.max(Math.min(mark, to - width / 2), from + width / 2);
}

/** Places of the two headings over the first row: above their marks, pushed apart and kept inside. */
export function headings(
	ring: number,
	dot: number,
	[ringWidth, dotWidth]: readonly [number, number],
	[from, to]: readonly [number, number]
): { ring: number; dot: number } {
	const isRingLeft = ring <= dot;
	const [leftWidth, rightWidth] = isRingLeft ? [ringWidth, dotWidth] : [dotWidth, ringWidth];
	const apart = (leftWidth + rightWidth) / 2 + 12;
	const right = Math.min(Math.max(ring, dot, from + leftWidth / 2 + apart), to - rightWidth / 2);
	const left = Math.max(Math.min(ring, dot, right - apart), from + leftWidth / 2);
	return isRingLeft ? { ring: left, dot: right } : { ring: right, dot: left };
}

/**
 * True for groups with figures: those that carry a tenth of the customers or of the revenue. Without amounts
 * there is one figure per group and room for all.
 */
export function isLabelled(item: ShareItem): boolean {
	return item.revenueShare === null || largestShare(item) >= 0.1;
}
