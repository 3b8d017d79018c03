import { seeded } from '#lib/core/random.ts';

/** One slice of the fruit: a rounded outline and the dots in it. */
export interface Slice {
	/** Outline with straight corners; drawn with a round stroke of `2 * CORNER` it has round ones. */
	readonly outline: string;
	/** Each dot is a line of no length, to be drawn with round ends. */
	readonly dots: string;
}

/** Radius of the picture without its rind, around 0. */
export const FLESH = 232;
/** Radius of the corners of a slice. */
export const CORNER = 14;
const CORE = 22;
const HALF_GAP = 5;
const SEED_GAP = 5.5;
const JITTER = 1.4;
const DOT_INSET = 8;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const FIRST_ANGLE = -Math.PI / 2 - 0.3;

interface Point {
	readonly x: number;
	readonly y: number;
}

/**
 * The slices for shares that need not add up to 1, clockwise from the top left. The dots lie
 * evenly over the whole fruit, so that their number follows the area of a slice, which is the share.
 */
export function fruitSlices(shares: readonly number[]): Slice[] {
	const sizes = shares.map((share) => Math.max(0, share));
	const total = sizes.reduce((sum, size) => sum + size, 0);
	if (total === 0) return [];
	const all = seeds();
	let start = FIRST_ANGLE;
	return sizes.map((size) => {
		const end = start + (2 * Math.PI * size) / total;
		const slice = { outline: outline(start, end), dots: dots(all, start, end) };
		start = end;
		return slice;
	});
}

function outline(start: number, end: number): string {
	const half = (end - start) / 2;
	const outer = FLESH - CORNER;
	if (half > Math.PI - 1e-9) return ring(outer, CORE + CORNER);
	const inset = HALF_GAP + CORNER;
	const tip = half < Math.PI / 2 ? inset / Math.sin(half) : inset;
	const inner = Math.max(CORE + CORNER, tip);
	if (inner >= outer) return '';
	const [a, b] = [Math.asin(inset / outer), Math.asin(inset / inner)];
	const large = end - start - 2 * a > Math.PI ? 1 : 0;
	const turn = end - start - 2 * b > Math.PI ? 1 : 0;
	return (
		`M${at(start + a, outer)}A${outer} ${outer} 0 ${large} 1 ${at(end - a, outer)}` +
		`L${at(end - b, inner)}A${round(inner)} ${round(inner)} 0 ${turn} 0 ${at(start + b, inner)}Z`
	);
}

function ring(outer: number, inner: number): string {
	const circle = (r: number, sweep: 0 | 1) => `M0 ${-r}A${r} ${r} 0 1 ${sweep} -0.01 ${-r}Z`;
	return circle(outer, 1) + circle(inner, 0);
}

function dots(all: readonly Point[], start: number, end: number): string {
	return all
		.filter((seed) => inSlice(seed, start, end))
		.map(({ x, y }) => `M${round(x)} ${round(y)}h0`)
		.join('');
}

function inSlice({ x, y }: Point, start: number, end: number): boolean {
	const span = end - start;
	const radius = Math.hypot(x, y);
	if (radius < CORE + DOT_INSET || radius > FLESH - DOT_INSET) return false;
	const turn = modulo(Math.atan2(y, x) - start, 2 * Math.PI);
	if (turn > span) return false;
	if (span > 2 * Math.PI - 1e-9) return true;
	const fromEdge = Math.min(turn, span - turn);
	return fromEdge >= Math.PI / 2 || radius * Math.sin(fromEdge) >= HALF_GAP + DOT_INSET;
}

// A sunflower: each seed turns by the golden angle from the last, which fills the disc evenly.
function seeds(): Point[] {
	const random = seeded(7);
	const jitter = () => (2 * random() - 1) * JITTER;
	return Array.from({ length: Math.floor((FLESH / SEED_GAP) ** 2) }, (_, i) => {
		const radius = SEED_GAP * Math.sqrt(i + 0.5);
		const angle = i * GOLDEN_ANGLE;
		return { x: radius * Math.cos(angle) + jitter(), y: radius * Math.sin(angle) + jitter() };
	});
}

function at(angle: number, radius: number): string {
	return `${round(radius * Math.cos(angle))} ${round(radius * Math.sin(angle))}`;
}

function modulo(value: number, by: number): number {
	return ((value % by) + by) % by;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
