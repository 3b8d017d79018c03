import { textWidth } from './labels.ts';

/** One group of a flow, on the left as it was or on the right as it is. */
export interface FlowEnd {
	readonly name: string;
	/** Position in the palette, from 0; null for who has no group: new and gone people. */
	readonly index: number | null;
	readonly count: number;
}

/** People who went from one group to another; places in the lists of ends. */
export interface FlowLink {
	readonly from: number;
	readonly to: number;
	readonly count: number;
	/** They are where they were. */
	readonly isStay: boolean;
}

/** A bar for an end, in pixels. `middle`: where its label goes. */
export interface FlowBar {
	readonly y: number;
	readonly height: number;
	readonly middle: number;
}

/** A link as a closed path, with the place of its tooltip. */
export interface FlowRibbon {
	readonly link: FlowLink;
	readonly path: string;
	readonly x: number;
	readonly y: number;
}

export interface FlowLayout {
	/** Labels stand over the ribbons, for there is no room beside them. */
	readonly isNarrow: boolean;
	readonly height: number;
	/** Left edges of the bars. */
	readonly leftX: number;
	readonly rightX: number;
	readonly left: readonly FlowBar[];
	readonly right: readonly FlowBar[];
	/** Movers first, the most people first. */
	readonly ribbons: readonly FlowRibbon[];
}

export const BAR_WIDTH = 10;
export const LABEL_GAP = 8;
const TOP = 28;
/** Room for a label: the least height of an end. */
const SLOT = 22;
const LEAST_PEOPLE_HEIGHT = 260;
const NARROW = 620;
/** Thinner ribbons cannot be seen or hit. */
const LEAST_RIBBON = 1.5;

/** Where the bars and ribbons of a flow lie in a given width. Both sides have one scale. */
export function flowLayout(
	width: number,
	left: readonly FlowEnd[],
	right: readonly FlowEnd[],
	links: readonly FlowLink[],
	write: (count: number) => string
): FlowLayout {
	const isNarrow = width < NARROW;
	const room = (ends: readonly FlowEnd[]) =>
		isNarrow ? 0 : LABEL_GAP + Math.max(0, ...ends.map((end) => labelWidth(end, write)));
	const leftX = room(left);
	const rightX = Math.max(leftX + BAR_WIDTH, width - room(right) - BAR_WIDTH);
	const slots = SLOT * Math.max(left.length, right.length);
	const people = Math.max(sum(left), sum(right), 1);
	const scale = Math.max(LEAST_PEOPLE_HEIGHT, slots) / people;
	const bars = { left: barsOf(left, scale), right: barsOf(right, scale) };
	return {
		isNarrow,
		height: TOP + slots + scale * people,
		leftX,
		rightX,
		...bars,
		ribbons: ribbonsOf(links, bars, scale, leftX + BAR_WIDTH, rightX)
	};
}

/** Room for a label at one side where labels stand over the ribbons, in pixels: half of what is between the bars. */
export function narrowRoom({ leftX, rightX }: Pick<FlowLayout, 'leftX' | 'rightX'>): number {
	return (rightX - leftX - BAR_WIDTH) / 2 - LABEL_GAP * 1.5;
}

/** The name of an end that fits beside its count, which comes first and is always whole; cut with `…` where it must. */
export function narrowName(end: FlowEnd, room: number, write: (count: number) => string): string {
	if (labelWidth(end, write) <= room) return end.name;
	const letters = [...end.name];
	const fits = (length: number) =>
		labelWidth({ ...end, name: `${letters.slice(0, length).join('').trimEnd()}…` }, write) <= room;
	let length = letters.length - 1;
	while (length > 1 && !fits(length)) length -= 1;
	return `${letters.slice(0, length).join('').trimEnd()}…`;
}

function labelWidth({ name, count }: FlowEnd, write: (count: number) => string): number {
	return textWidth(name, 13) + textWidth(` ${write(count)}`, 12);
}

function barsOf(ends: readonly FlowEnd[], scale: number): FlowBar[] {
	let top = TOP;
	return ends.map(({ count }) => {
		const height = Math.max(count * scale, 2);
		const middle = top + (SLOT + count * scale) / 2;
		top += SLOT + count * scale;
		return { y: middle - height / 2, height, middle };
	});
}

function ribbonsOf(
	links: readonly FlowLink[],
	bars: { readonly left: readonly FlowBar[]; readonly right: readonly FlowBar[] },
	scale: number,
	x0: number,
	x1: number
): FlowRibbon[] {
	const starts = stacked(links, bars.left, scale, 'from', 'to');
	const ends = stacked(links, bars.right, scale, 'to', 'from');
	return links
		.map((link) => {
			const [y0, y1] = [starts.get(link) ?? 0, ends.get(link) ?? 0];
			const height = Math.max(link.count * scale, LEAST_RIBBON);
			return { link, path: ribbonPath(x0, y0, x1, y1, height), x: (x0 + x1) / 2, y: (y0 + y1 + height) / 2 };
		})
		.sort((a, b) => Number(a.link.isStay) - Number(b.link.isStay) || b.link.count - a.link.count);
}

/** The upper edge of each link at one of its ends: one below the other, in the order of the other ends. */
function stacked(
	links: readonly FlowLink[],
	bars: readonly FlowBar[],
	scale: number,
	at: 'from' | 'to',
	other: 'from' | 'to'
): Map<FlowLink, number> {
	const next = bars.map(({ y }) => y);
	const places = new Map<FlowLink, number>();
	for (const link of links.toSorted((a, b) => a[other] - b[other])) {
		const y = next[link[at]] ?? 0;
		places.set(link, y);
		next[link[at]] = y + link.count * scale;
	}
	return places;
}

function ribbonPath(x0: number, y0: number, x1: number, y1: number, height: number): string {
	const [a, b, c, d] = [y0, y1, y1 + height, y0 + height].map(round) as [number, number, number, number];
	const [start, middle, end] = [round(x0), round((x0 + x1) / 2), round(x1)];
	return `M${start},${a}C${middle},${a} ${middle},${b} ${end},${b}V${c}C${middle},${c} ${middle},${d} ${start},${d}Z`;
}

function round(pixels: number): number {
	return Math.round(pixels * 10) / 10;
}

function sum(ends: readonly FlowEnd[]): number {
	return ends.reduce((total, { count }) => total + count, 0);
}
