import { linearTicks } from './ticks.ts';

/** One group: its part of the customers against its part of the revenue. */
export interface ShareItem {
	readonly id: string;
	readonly name: string;
	/** Position in the palette, from 0; null for everyone without a segment of their own. */
	readonly index: number | null;
	/** Shares of all, 0 … 1. */
	readonly customersShare: number;
	readonly revenueShare: number;
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
}

const NARROW = 440;

/** Sizes in pixels for a width; in narrow plots names stand above their line. */
export function dumbbellLayout(width: number, items: readonly ShareItem[]): DumbbellLayout {
	const isNarrow = width < NARROW;
	const left = isNarrow ? 0 : 152;
	const right = width - 44;
	const top = 28;
	const rowHeight = isNarrow ? 44 : 40;
	const bottom = top + items.length * rowHeight + 6;
	const most = Math.max(0.05, ...items.map((item) => Math.max(item.customersShare, item.revenueShare)));
	const ticks = linearTicks(0, most * 1.02, 6);
	const place = (share: number) => left + (share / (most * 1.02)) * (right - left);
	const rowY = (row: number) => top + (row + 0.5) * rowHeight + (isNarrow ? 10 : 6);
	return { isNarrow, left, right, top, rowHeight, bottom, height: bottom + 24, ticks, place, rowY };
}

/** A text beside a mark. */
export interface SideLabel {
	readonly x: number;
	readonly anchor: 'start' | 'end';
}

/** Figures stand outside the line, on the side of their mark. */
export function sideLabels(ring: number, dot: number): { ring: SideLabel; dot: SideLabel } {
	const isDotRight = dot >= ring;
	return {
		ring: { x: ring + (isDotRight ? -10 : 10), anchor: isDotRight ? 'end' : 'start' },
		dot: { x: dot + (isDotRight ? 12 : -11), anchor: isDotRight ? 'start' : 'end' }
	};
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

/** True for groups that carry enough to be labelled: a tenth of the customers or of the revenue. */
export function isLabelled(item: ShareItem): boolean {
	return Math.max(item.customersShare, item.revenueShare) >= 0.1;
}
