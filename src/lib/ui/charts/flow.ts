import { cutText, textWidth } from './labels.ts';

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

/** A bar for an end, in pixels, with its label. */
export interface FlowBar {
	readonly y: number;
	readonly height: number;
	/** Where its label stands: the baseline. */
	readonly labelY: number;
	/** Its name, cut with `…` where it is longer than there is room beside the count, which is always whole. */
	readonly name: string;
	readonly labelWidth: number;
}

/** A link as a closed path, with the place of its tooltip. */
export interface FlowRibbon {
	readonly link: FlowLink;
	readonly path: string;
	readonly x: number;
	readonly y: number;
}

export interface FlowLayout {
	/** Labels stand above the bars, for there is no room beside them. */
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
const NAME_SIZE = 13;
/** Labels beside the bars take no more of the width than this on each side. */
const MOST_FOR_LABELS = 0.28;
const BEND = 0.5;
/** Ribbons that turn late leave the labels above the bars clear. */
const NARROW_BEND = 0.85;

/** Where the bars and ribbons of a flow lie in a given width. Both sides have one scale. */
export function flowLayout(
	width: number,
	left: readonly FlowEnd[],
	right: readonly FlowEnd[],
	links: readonly FlowLink[],
	write: (count: number) => string
): FlowLayout {
	const isNarrow = width < NARROW;
	const most = isNarrow ? (width - LABEL_GAP) / 2 : width * MOST_FOR_LABELS;
	const cut = (end: FlowEnd): FlowEnd => ({ ...end, name: cutName(end, most, write) });
	const room = (ends: readonly FlowEnd[]) =>
		isNarrow ? 0 : LABEL_GAP + Math.max(0, ...ends.map((end) => labelWidth(cut(end), write)));
	const leftX = room(left);
	const rightX = Math.max(leftX + BAR_WIDTH, width - room(right) - BAR_WIDTH);
	const slots = SLOT * Math.max(left.length, right.length);
	const people = Math.max(sum(left), sum(right), 1);
	const scale = Math.max(LEAST_PEOPLE_HEIGHT, slots) / people;
	const named = (ends: readonly FlowEnd[]): NamedEnd[] =>
		ends.map(cut).map((end) => ({ ...end, labelWidth: labelWidth(end, write) }));
	const bars = { left: barsOf(named(left), scale, isNarrow), right: barsOf(named(right), scale, isNarrow) };
	const bend = isNarrow ? NARROW_BEND : BEND;
	return {
		isNarrow,
		height: TOP + slots + scale * people,
		leftX,
		rightX,
		...bars,
		ribbons: ribbonsOf(links, bars, scale, { x0: leftX + BAR_WIDTH, x1: rightX, bend })
	};
}

function cutName(end: FlowEnd, room: number, write: (count: number) => string): string {
	return cutText(end.name, room - labelWidth({ ...end, name: '' }, write), NAME_SIZE);
}

function labelWidth({ name, count }: FlowEnd, write: (count: number) => string): number {
	return textWidth(name, NAME_SIZE) + textWidth(` ${write(count)}`, 12);
}

/** An end whose name is cut, with the width of its label. */
type NamedEnd = FlowEnd & Pick<FlowBar, 'labelWidth'>;

function barsOf(ends: readonly NamedEnd[], scale: number, isNarrow: boolean): FlowBar[] {
	let top = TOP;
	return ends.map(({ name, count, labelWidth }) => {
		const height = Math.max(count * scale, 2);
		const y = isNarrow ? top + SLOT : top + (SLOT + count * scale - height) / 2;
		top += SLOT + count * scale;
		return { y, height, labelY: isNarrow ? y - 6 : y + height / 2 + 4.5, name, labelWidth };
	});
}

function ribbonsOf(
	links: readonly FlowLink[],
	bars: { readonly left: readonly FlowBar[]; readonly right: readonly FlowBar[] },
	scale: number,
	across: RibbonAcross
): FlowRibbon[] {
	const { x0, x1 } = across;
	const starts = stacked(links, bars.left, scale, 'from', 'to');
	const ends = stacked(links, bars.right, scale, 'to', 'from');
	return links
		.map((link) => {
			const [y0, y1] = [starts.get(link) ?? 0, ends.get(link) ?? 0];
			const height = Math.max(link.count * scale, LEAST_RIBBON);
			return { link, path: ribbonPath(across, y0, y1, height), x: (x0 + x1) / 2, y: (y0 + y1 + height) / 2 };
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

/** Where ribbons start and end; `bend`: the share of the way that they go straight on towards the other side. */
interface RibbonAcross {
	readonly x0: number;
	readonly x1: number;
	readonly bend: number;
}

function ribbonPath({ x0, x1, bend }: RibbonAcross, y0: number, y1: number, height: number): string {
	const [a, b, c, d] = [y0, y1, y1 + height, y0 + height].map(round) as [number, number, number, number];
	const [start, end] = [round(x0), round(x1)];
	const [late, early] = [round(x0 + bend * (x1 - x0)), round(x1 - bend * (x1 - x0))];
	return `M${start},${a}C${late},${a} ${early},${b} ${end},${b}V${c}C${early},${c} ${late},${d} ${start},${d}Z`;
}

function round(pixels: number): number {
	return Math.round(pixels * 10) / 10;
}

function sum(ends: readonly FlowEnd[]): number {
	return ends.reduce((total, { count }) => total + count, 0);
}
